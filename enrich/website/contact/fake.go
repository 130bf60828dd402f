package contact

import "strings"

// fakePhone knows numbers that templates and hints of forms show: all digits
// alike or in a row. The value is a valid one.
func fakePhone(value string) bool {
	e164, _, _ := strings.Cut(value, ";")
	if len(e164) < 8 {
		return true
	}
	nat, ours := strings.CutPrefix(e164, "+7")
	if !ours || len(nat) != 10 {
		end := e164[len(e164)-7:]
		return inRow(end) || alikeDigits(end)
	}
	if nat == "8005553535" {
		return true // a lender's number out of an advertisement that everybody knows
	}
	end := nat[3:]
	switch {
	case alikeDigits(end):
		// (3952) 22-22-22 is a taxi; 000-00-00, 111-11-11 and 999-99-99 are nobody.
		return end[0] == '0' || end[0] == '1' || end[0] == '9' || alikeDigits(nat)
	case strings.HasPrefix(end, "00000"):
		return true // 000-00-01
	}
	return inRow(end) || inRow(nat)
}

func alikeDigits(s string) bool { return strings.Trim(s, s[:1]) == "" }

// inRow tells digits that go up or down by one, 0 after 9: 123-45-67.
func inRow(s string) bool {
	up, down := true, true
	for i := 1; i < len(s); i++ {
		up = up && s[i]-'0' == (s[i-1]-'0'+1)%10
		down = down && s[i]-'0' == (s[i-1]-'0'+9)%10
	}
	return up || down
}
