package company

import (
	"strconv"
	"testing"
)

// BenchmarkDerive folds a company of three sources: registry, list export and
// a directory with several places.
func BenchmarkDerive(b *testing.B) {
	registry := Observation{Source: "rsmp", Key: "7799000017", INN: "7799000017", Date: 20767}
	registry.Add(FieldNameShort, "ООО «Пример»")
	registry.Add(FieldOKVEDMain, "45.20.1")
	for i := range 8 {
		registry.Add(FieldOKVEDExtra, "45.3"+strconv.Itoa(i))
	}
	registry.Add(FieldRegion, "59")
	listed := Observation{Source: "kompas", Key: "7799000017", INN: "7799000017", Date: 20770}
	listed.Add(FieldNameShort, "ООО «Пример»")
	listed.Add(FieldPhone, "+79070000001")
	listed.Add(FieldEmail, "info@primer.example")
	all := []Observation{registry, listed}
	for i := range 6 {
		place := Observation{Source: "gis", Key: strconv.Itoa(i), Date: 20771}
		place.Add(FieldNameBrand, "Пример")
		place.Add(FieldPhone, "+7907000000"+strconv.Itoa(i))
		all = append(all, place)
	}
	trust := Standings{"rsmp": {Trust: 80}, "kompas": {Trust: 70}, "gis": {Trust: 50}}
	b.ReportAllocs()
	for b.Loop() {
		c := Derive("7799000017", all, trust)
		if c.Get(FieldRegion) != "59" {
			b.Fatal("the company lost its region")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "companies/s")
}
