package score

// Bands is how many bands of ten points a distribution has.
const Bands = 10

// Tally counts results. The zero value is ready; one per worker, then Merge.
type Tally struct {
	Companies int64
	Leads     int64
	Outside   int64                     // fit no segment
	Vetoed    map[string]int64          // by code
	Segments  [MaxSegments]SegmentTally // leads by their segment
}

// SegmentTally counts the leads of one segment.
type SegmentTally struct {
	Leads    int64
	Dialable int64        // have a number to dial
	Bands    [Bands]int64 // band n holds totals from 10n up to 10n+10, the last one 100 too
}

// BandOf tells into which band a total falls.
func BandOf(total Points) int { return int(min(max(total/(10*Point), 0), Bands-1)) }

// Add counts one result.
func (t *Tally) Add(r *Result) {
	t.Companies++
	switch {
	case r.Veto.Code != "":
		if t.Vetoed == nil {
			t.Vetoed = map[string]int64{}
		}
		t.Vetoed[r.Veto.Code]++
	case r.Segment == Outside:
		t.Outside++
	default:
		t.Leads++
		s := &t.Segments[r.Segment]
		s.Leads++
		s.Bands[BandOf(r.Total)]++
		if r.Dialable() {
			s.Dialable++
		}
	}
}

// Merge adds another tally.
func (t *Tally) Merge(o *Tally) {
	t.Companies += o.Companies
	t.Leads += o.Leads
	t.Outside += o.Outside
	for code, n := range o.Vetoed {
		if t.Vetoed == nil {
			t.Vetoed = map[string]int64{}
		}
		t.Vetoed[code] += n
	}
	for i := range t.Segments {
		a, b := &t.Segments[i], &o.Segments[i]
		a.Leads += b.Leads
		a.Dialable += b.Dialable
		for n := range a.Bands {
			a.Bands[n] += b.Bands[n]
		}
	}
}

// VetoedAll is the number of vetoed companies.
func (t *Tally) VetoedAll() int64 {
	var n int64
	for _, c := range t.Vetoed {
		n += c
	}
	return n
}
