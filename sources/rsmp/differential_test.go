package rsmp

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"testing/iotest"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// span is a document dismissed at a glance.
type span struct {
	from, to int
	composed string
}

// spans notes them on their way to the collector.
type spans struct {
	*collector
	scanner *scanner
	found   []span
}

func (s *spans) dismiss(composed []byte) {
	at := int(s.scanner.in.offset())
	n, _ := s.scanner.filter.glance(s.scanner.in.bytes())
	s.found = append(s.found, span{from: at, to: at + n, composed: string(composed)})
	s.collector.dismiss(composed)
}

// scanned is what the scanner makes of a file, read size bytes at a time.
func scanned(data []byte, req pipeline.Request, size int) (pipeline.Batch, []span, error) {
	p := &pull{source: New("мсп", nil, Options{}), filter: newFilter(req), plan: plan{releases: []pipeline.Release{{ID: "a.xml"}}}}
	w := p.newWorker()
	w.collector.reset("a.xml", 0)
	to := &spans{collector: &w.collector, scanner: &w.scanner}
	var r io.Reader = bytes.NewReader(data)
	if size%2 == 1 {
		r = iotest.HalfReader(r)
	}
	if err := w.scanner.scan(r, size, to); err != nil {
		return unread(w.scanner.root.rows), to.found, err
	}
	return w.collector.batch(p.plan.releases[0], w.scanner.root.rows), to.found, nil
}

// compare holds the scanner against the reference. Where every document is
// looked at closely, both refuse a file or both make the same batch of it.
// Where some are dismissed at a glance, the scanner makes the same batch of
// every file that the reference accepts; of one that the reference refuses it
// may make a batch only if what is wrong stands inside dismissed documents:
// with bare ones in their place the reference must accept the file and make the
// same batch, but for the newest date.
func compare(t *testing.T, data []byte, req pipeline.Request, size int) {
	t.Helper()
	want, refused := refBatch("мсп", "a.xml", data, req)
	got, dismissed, err := scanned(data, req, size)
	if refused != nil && err == nil && len(dismissed) > 0 {
		want, refused = refBatch("мсп", "a.xml", repaired(data, dismissed), req)
	}
	if (refused == nil) != (err == nil) {
		t.Fatalf("the reference says %v, the scanner %v\n%s", refused, err, data)
	}
	if err != nil {
		if got.Counts != want.Counts {
			t.Fatalf("the reference tells %d rows, the scanner %d\n%s", want.Counts.Unread, got.Counts.Unread, data)
		}
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("the scanner\n%+v\nthe reference\n%+v\n%s", got, want, data)
	}
}

// requests that differ in what is dismissed.
func requests() []pipeline.Request {
	return []pipeline.Request{
		{},
		{Wanted: wantCars()},
		{Wanted: pipeline.Wanted{Codes: []company.OKVED{"45.2", "45.31"}, Additional: true}, Held: heldOnly("230000002002")},
		{Wanted: pipeline.Wanted{Codes: []company.OKVED{"99"}}},
	}
}

// licensed is a document with texts between its tags.
const licensed = `<Документ ИдДок="l" ДатаСост="10.07.2026"><ОргВклМСП НаимОрг="АО &quot;П&quot;" ИННЮЛ="7700000030"/><СведМН КодРегион="77"/>` +
	`<СвОКВЭД><СвОКВЭДОсн КодОКВЭД="46.90" НаимОКВЭД="Имя" ВерсОКВЭД="2014"/></СвОКВЭД><СвЛиценз НомЛиценз="1" ДатаНачЛиценз="01.02.2020">` +
	`<НаимЛицВД>Перевозка &amp; погрузка</НаимЛицВД><НаимЛицВД>Перевозка</НаимЛицВД><СведАдрЛицВД>423520, Казань</СведАдрЛицВД></СвЛиценз>` +
	`<СвПрод КодПрод="01.11.12" НаимПрод="Пшеница"/></Документ>`

// seeds are the files that are mutated.
func seeds(t testing.TB) [][]byte {
	t.Helper()
	fixed, err := os.ReadFile(filepath.Join("testdata", fixture))
	if err != nil {
		t.Fatal(err)
	}
	return [][]byte{
		fixed, []byte(registry(firm(1, "45.20"), firm(2, "01.11"), firm(3, "46.90"))), []byte(registry(firm(4, "01.11"), licensed, firm(5, "45.31"))),
		[]byte(registry()), []byte(synthetic(1, 5)),
	}
}

// FuzzScanAgainstReference mutates files and wants the scanner to agree with
// encoding/xml: see compare.
func FuzzScanAgainstReference(f *testing.F) {
	for i, data := range seeds(f) {
		f.Add(data, []byte{}, uint16(4096))
		for kind := range mutations {
			f.Add(data, []byte{byte(kind), byte(i), byte(7 * kind), byte(kind), 3, 1, 16}, uint16(333*i))
		}
	}
	f.Fuzz(func(t *testing.T, data, steps []byte, size uint16) {
		if len(data) > 64<<10 || len(steps) > 40 {
			return
		}
		data = mutate(data, steps)
		for _, req := range requests() {
			compare(t, data, req, 64+int(size))
		}
	})
}
