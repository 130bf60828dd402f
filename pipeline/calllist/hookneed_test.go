package calllist_test

import (
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
)

// told is a company of which keyed facts are known: field, key, value.
func told(facts ...[3]string) *company.Company {
	c := &company.Company{}
	for _, f := range facts {
		c.Values = append(c.Values, company.Value{Fact: company.Fact{Field: company.Field(f[0]), Key: f[1], Value: f[2]}, Wins: true})
	}
	return c
}

const (
	whoSupplies = "Подшипники сейчас берёте у одного поставщика или у нескольких? "
	nb          = "\u00a0"
)

func TestHookTellsOfNeeds(t *testing.T) {
	supply := [][3]string{{"supply.day", "7", "2026-03-12"}, {"supply.from", "7", "ООО «Образец-Опора», ИНН 7700000000"}, {"supply.price", "7", "480000"}}
	aside := "Для вас, вслух не называйте: контракт на подшипники от 12.03 на 480" + nb + "тыс." + nb + "₽, поставщик ООО «Образец-Опора», ИНН 7700000000."
	title := [3]string{"fair.title", "m", "Металлообработка-2026"}
	for _, c := range []struct {
		name  string
		facts [][3]string
		want  string
	}{
		{
			"tender with day and price",
			[][3]string{{"tender.deadline", "1", "2026-12-02"}, {"tender.day", "1", "2026-11-12"}, {"tender.price", "1", "1249000"}, {"tender.subject", "1", "подшипники"}},
			"Тендер на подшипники до 02.12 (объявлен 12.11, на сумму до 1,2" + nb + "млн" + nb + "₽): спросите, кто готовит заявку и что в ней.\n" + need,
		},
		{
			"tender with a day alone",
			[][3]string{{"tender.deadline", "1", "2026-12-02"}, {"tender.day", "1", "2025-12-30"}},
			"Тендер до 02.12 (объявлен 30.12.2025): спросите, кто готовит заявку и что в ней.\n" + need,
		},
		{
			"tender of a broken price",
			[][3]string{{"tender.deadline", "1", "2026-12-02"}, {"tender.price", "1", "договорная"}},
			"Тендер до 02.12: спросите, кто готовит заявку и что в ней.\n" + need,
		},
		{"fair that was", [][3]string{{"fair.day", "m", "2026-10-20"}, title}, "Видели вас среди участников выставки «Металлообработка-2026». " + need + "\n" + typical},
		{"fair that begins today", [][3]string{{"fair.day", "m", "2026-11-24"}, title}, "Видели вас среди участников выставки «Металлообработка-2026». " + need + "\n" + typical},
		{"fair to come", [][3]string{{"fair.day", "m", "2026-12-08"}, title}, "Вы в списке участников выставки «Металлообработка-2026», начало 08.12. " + need + "\n" + typical},
		{"fair of long ago", [][3]string{{"fair.day", "m", "2026-05-20"}, title}, need + "\n" + typical},
		{"fair far ahead", [][3]string{{"fair.day", "m", "2027-05-20"}, title}, need + "\n" + typical},
		{"fair without a title", [][3]string{{"fair.day", "m", "2026-10-20"}}, need + "\n" + typical},
		{
			"of two fairs the one that was",
			[][3]string{{"fair.day", "m", "2026-10-20"}, title, {"fair.day", "n", "2026-12-01"}, {"fair.title", "n", "«Опора»"}},
			"Видели вас среди участников выставки «Металлообработка-2026». " + need + "\n" + typical,
		},
		{"title in quotes", [][3]string{{"fair.day", "n", "2026-12-01"}, {"fair.title", "n", "«Опора»"}}, "Вы в списке участников выставки «Опора», начало 01.12. " + need + "\n" + typical},
		{"another supplier", supply, whoSupplies + need + "\n" + typical + "\n" + aside},
		{
			"another supplier and a fair", append([][3]string{{"fair.day", "m", "2026-10-20"}, title}, supply...),
			"Видели вас среди участников выставки «Металлообработка-2026». " + need + "\n" + typical + "\n" + aside,
		},
		{
			"another supplier and a tender", append([][3]string{{"tender.deadline", "1", "2026-12-02"}}, supply...),
			"Тендер до 02.12: спросите, кто готовит заявку и что в ней.\n" + need + "\n" + aside,
		},
		{"a supplier of long ago", [][3]string{{"supply.day", "7", "2024-03-12"}, {"supply.from", "7", "ООО «Образец-Опора»"}}, need + "\n" + typical},
		{"a supplier without a name", [][3]string{{"supply.day", "7", "2026-03-12"}}, whoSupplies + need + "\n" + typical + "\nДля вас, вслух не называйте: контракт на подшипники от 12.03."},
	} {
		if got := calllist.HookText(hookSegment, called(t), told(c.facts...), hookDay); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// Who has talked is not led up to the question again; who supplies him is told the
// caller all the same, unless it is us.
func TestHookAfterTalks(t *testing.T) {
	firm := told([3]string{"supply.day", "7", "2026-03-12"}, [3]string{"fair.day", "m", "2026-10-20"}, [3]string{"fair.title", "m", "Опора"})
	const aside = "\nДля вас, вслух не называйте: контракт на подшипники от 12.03."
	if got, want := calllist.HookText(hookSegment, called(t, on(11, 18, funnel.OfferSent)), firm, hookDay), "Спросите, что решили по КП от 18.11."+aside; got != want {
		t.Errorf("after an offer: %q", got)
	}
	if got := calllist.HookText(hookSegment, called(t, on(11, 18, funnel.NoAnswer)), firm, hookDay); !strings.HasPrefix(got, "Видели вас среди") {
		t.Errorf("after nobody answered: %q", got)
	}
	for _, outcome := range []string{funnel.Contract, funnel.NotOurs} {
		if got := calllist.HookText(hookSegment, called(t, on(11, 1, outcome)), firm, hookDay); strings.Contains(got, "контракт на подшипники") {
			t.Errorf("after %s: %q", outcome, got)
		}
	}
}

// A sole proprietor's name is a person's.
func TestHookNamesNoPersonWhoSupplies(t *testing.T) {
	firm := told([3]string{"supply.day", "7", "2026-03-12"}, [3]string{"supply.from", "7", "ИП Образцов Образец"})
	firm.Values[1].Subject = company.SubjectSole
	got := calllist.HookText(hookSegment, called(t), firm, hookDay)
	if strings.Contains(got, "Образцов") || !strings.HasSuffix(got, "поставщик — предприниматель.") {
		t.Errorf("%q", got)
	}
}

// Whatever is known of a company, the first line of a first call asks, offers nothing
// and names no competitor.
func TestFirstCallsAskWhateverIsKnown(t *testing.T) {
	_, c, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	firms := []*company.Company{
		told([3]string{"fair.day", "m", "2026-10-20"}, [3]string{"fair.title", "m", "Металлообработка-2026"}),
		told([3]string{"fair.day", "m", "2026-12-20"}, [3]string{"fair.title", "m", "Металлообработка-2026"}),
		told([3]string{"supply.day", "7", "2026-03-12"}, [3]string{"supply.from", "7", "ООО «Образец-Опора»"}, [3]string{"supply.price", "7", "900"}),
	}
	for _, s := range c.Segments {
		for _, firm := range firms {
			first, _, _ := strings.Cut(calllist.HookText(s, called(t), firm, hookDay), "\n")
			if !strings.HasSuffix(first, "?") || len([]rune(first)) > 200 || strings.Contains(first, "Образец-Опора") {
				t.Errorf("%s: %q", s.Title, first)
			}
			for _, word := range []string{"предлага", "скидк", "дешев", "выгодн", "купит", "цен", "акци", "налич", "лучше"} {
				if strings.Contains(strings.ToLower(first), word) {
					t.Errorf("%s: %q advertises", s.Title, first)
				}
			}
		}
	}
}

func TestTenderSince(t *testing.T) {
	open := told([3]string{"tender.deadline", "1", "2026-12-02"}, [3]string{"tender.day", "1", "2026-11-12"}, [3]string{"tender.deadline", "2", "2026-11-20"}, [3]string{"tender.day", "2", "2026-11-18"})
	for _, c := range []struct {
		name  string
		firm  *company.Company
		after company.Date
		want  bool
	}{
		{"newer", open, company.NewDate(2026, time.November, 11), true},
		{"of the same day", open, company.NewDate(2026, time.November, 12), false},
		{"newer, but closed", open, company.NewDate(2026, time.November, 15), false},
		{"without the day of its notice", told([3]string{"tender.deadline", "1", "2026-12-02"}), company.NewDate(2026, time.May, 1), false},
		{"none", told(), company.NewDate(2026, time.May, 1), false},
	} {
		if got := calllist.TenderSince(c.firm, c.after, hookDay); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}
