package intake

import (
	"strings"
	"testing"

	"obzvon/pipeline/funnel"
)

func TestAmount(t *testing.T) {
	for text, want := range map[string]int64{
		"12500": 12500, "12500.5": 12501, "12 500 ₽": 12500, "12 500,00 руб.": 12500, "12500р": 12500, "12,5 тыс": 12500, "12,5 тыс. руб.": 12500,
		"1,25 млн ₽": 1_250_000, "15к": 15_000, "1.250.000": 1_250_000, "1.25E+06": 1_250_000, "12500.00000001": 12500, "0": 0, "": 0, " ": 0,
		"1'250'000": 1_250_000, "0.125": 0, "2,345 тыс": 2345,
	} {
		if got, problem := readAmount(text); got != want || problem != "" {
			t.Errorf("%q: %d, %q, want %d", text, got, problem, want)
		}
	}
	for _, text := range []string{"12.500", "12,500", "-100", "много", "$100", "100 или 200", "1 25 000", "1e400", "99999999999999", "12 500 шт", "?"} {
		if got, problem := readAmount(text); got != 0 || problem == "" {
			t.Errorf("%q: %d without a problem", text, got)
		}
	}
}

// An amount is roubles of a size that can be, or a problem.
func FuzzAmount(f *testing.F) {
	for _, s := range []string{"12 500 ₽", "12,5 тыс", "1.250.000", "1E6", "0,5 млн руб."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, problem := readAmount(text)
		if got < 0 || got > amountAtMost || problem != "" && got != 0 {
			t.Fatalf("%q: %d, %q", text, got, problem)
		}
		if got > 0 {
			if again, _ := readAmount(decimal(int(got)) + " ₽"); again != got {
				t.Fatalf("%q: %d, written out %d", text, got, again)
			}
		}
	})
}

// A result is one of the drop-down, however it is written, and nothing is guessed.
func FuzzOutcome(f *testing.F) {
	for _, o := range funnel.Outcomes() {
		f.Add(o)
		f.Add(" " + strings.ToUpper(o) + ".")
	}
	f.Add("отказ")
	f.Fuzz(func(t *testing.T, text string) {
		got, problem := readOutcome(text)
		switch {
		case got != "" && (plain(text) != plain(got) || problem != ""):
			t.Fatalf("%q is taken for %q", text, got)
		case got == "" && problem == "" && tidy(text) != "":
			t.Fatalf("%q goes without a word", text)
		}
	})
}

func TestOutcomesInAnyForm(t *testing.T) {
	for _, o := range funnel.Outcomes() {
		for _, text := range []string{o, strings.ToLower(o), "  " + strings.ToUpper(o) + " . ", strings.ReplaceAll(o, " ", "\u00a0 "), "«" + o + "»"} {
			if got, problem := readOutcome(text); got != o || problem != "" {
				t.Errorf("%q: %q, %q", text, got, problem)
			}
		}
	}
	for _, a := range alike {
		if a.begin != plain(a.begin) {
			t.Errorf("%q is never met", a.begin)
		}
		if _, ok := funnel.RuleOf(a.outcome); !ok {
			t.Errorf("%q is no result", a.outcome)
		}
	}
}
