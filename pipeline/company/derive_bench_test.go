package company

import (
	"strconv"
	"testing"
)

// registryObservation is what a registry says of a company: twelve facts.
func registryObservation() Observation {
	o := Observation{Source: "rsmp", Key: "7799000017", INN: "7799000017", Date: 20767}
	o.Add(FieldNameShort, "ООО «Пример»")
	o.Add(FieldOKVEDMain, "45.20.1")
	for i := range 8 {
		o.Add(FieldOKVEDExtra, "45.3"+strconv.Itoa(i))
	}
	o.Add(FieldRegion, "59")
	o.Add(FieldSME, "1")
	o.Sort()
	return o
}

// listedObservation is what an export of contacts says of the same company.
func listedObservation() Observation {
	o := Observation{Source: "kompas", Key: "7799000017", INN: "7799000017", Date: 20770}
	o.Add(FieldNameShort, "ООО «Пример»")
	o.Add(FieldPhone, "+79070000001")
	o.Add(FieldEmail, "info@primer.example")
	o.Sort()
	return o
}

// placeObservation is one of the doors that a directory lists.
func placeObservation(i int) Observation {
	o := Observation{Source: "gis", Key: strconv.Itoa(i), Date: 20771}
	o.Add(FieldNameBrand, "Пример")
	o.Add(FieldPhone, "+7907000000"+strconv.Itoa(i))
	o.Sort()
	return o
}

// BenchmarkDerive folds a company that one registry knows, one of three
// sources, and one with six doors in a directory, each way in turn.
func BenchmarkDerive(b *testing.B) {
	one := []Observation{registryObservation()}
	three := []Observation{placeObservation(0), listedObservation(), registryObservation()}
	eight := []Observation{}
	for i := range 6 {
		eight = append(eight, placeObservation(i))
	}
	eight = append(eight, listedObservation(), registryObservation())
	trust := Standings{"rsmp": {Trust: 80}, "kompas": {Trust: 70}, "gis": {Trust: 50}}
	var d Deriver
	for _, way := range []struct {
		name   string
		derive func(INN, []Observation, Standings) Company
	}{{"deriver", d.Derive}, {"alone", Derive}, {"plain", deriveReference}} {
		for _, all := range [][]Observation{one, three, eight} {
			b.Run(way.name+"/"+strconv.Itoa(len(all)), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					c := way.derive("7799000017", all, trust)
					if len(c.Values) < 12 {
						b.Fatal("the company lost a value")
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "companies/s")
			})
		}
	}
}

// BenchmarkSort is what an observation costs that comes sorted, as most do.
func BenchmarkSort(b *testing.B) {
	o := registryObservation()
	b.ReportAllocs()
	for b.Loop() {
		o.Sort()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "observations/s")
}

// BenchmarkInheritFirstSeen compares a release with the one before, of which
// nothing changed.
func BenchmarkInheritFirstSeen(b *testing.B) {
	old, now := registryObservation(), registryObservation()
	b.ReportAllocs()
	for b.Loop() {
		if now.InheritFirstSeen(&old, 20800) != nil {
			b.Fatal("what is equal has changed")
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "observations/s")
}
