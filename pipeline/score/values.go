package score

// Values are the signals of a row for one segment as they stand before points
// are given, in thousandths of 0..1 by id; what is not known is missing. They go
// into an issued list, so that outcomes can be held against what was known then.
func (s *Scorer) Values(r *Row, segment int) map[string]int64 {
	known, out := s.known(r), map[string]int64{}
	for i := range s.signals {
		sig := &s.signals[i]
		if sig.kind.bySegment() && segment == Outside || !known.has(sig.kind) {
			continue
		}
		out[signalIDs[sig.kind]] = int64(s.measure(sig, r, known, segment).value*1000 + 0.5)
	}
	return out
}
