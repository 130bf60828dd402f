package score

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"

	"obzvon/config"
	"obzvon/pipeline/company"
)

// shop makes companies out of the words, codes and rubrics of a segments file,
// of what is like them, and of what is not.
type shop struct {
	rng                   *rand.Rand
	words, rubrics, codes []string
}

func newShop(s *config.Segments, seed uint64) *shop {
	h := &shop{
		rng:     rand.New(rand.NewPCG(seed, 5)),
		words:   []string{"вектор", "и", "ВЕГА", "урал", "столица", "SKF", "2", "Ёлка", "кооператив", "гаражный", "rock", "TOP", "ВMW", "№", "—"},
		rubrics: []string{"Кафе", "оптом"},
		codes:   []string{"01.11", "45.20.30", "99", "4520", "45.", "4", "", "4.5", "28.15", "46.9"},
	}
	for i := range s.Segments {
		seg := &s.Segments[i]
		h.words, h.rubrics = append(h.words, seg.Words...), append(h.rubrics, seg.Rubrics...)
		for _, list := range [][]config.Code{seg.Codes.Core, seg.Codes.Adjacent, seg.Codes.Weak, seg.SecondSign} {
			for _, c := range list {
				h.codes = append(h.codes, string(c), string(c)+"."+strconv.Itoa(h.rng.IntN(100)), string(parentCode(c.OKVED())))
			}
		}
	}
	h.words = append(append(append(h.words, s.Vetoes.CompetitorWords...), s.Vetoes.NotOursWords...), s.Vetoes.NotOursWords...)
	h.rubrics = append(h.rubrics, s.Vetoes.CompetitorRubrics...)
	for _, c := range s.Vetoes.MakerCodes {
		h.codes = append(h.codes, string(c))
	}
	return h
}

func (h *shop) one(of []string) string { return of[h.rng.IntN(len(of))] }

// text is a few words, each whole, cut or gone on with.
func (h *shop) text(of []string) string {
	var b strings.Builder
	for range h.rng.IntN(4) {
		w := []rune(h.one(of))
		switch h.rng.IntN(5) {
		case 0:
			w = w[:h.rng.IntN(len(w)+1)]
		case 1:
			w = append(slices.Clone(w), []rune(h.one([]string{"ный", "ы", "-2", "\"", "ия"}))...)
		case 2:
			w = []rune(strings.ToUpper(string(w)))
		}
		b.WriteString(string(w) + h.one([]string{" ", " ", " ", "-", ", ", " \"", "."}))
	}
	return b.String()
}

func (h *shop) host() string {
	spelling := newSpelling()
	var b strings.Builder
	for range 1 + h.rng.IntN(3) {
		word := h.one(h.words)
		switch h.rng.IntN(4) {
		case 0:
			b.WriteString(strings.ReplaceAll(word, " ", "-"))
		case 1:
			b.WriteString(h.one([]string{"avtozapchasty", "zapchasti", "tex", "tekh", "shch", "jurij", "x", "w", "tс", "STO", "é", "iia"}))
		default:
			b.Write(spelling.append(nil, strings.ReplaceAll(word, " ", "")))
		}
		b.WriteString(h.one([]string{"", "", "-", ".", "59"}))
	}
	return b.String() + h.one([]string{".ru", ".рф", ".com", ""})
}

