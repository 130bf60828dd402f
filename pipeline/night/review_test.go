package night_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// A row of «На проверку» shows what each company is known by beside the
// listing, and both values of what differs.
func TestReviewShowsBothSides(t *testing.T) {
	w := newWorld(t)
	for i, place := range []string{"ул. Лесная, 7", "ул. Речная, 9"} {
		o := &w.registry.all[4*i] // of Moscow
		o.Facts = slices.DeleteFunc(o.Facts, func(f company.Fact) bool { return f.Field == company.FieldNameShort })
		o.Add(company.FieldNameShort, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "КРАСНЫЙ ЯСЕНЬ"`)
		o.Add(company.FieldAddress, place)
		o.Add(company.FieldSite, "https://www.yasen"+string(rune('a'+i))+".example/")
		o.Sort()
	}
	listing := company.Observation{Key: "70000001", Date: company.NewDate(2026, time.November, 12)}
	listing.Add(company.FieldNameBrand, "Красный ясень, автосервис")
	listing.Add(company.FieldRubric, "Авторемонт и техобслуживание (СТО)")
	listing.Add(company.FieldRegion, "77")
	listing.Add(company.FieldCity, "Москва")
	listing.Add(company.FieldAddress, "ул. Дальняя, 11")
	listing.Add(company.FieldPhone, "+79072220001")
	listing.Add(company.FieldPhone, "+79072220002;ext=12")
	listing.Add(company.FieldSite, "http://fortuna.example")
	listing.Sort()
	w.directory.all = append(w.directory.all, listing)
	w.run(t)
	book := w.shelf.last(t)
	if len(book.Review) != 1 || len(book.Review[0].Candidates) != 2 {
		t.Fatalf("review %+v", book.Review)
	}
	r := book.Review[0]
	want := pipeline.Review{
		Name: "Красный ясень, автосервис", City: "Москва", Address: "ул. Дальняя, 11",
		Phone: "+7 907 222-00-01\n+7 907 222-00-02 доб. 12", Site: "fortuna.example", Source: "directory", Key: "70000001", SourceTitle: "directory",
	}
	if r.Name != want.Name || r.City != want.City || r.Address != want.Address || r.Phone != want.Phone || r.Site != want.Site ||
		r.Source != want.Source || r.Key != want.Key || r.SourceTitle != want.SourceTitle || r.Why == "" {
		t.Errorf("listing %+v, want %+v", r, want)
	}
	second := r.Candidates[slices.IndexFunc(r.Candidates, func(c pipeline.Candidate) bool { return c.INN == inn(4) })]
	if second.Name != "ООО «Красный Ясень» (Москва)" || second.Address != "ул. Речная, 9" || second.Phone != "+7 907 000-00-04" || second.Site != "yasenb.example" {
		t.Errorf("company %+v", second)
	}
	if !strings.HasSuffix(second.Likely, " %") || !strings.Contains(second.Agrees, "название") || strings.Contains(second.Agrees, "ясень") {
		t.Errorf("likely %q, agrees %q", second.Likely, second.Agrees)
	}
	lines := strings.Split(second.Differs, "\n")
	for _, line := range []string{
		"адрес: ул. Дальняя, 11 — у компании: ул. Речная, 9",
		"сайт: fortuna.example — у компании: yasenb.example",
		"телефон: +7 907 222-00-01; +7 907 222-00-02 доб. 12 — у компании: +7 907 000-00-04",
	} {
		if !slices.Contains(lines, line) {
			t.Errorf("no line %q in %q", line, lines)
		}
	}
	for _, c := range r.Candidates {
		if strings.Contains(r.Why+c.Agrees+c.Differs, "той же группы") {
			t.Errorf("tells of kindred firms: %+v", r)
		}
	}
}
