package calllist_test

import (
	"strings"
	"testing"
	"time"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

var (
	hookDay     = company.NewDate(2026, time.November, 24)
	hookSegment = config.Segment{
		ID: "industry", Title: "Промышленные предприятия", Hook: "Какие подшипники меняете чаще всего?",
		Bearings: []string{"6309-2Z C3 (70-80309)", "22222 (3522)", "256907", "6205 (205)"},
	}
)

const (
	need    = "Какие подшипники меняете чаще всего?"
	typical = "SKF 6309-2Z/C3 → HRB, C&U, ZWZ 6309-2Z C3 (ГОСТ\u00a070-80309); 22222 (3522); 256907"
)

// called is what a company's results come to.
func called(t *testing.T, results ...store.Result) *funnel.Progress {
	t.Helper()
	_, c, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	inn := company.INN("7701980012")
	for i := range results {
		results[i].INN, results[i].List = inn, results[i].Day.String()
	}
	p := funnel.NewCadence(c.Cadence, 2, calllist.NewCalendar(config.Calendar{})).Fold(inn, results)
	return &p
}

func on(month time.Month, day int, outcome string) store.Result {
	return store.Result{Day: company.NewDate(2026, month, day), Outcome: outcome}
}

func TestHook(t *testing.T) {
	fresh := []store.Result{}
	last := on(11, 20, funnel.NotDecider)
	last.Person = "Пётр Иванович"
	for _, c := range []struct {
		name    string
		results []store.Result
		want    string
	}{
		{"never called", fresh, need + "\n" + typical},
		{"nobody answered", []store.Result{on(11, 18, funnel.NoAnswer)}, need + "\n" + typical},
		{"no such number", []store.Result{on(11, 18, funnel.NoSuchNumber)}, need + "\n" + typical},
		{"not the one", []store.Result{on(11, 20, funnel.NotDecider)}, "Спросите имя и прямой номер того, кто выбирает подшипники. Ему вопрос: " + need},
		{"not the one, who named the one", []store.Result{last}, "Попросите соединить с тем, кто назван в «ЛПР». " + need + "\n" + typical},
		{"call back", []store.Result{on(11, 18, funnel.CallBack)}, "Напомните о разговоре от 18.11. " + need + "\n" + typical},
		{"call back, then nobody", []store.Result{on(11, 17, funnel.CallBack), on(11, 18, funnel.NoAnswer)}, "Напомните о разговоре от 17.11. " + need + "\n" + typical},
		{"not interested", []store.Result{on(5, 18, funnel.NotInterested)}, "18.05 ответили, что не нужно: узнайте, что изменилось. " + need + "\n" + typical},
		{"interest", []store.Result{on(11, 23, funnel.Interest)}, "Интерес от 23.11: спросите, какие подшипники и сколько нужно и кому прислать КП."},
		{"offer", []store.Result{on(11, 16, funnel.Interest), on(11, 18, funnel.OfferSent)}, "Спросите, что решили по КП от 18.11."},
		{"offer, then nobody", []store.Result{on(11, 18, funnel.OfferSent), on(11, 23, funnel.NoAnswer)}, "Спросите, что решили по КП от 18.11."},
		{"offer, then call back", []store.Result{on(11, 18, funnel.OfferSent), on(11, 23, funnel.CallBack)}, "Спросите, что решили по КП от 18.11."},
		{"second offer", []store.Result{on(11, 10, funnel.OfferSent), on(11, 18, funnel.OfferSent)}, "Спросите, что решили по КП от 18.11."},
		{"trial", []store.Result{on(11, 5, funnel.Trial)}, "Спросите, как показала себя тестовая партия от 05.11 и что нужно дальше."},
		{"contract", []store.Result{on(11, 1, funnel.Contract), on(11, 20, funnel.NoAnswer)}, "Клиент с 01.11: спросите, всё ли пришло и подошло и что нужно к следующему заказу."},
		{"out", []store.Result{on(11, 1, funnel.NotOurs)}, ""},
	} {
		if got := calllist.HookText(hookSegment, called(t, c.results...), &company.Company{}, hookDay); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
}

// A year that is not this one is told.
func TestHookTellsTheYear(t *testing.T) {
	got := calllist.HookText(hookSegment, called(t, on(11, 18, funnel.OfferSent)), &company.Company{}, company.NewDate(2027, time.January, 12))
	if want := "Спросите, что решили по КП от 18.11.2026."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// tendering is a company with notices: number, last day, subject.
func tendering(notices ...[3]string) *company.Company {
	c := &company.Company{}
	for _, n := range notices {
		for f, v := range map[company.Field]string{company.FieldTenderDeadline: n[1], company.FieldTenderSubject: n[2]} {
			c.Values = append(c.Values, company.Value{Fact: company.Fact{Field: f, Key: n[0], Value: v}, Wins: true})
		}
	}
	return c
}

func TestHookBeginsWithALiveTender(t *testing.T) {
	const ask = ": спросите, кто готовит заявку и что в ней."
	long := strings.Repeat("Запасные части для насосов ", 5)
	for _, c := range []struct {
		name    string
		company *company.Company
		want    string
	}{
		{"of bearings", tendering([3]string{"1", "2026-12-02", "Поставка Подшипников качения"}), "Тендер на подшипники до 02.12" + ask + "\n" + need},
		{"on its last day", tendering([3]string{"1", "2026-11-24", "подшипники"}), "Тендер на подшипники до 24.11" + ask + "\n" + need},
		{"the one that closes first", tendering([3]string{"1", "2026-12-20", "подшипники"}, [3]string{"2", "2026-12-02", "Запчасти"}), "Тендер до 02.12 «Запчасти»" + ask + "\n" + need},
		{"without a subject", tendering([3]string{"1", "2027-01-15", ""}), "Тендер до 15.01.2027" + ask + "\n" + need},
		{"with a long one", tendering([3]string{"1", "2026-12-02", long}), "Тендер до 02.12 «" + long[:len("Запасные части для насосов Запасные части для насосов Запасн")] + "…»" + ask + "\n" + need},
		{"closed", tendering([3]string{"1", "2026-11-23", "подшипники"}), need + "\n" + typical},
		{"no day", tendering([3]string{"1", "скоро", "подшипники"}), need + "\n" + typical},
	} {
		if got := calllist.HookText(hookSegment, called(t), c.company, hookDay); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
	}
	got := calllist.HookText(hookSegment, called(t, on(11, 18, funnel.OfferSent)), tendering([3]string{"1", "2026-12-02", "подшипники"}), hookDay)
	if want := "Тендер на подшипники до 02.12" + ask + "\nСпросите, что решили по КП от 18.11."; got != want {
		t.Errorf("after an offer: %q", got)
	}
}

// TestFirstCallsAsk: the first sentence for each built-in segment is a question,
// it offers nothing, and it stays short enough for a row.
func TestFirstCallsAsk(t *testing.T) {
	_, c, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range append(c.Segments, config.Segment{Title: "вне сегментов"}) {
		text := calllist.HookText(s, called(t), &company.Company{}, hookDay)
		first, below, _ := strings.Cut(text, "\n")
		if !strings.HasSuffix(first, "?") || len([]rune(first)) > 120 || len([]rune(below)) > 140 {
			t.Errorf("%s: %q", s.Title, text)
		}
		for _, word := range []string{"предлага", "скидк", "дешев", "выгодн", "купит", "цен", "акци", "налич"} {
			if strings.Contains(strings.ToLower(first), word) {
				t.Errorf("%s: %q advertises", s.Title, first)
			}
		}
		if s.Title != "вне сегментов" && strings.Count(below, ";") != 2 {
			t.Errorf("%s: designations %q", s.Title, below)
		}
	}
}

func TestEquipment(t *testing.T) {
	got := calllist.EquipmentText(hookSegment)
	for _, want := range []string{"• электродвигатели: 6309-2Z/C3 → 6309-2Z C3 (70-80309)", "\n• насосы и вентиляторы: 6306-2Z (80306), NU205 (32205)"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in %q", want, got)
		}
	}
	own := hookSegment
	own.ID = "toys"
	if got := calllist.EquipmentText(own); got != typical {
		t.Errorf("a segment of one's own: %q", got)
	}
	if got := calllist.EquipmentText(config.Segment{}); got != "" {
		t.Errorf("nothing is known: %q", got)
	}
}