func (h *shop) company() *company.Company {
	inn := inn10(h.rng.IntN(1000))
	if h.rng.IntN(5) == 0 {
		inn = inn12(h.rng.IntN(1000))
	}
	makers := []func() fact{
		func() fact {
			return f(company.FieldNameFull, "ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ \""+h.text(h.words)+"\"")
		},
		func() fact {
			return f(company.FieldNameShort, h.one([]string{"ООО ", "ЖСК ", "", "ИП ", "ГСК "})+h.one([]string{"\"", "", "«"})+h.text(h.words)+"\"")
		},
		func() fact { return f(company.FieldNameShort, h.text(h.words)+", ООО") },
		func() fact { return f(company.FieldNameBrand, h.text(h.words)) },
		func() fact { return f(company.FieldDescription, h.text(append(h.rubrics, h.words...))) },
		func() fact { return f(company.FieldRubric, h.text(h.rubrics)) },
		func() fact { return f(company.FieldOKVEDMain, h.one(h.codes)) },
		func() fact { return f(company.FieldOKVEDReported, h.one(h.codes)) },
		func() fact { return f(company.FieldOKVEDExtra, h.one(h.codes)) },
		func() fact { return f(company.FieldOKVEDRepExtra, h.one(h.codes)) },
		func() fact {
			return f(company.FieldSite, h.one([]string{"https://", "http://www.", ""})+h.host()+h.one([]string{"", "/a", "/?utm_a=1", ":80"}))
		},
		func() fact { return f(company.FieldEmail, "info@"+h.host()) },
		func() fact {
			return f(company.FieldPhone, h.one([]string{"+79070000001", "+73432000000;ext=12", "+442071838750", "+78001234567", "+7", "+71110000000"}))
		},
		func() fact {
			return fk(company.FieldHeadcount, strconv.Itoa(2020+h.rng.IntN(6)), h.one([]string{"3", "0", "-1", "x", "99999999999"}))
		},
		func() fact {
			return fk(company.FieldRevenue, strconv.Itoa(2020+h.rng.IntN(6)), h.one([]string{"5000000", "0", "-7000000", "x", "200000000000", "5000000000"}))
		},
		func() fact {
			return fk(company.FieldBranch, strconv.Itoa(h.rng.IntN(5)), fmt.Sprintf("Мира, %d", h.rng.IntN(4)))
		},
		func() fact { return f(company.FieldRegion, h.one([]string{"59", "01", "100", "x"})) },
		func() fact { return f(company.FieldSME, h.one([]string{"1", "3", "4", "x"})) },
		func() fact { return f(company.FieldStatus, h.one([]string{"active", "bankrupt", "other"})) },
		func() fact { return f(company.FieldRegistered, h.one([]string{"2009-03-12", "12.03.2009", "x"})) },
		func() fact { return f(company.FieldHeadName, "Примеров Пример") },
		func() fact {
			field := h.one([]string{string(company.FieldTenderDeadline), string(company.FieldTenderDay), string(company.FieldFairDay), string(company.FieldSupplyDay)})
			return fk(company.Field(field), strconv.Itoa(h.rng.IntN(3)), h.one([]string{"2026-11-30", "2025-01-02", "1899-12-30", "9999-12-31", "скоро"}))
		},
		func() fact {
			return f(company.FieldRisk, h.one([]string{"bankruptcy", "unfair", "doubt", "no_reports", "x"}))
		},
	}
	facts := func() []fact {
		var out []fact
		for range h.rng.IntN(12) {
			if made := makers[h.rng.IntN(len(makers))](); made.Value != "" {
				out = append(out, made)
			}
		}
		return out
	}
	return firm(inn, facts(), facts()...)
}

// Rows and the evidence for them are what plain matching finds, text by text.
func TestRowsAreThoseOfPlainMatching(t *testing.T) {
	builtIn, err := config.LoadSegments("")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []*config.Segments{testSegments(), builtIn} {
		m, err := NewMatcher(s)
		if err != nil {
			t.Fatal(err)
		}
		ref, err := newRefMatcher(s)
		if err != nil {
			t.Fatal(err)
		}
		rel := NewReleases(company.Standings{"rsmp": {Trust: 90, Shown: 700}})
		h, r := newShop(s, 6), m.Reader()
		matched, vetoed, doubted := 0, 0, 0
		for range 2500 {
			c := h.company()
			want := refRowOf(ref, rel, c)
			if got := RowOf(m, rel, c); got != want {
				t.Fatalf("of %+v\n got %+v\nwant %+v", c.Values, got, want)
			}
			if got := r.Row(rel, c); got != want {
				t.Fatalf("the reader of %+v\n got %+v\nwant %+v", c.Values, got, want)
			}
			if got, want := m.find(c), ref.find(c); !reflect.DeepEqual(got, want) {
				t.Fatalf("of %+v\nfound %+v\n want %+v", c.Values, got, want)
			}
			for _, match := range want.Match {
				matched += one(match.Word()) + one(match.Rubric()) + one(match.Main() > 0)
			}
			vetoed += one(markVeto(want.Marks) != "")
			_, doubt := doubtedRevenue(c)
			doubted += one(doubt)
		}
		if matched < 1500 || vetoed < 250 || doubted < 10 {
			t.Errorf("%d matches, %d vetoes, %d doubts: the trials prove too little", matched, vetoed, doubted)
		}
	}
}

// Domains are spelled as by replacing letters one after another.
func TestPlainSpelling(t *testing.T) {
	plain, ref := newSpelling(), newRefSpelling()
	rng := rand.New(rand.NewPCG(8, 9))
	for range 20_000 {
		var b strings.Builder
		for range rng.IntN(9) {
			b.WriteString([]string{"s", "h", "c", "k", "t", "y", "u", "a", "o", "j", "i", "w", "x", "e", "щ", "ш", "ч", "ю", "й", "ь", "A", "Ж", "é", "1"}[rng.IntN(24)])
		}
		if got, want := string(plain.append(nil, b.String())), ref.plain(b.String()); got != want {
			t.Fatalf("%q is spelled %q, want %q", b.String(), got, want)
		}
	}
}
