package company

// Standing is what is known of a source beside what it says.
type Standing struct {
	Trust int // 0..100: whose word wins where sources disagree
	// Shown is, for a source whose whole release is known, the day of it: all
	// that it holds was said on that day, though what is unchanged is not
	// written again and keeps an older date.
	Shown Date
	// Annex says that the source adds to companies that others know and makes
	// none by itself.
	Annex bool
	// Asked says that the source is an enricher, which the program asks about
	// companies and listings that others know.
	Asked bool
}

// Standings are those of the sources by name; an unnamed source has the zero
// Standing.
type Standings map[string]Standing

// Newest is the newest day on which any of a company's sources showed it.
// Annexes have no say: their years end long before they are published.
func (s Standings) Newest(c *Company) Date {
	var d Date
	for i := range c.Observations {
		if st := s[c.Observations[i].Source]; !st.Annex {
			d = max(d, c.Observations[i].Date, st.Shown)
		}
	}
	return d
}
