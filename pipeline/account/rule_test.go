package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"obzvon/pipeline/store"
)

func TestCheckName(t *testing.T) {
	for name, want := range map[string]bool{
		"anna": true, "a.b_c-9": true, "m123456": true, "ab": true, strings.Repeat("a", 32): true,
		"": false, "a": false, "Anna": false, "анна": false, "9anna": false, ".anna": false, "anna k": false,
		strings.Repeat("a", 33): false, "a@firm.example": false, "a79070000001": false, "m1234567": false, "a\x00": false,
	} {
		if err := CheckName(name); want != (err == nil) || !want && !errors.Is(err, ErrName) {
			t.Errorf("%q: %v", name, err)
		}
	}
	if got := Name("  Anna\t"); got != "anna" {
		t.Errorf("%q", got)
	}
}

func TestCheckPassword(t *testing.T) {
	for password, want := range map[string]error{
		good: nil, other: nil, "          ж2a": nil, "девять дев": nil,
		"":          errShort,
		"девять зн": errShort,
		"e\u0301e\u0301e\u0301e\u0301e\u0301abc1": errShort, // accents count once
		strings.Repeat("abcd", 64):                nil,
		"x" + strings.Repeat("abcd", 64):          errLong,
		"line\nbreak":                             errControl,
		"bad\xffutf-8":                            errControl,
		"aleksandra":                              errIsName, "Aleksandra2026!": errIsName,
		"1234567890": errCommon, "QWERTYUIOP": errCommon, "Пароль12345": errCommon, "aaaaaaaaaaaaaaa": errCommon, "1212121212": errCommon,
	} {
		err := CheckPassword("aleksandra", password)
		if want == nil && err == nil {
			continue
		}
		if err != want || !errors.Is(err, ErrWeak) { //nolint:errorlint // the very rule is meant
			t.Errorf("%q: %v, want %v", password, err, want)
		}
	}
	var broken *RuleError
	if !errors.As(CheckPassword("anna", "x"), &broken) || !strings.Contains(broken.Words, "не меньше 10 знаков") {
		t.Errorf("%+v", broken)
	}
	if err := CheckPassword("", "1597534826"); err != nil {
		t.Errorf("no name: %v", err)
	}
}

// Each of the list would otherwise pass, and stands in the form that is compared.
func TestCommonPasswords(t *testing.T) {
	all := strings.Fields(common)
	if len(all) < 40 || !slices.IsSorted(all[:10]) {
		t.Errorf("%d of them", len(all))
	}
	for _, p := range all {
		if utf8.RuneCountInString(p) < minPassword || p != strings.ToLower(composed(p)) {
			t.Errorf("%q need not be listed, or never matches", p)
		}
	}
}

func TestRoles(t *testing.T) {
	for _, tt := range []struct {
		names   []string
		manager string
		want    []string
		err     error
	}{
		{[]string{"operator", "head", "operator"}, "", []string{"head", "operator"}, nil},
		{[]string{"manager"}, "manager-1", []string{"manager"}, nil},
		{nil, "", nil, errRoleless},
		{[]string{"manager"}, "", nil, errNoManager},
		{[]string{"head"}, "manager-1", nil, errStrayManager},
	} {
		got, err := rolesOf(tt.names, tt.manager)
		if !slices.Equal(got, tt.want) || !errors.Is(err, tt.err) {
			t.Errorf("%v: %v, %v", tt.names, got, err)
		}
	}
	if _, err := rolesOf([]string{"boss"}, ""); !errors.Is(err, ErrRole) || !strings.Contains(err.Error(), `"boss"`) {
		t.Errorf("%v", err)
	}
	for _, r := range Roles() {
		if r.Title() == string(r) {
			t.Errorf("%s has no Russian word", r)
		}
	}
	a := store.Account{Name: "anna", Roles: []string{"head"}}
	if !Has(a, Head) || Has(a, Operator) || Title(a) != "anna" || Role("x").Title() != "x" {
		t.Errorf("%+v", a)
	}
	if a.Title = "Анна"; Title(a) != "Анна" {
		t.Errorf("%q", Title(a))
	}
}
