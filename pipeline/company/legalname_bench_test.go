package company

import "testing"

func BenchmarkParseName(b *testing.B) {
	names := []string{
		`ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "УПРАВЛЯЮЩАЯ КОМПАНИЯ "ВЕГА-НЕРУД"`,
		`4А СОЗВЕЗДИЕ, ИК, ООО`, `ООО "ТАНДЕМ"`, `Шинный центр, сеть магазинов`,
	}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += len(ParseName(names[n%len(names)]).Key())%2 + 1
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "names/s")
}
