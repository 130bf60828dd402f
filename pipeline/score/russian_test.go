package score

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/company"
)

func TestBriefName(t *testing.T) {
	for _, tt := range []struct{ code, want string }{
		{"45.20.3", "Мойка автотранспортных средств"},
		{"07.29.41", "Добыча руд и песков драгоценных металлов"},
		{"25.99.22", "Производство канцелярского настольного оборудования"},
		{"46.69.9", "Торговля оптовая прочими машинами"},
		{"12.00.1", "Производство изделий из табака и махорки"},
		{"20.59.2", "Производство химически модифицированных животных или растительных жиров и масел"},
		{"28.94", "Производство машин и оборудования для изготовления текстильных, швейных, меховых и кожаных изделий"},
		{"19.20.2", "Разделение и извлечение фракций из нефтяного (попутного) газа"},
		{"24.45.9", "Производство редких (тантал, ниобий, галлий, германий, иридий) и редкоземельных металлов"},
	} {
		name, known := company.OKVED(tt.code).Name()
		if got := briefName(name); !known || got != tt.want {
			t.Errorf("%s: %q, want %q", tt.code, got, tt.want)
		}
	}
}

// TestBriefNameOfEveryCode holds every name of the classifier to it: a whole
// beginning of the name with all its brackets closed.
func TestBriefNameOfEveryCode(t *testing.T) {
	seen := 0
	for code := range everyCode {
		name, known := code.Name()
		if !known {
			continue
		}
		seen++
		brief := briefName(name)
		rest, begins := strings.CutPrefix(name, brief)
		next, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest))
		switch {
		case !begins || rest != "" && !strings.ContainsRune(",;:(", next):
			t.Errorf("%s: %q is no part of %q up to a border", code, brief, name)
		case strings.Count(brief, "(") != strings.Count(brief, ")"):
			t.Errorf("%s: %q leaves a bracket open", code, brief)
		case rest != "" && utf8.RuneCountInString(brief) < nameEnough:
			t.Errorf("%s: %q says too little", code, brief)
		}
	}
	if seen < 2000 {
		t.Errorf("%d codes have a name, want the whole classifier", seen)
	}
}

// everyCode yields all codes of two to six digits.
func everyCode(yield func(company.OKVED) bool) {
	for digits, last := 2, 100; digits <= 6; digits, last = digits+1, last*10 {
		for n := range last {
			code := fmt.Sprintf("%0*d", digits, n)
			for at := 2; at < len(code); at += 3 {
				code = code[:at] + "." + code[at:]
			}
			if !yield(company.OKVED(code)) {
				return
			}
		}
	}
}
