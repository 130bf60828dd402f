package score

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"obzvon/pipeline/company"
)

// registered makes what a registry says of n companies, in the mix of a real
// one: half of them sole proprietors, names of one to four words, now and then
// a quotation within a quotation, some ten additional codes.
func registered(n int) []company.Observation {
	r := rand.New(rand.NewPCG(17, 18))
	words := []string{
		"ВЕКТОР", "УРАЛ", "АВТОСЕРВИС", "СТРОЙ", "ИНВЕСТ", "АГРО", "ТОРГ", "СНАБ", "ПЛЮС", "МЕХАНИЗАЦИЯ", "СЕВЕР", "ГРУПП",
		"ПРОМ", "ЗАПЧАСТЬ", "ТЕХНО", "СИСТЕМА", "РЕСУРС", "ЛИДЕР", "АЛЬЯНС", "ПРОГРЕСС", "КОМПЛЕКТ", "ЗАВОД", "ДОМ", "ТРАНС",
	}
	codes := []string{"45.20.1", "46.90", "49.41", "45.31.1", "28.99", "33.12", "01.11", "41.20", "68.20", "47.30", "43.12", "46.69", "56.10", "70.22"}
	out := make([]company.Observation, n)
	for i := range out {
		var parts []string
		for range 1 + r.IntN(4) {
			parts = append(parts, words[r.IntN(len(words))])
		}
		name := strings.Join(parts, []string{" ", " ", "-"}[r.IntN(3)])
		inn := inn10(i)
		if r.IntN(2) == 0 {
			inn = inn12(i)
		}
		o := company.Observation{Source: "rsmp", Key: string(inn), INN: inn, Date: today - 13}
		if inn.Person() {
			o.Add(company.FieldNameFull, "Примеров Пример "+name)
			o.Add(company.FieldNameShort, "ИП Примеров Пример "+name)
		} else {
			if r.IntN(8) == 0 {
				name = "ТД \"" + name + "\""
			}
			o.Add(company.FieldNameFull, "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \""+name+"\"")
			o.Add(company.FieldNameShort, "ООО \""+name+"\"")
		}
		o.Add(company.FieldOGRN, fmt.Sprintf("10259%08d", i))
		o.Add(company.FieldOKVEDMain, codes[r.IntN(len(codes))])
		for range r.IntN(20) {
			o.Add(company.FieldOKVEDExtra, codes[r.IntN(len(codes))])
		}
		o.Add(company.FieldRegion, perm)
		o.Add(company.FieldCity, "Пермь")
		o.Add(company.FieldSME, "1")
		o.Add(company.FieldSMESince, "2016-08-01")
		if r.IntN(2) == 0 {
			o.Facts = append(o.Facts, fk(company.FieldHeadcount, "2025", strings.Repeat("1", 1+r.IntN(2))))
		}
		for f := range o.Facts {
			o.Facts[f].FirstSeen = today
		}
		o.Sort()
		out[i] = o
	}
	return out
}

// BenchmarkFirstLoad makes the rows of a registry's companies out of their
// observations, on one goroutine and on four.
func BenchmarkFirstLoad(b *testing.B) {
	m := builtIn(b).matcher
	standings := company.Standings{"rsmp": {Trust: 80, Shown: today - 13}}
	rel := NewReleases(standings)
	all := registered(40_000)
	for _, workers := range []int{1, 4} {
		b.Run(fmt.Sprintf("workers=%d", workers), func(b *testing.B) {
			for b.Loop() {
				var done sync.WaitGroup
				for w := range workers {
					done.Go(func() {
						var d company.Deriver
						var data []byte
						reader := m.Reader()
						for i := w; i < len(all); i += workers {
							c := d.Derive(all[i].INN, all[i:i+1], standings)
							row := reader.Row(rel, &c)
							data, _ = row.AppendBinary(data[:0])
						}
						if len(data) != RowSize {
							b.Error("no row")
						}
					})
				}
				done.Wait()
			}
			rate(b, len(all), "companies/s")
		})
	}
}
