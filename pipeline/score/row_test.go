package score

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"obzvon/pipeline/company"
)

func TestRowOf(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	row := RowOf(m, nil, serviceChain())
	want := Row{
		inn: keyOf(inn10(101)), Revenue: 185_400, Headcount: 84, Branches: 12, Region: 66, SME: 2, Status: statusActive,
		Registered: company.NewDate(2009, time.March, 12), Seen: company.NewDate(2026, time.November, 10),
		Reach: ReachPhone | ReachMobile | ReachEmail | ReachSite | ReachListed, Origin: OriginPhoneSource,
		Given: givenAll,
	}
	want.Match[service] = matchOf(LevelCore, LevelCore, LevelAdjacent, true, true)
	want.Match[chains] = matchOf(0, 0, LevelCore, false, false)
	if row != want {
		t.Errorf("row\n%+v, want\n%+v", row, want)
	}
}

func TestRowOfUnknowns(t *testing.T) {
	m, err := NewMatcher(testSegments())
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name  string
		facts []fact
		check func(r Row) bool
	}{
		{"nothing known", nil, func(r Row) bool {
			return r.Headcount == Unknown && r.Revenue == Unknown && r.Reach == 0 && r.Given == 0 && r.Region == 0
		}},
		{"no employees is known", []fact{fk(company.FieldHeadcount, "2025", "0")}, func(r Row) bool { return r.Headcount == 0 }},
		{"no revenue is known", []fact{fk(company.FieldRevenue, "2025", "0")}, func(r Row) bool { return r.Revenue == 0 }},
		{"negative revenue is none", []fact{fk(company.FieldRevenue, "2025", "-5000000")}, func(r Row) bool { return r.Revenue == 0 }},
		{"the newest year", []fact{fk(company.FieldHeadcount, "2025", "7"), fk(company.FieldHeadcount, "2023", "90")}, func(r Row) bool { return r.Headcount == 7 }},
		{"a foreign phone cannot be dialled", []fact{f(company.FieldPhone, "+442071838750")}, func(r Row) bool { return r.Reach == ReachListed }},
		{"head", []fact{f(company.FieldHeadName, "Примеров Пример Примерович")}, func(r Row) bool { return r.Reach == ReachPerson }},
		{"a rubric alone lists", []fact{f(company.FieldRubric, "Кафе")}, func(r Row) bool { return r.Reach == ReachListed && r.Given == GivenRubrics }},
		{"the observation's date", nil, func(r Row) bool { return r.Seen == company.NewDate(2026, time.November, 10) }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if row := RowOf(m, nil, firm(inn10(1), tt.facts)); !tt.check(row) {
				t.Errorf("row %+v", row)
			}
		})
	}
}

func TestSoleProprietorIsThePerson(t *testing.T) {
	m, _ := NewMatcher(testSegments())
	row := RowOf(m, nil, firm(inn12(5), nil))
	if row.Reach != ReachPerson || row.Marks != MarkSole || row.INN() != inn12(5) {
		t.Errorf("row %+v", row)
	}
}

func TestRowCodec(t *testing.T) {
	if RowSize > 64 {
		t.Errorf("row of %d bytes, more than 64", RowSize)
	}
	for _, row := range randomRows(2000) {
		b, err := row.AppendBinary(nil)
		if err != nil || len(b) != RowSize {
			t.Fatalf("%d bytes, error %v", len(b), err)
		}
		back, err := DecodeRow(b)
		if err != nil || back != row {
			t.Fatalf("decoded %+v (%v), want %+v", back, err, row)
		}
	}
}

func TestDecodeRowRefuses(t *testing.T) {
	row := randomRows(1)[0]
	good, _ := row.AppendBinary(nil)
	change := func(at int, v byte) []byte { b := slices.Clone(good); b[at] = v; return b }
	tests := []struct {
		name string
		in   []byte
		want error
	}{
		{"empty", nil, ErrRowSize},
		{"short", good[:RowSize-1], ErrRowSize},
		{"long", append(slices.Clone(good), 0), ErrRowSize},
		{"version", change(0, RowVersion+1), ErrRowVersion},
		{"ИНН", change(1, 0xff), ErrRowValue},
		{"region", change(RowSize-7, 100), ErrRowValue},
		{"status", change(RowSize-6, byte(statusLast+1)<<statusShift), ErrRowValue},
		{"reach", change(RowSize-5, 0xff), ErrRowValue},
		{"origin", change(RowSize-2, 0xff), ErrRowValue},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := DecodeRow(tt.in); !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
		})
	}
}

func FuzzDecodeRow(f *testing.F) {
	for _, row := range randomRows(5) {
		b, _ := row.AppendBinary(nil)
		f.Add(b)
	}
	f.Add([]byte{})
	f.Add(bytes.Repeat([]byte{0xff}, RowSize))
	sc, err := New(testSegments(), Options{Today: today, SellerRegion: perm})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		row, err := DecodeRow(in)
		if err != nil {
			return
		}
		if out, _ := row.AppendBinary(nil); !bytes.Equal(in, out) {
			t.Fatalf("encodes to %x, came from %x", out, in)
		}
		if res := sc.Score(&row); res.Total < 0 || res.Total > 100*Point {
			t.Fatalf("total %v", res.Total)
		}
	})
}

func TestINNKeyOrder(t *testing.T) {
	inns := []company.INN{"", inn10(1), inn12(1), inn10(2), inn12(99_999_999), inn10(9_999_999), "0100000010", "010000001001"}
	for _, a := range inns {
		if got := keyOf(a).INN(); got != a {
			t.Errorf("key of %q is that of %q", a, got)
		}
		for _, b := range inns {
			if want := strings.Compare(string(a), string(b)); (keyOf(a) < keyOf(b)) != (want < 0) {
				t.Errorf("%q and %q sort otherwise than their text", a, b)
			}
		}
	}
}
