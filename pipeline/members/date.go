package members

import (
	"regexp"

	"obzvon/pipeline/company"
)

// nameDates are the forms of the day in the names of files and members:
// VO_RUGFO_0000_9965_20251105_…, EGRUL_FULL_2026-01-01_1.
var nameDates = []*regexp.Regexp{
	regexp.MustCompile(`_(\d{4})(\d{2})(\d{2})(?:_|\.|$)`),
	regexp.MustCompile(`(?:^|[^\d])(\d{4})-(\d{2})-(\d{2})(?:[^\d]|$)`),
}

// DateIn returns the day of publishing that the name of a file carries, which
// can be some days later than that of what stands in it, and the unknown date
// when it carries none or one before the tax service was founded.
func DateIn(name string) company.Date {
	for _, form := range nameDates {
		if m := form.FindStringSubmatch(name); m != nil {
			return day(m[1] + "-" + m[2] + "-" + m[3])
		}
	}
	return 0
}

func day(text string) company.Date {
	d, err := company.ParseDate(text)
	if err != nil {
		return 0
	}
	if y := d.Time().Year(); y < 1991 || y > 2100 {
		return 0
	}
	return d
}
