package score

// known tells whether anything is known of the property. It does not depend
// on the segment, and neither does the known share.
func (s *Scorer) known(k kind, r *Row) bool {
	switch k {
	case okvedMain:
		return r.Given&GivenMain != 0
	case okvedReported:
		return r.Given&GivenReported != 0
	case okvedExtra:
		return r.Given&GivenExtra != 0
	case nameWords:
		return r.Given&GivenWords != 0
	case rubric:
		return r.Given&GivenRubrics != 0
	case headcount:
		return r.Headcount != Unknown
	case revenue:
		return r.Revenue != Unknown
	case smeCategory:
		return r.SME != 0
	case branches:
		return r.Branches != 0
	case phone:
		return r.Reach&(ReachPhone|ReachListed) != 0
	case mobile:
		return r.Reach&(ReachMobile|ReachListed) != 0
	case email:
		return r.Reach&(ReachEmail|ReachListed) != 0
	case site:
		return r.Reach&(ReachSite|ReachListed) != 0
	case namedPerson: // directories do not list people: absent says nothing
		return r.Reach&ReachPerson != 0
	case proximity:
		return r.Region != 0 && s.options.SellerRegion != ""
	case age:
		return r.Registered.Known()
	case statusClean:
		return r.Status != statusUnknown
	case freshness:
		return r.Seen.Known()
	case season:
		return true
	}
	return false
}

// measure grades one signal of a row for a segment: the only place where a
// property becomes points. Both Score and Explain rest on it.
func (s *Scorer) measure(sig *signal, r *Row, segment int) grade {
	if !s.known(sig.kind, r) {
		return sig.unknown
	}
	switch sig.kind {
	case okvedMain:
		return sig.levels[r.Match[segment].Main()]
	case okvedReported:
		return sig.levels[r.Match[segment].Reported()]
	case okvedExtra:
		return sig.levels[r.Match[segment].Extra()]
	case nameWords:
		return sig.either(r.Match[segment].Word())
	case rubric:
		return sig.either(r.Match[segment].Rubric())
	case season:
		return sig.either(s.rules[segment].season)
	case headcount:
		return sig.climb(int64(r.Headcount))
	case revenue:
		return sig.climb(r.Revenue)
	case smeCategory:
		return sig.climb(int64(r.SME))
	case branches:
		return sig.climb(int64(r.Branches))
	case phone:
		return sig.either(r.Reach&ReachPhone != 0)
	case mobile:
		return sig.either(r.Reach&ReachMobile != 0)
	case email:
		return sig.either(r.Reach&ReachEmail != 0)
	case site:
		return sig.either(r.Reach&ReachSite != 0)
	case namedPerson:
		return sig.either(r.Reach&ReachPerson != 0)
	case proximity:
		return s.places[r.Region]
	case age:
		return sig.climb(-int64(r.Registered))
	case statusClean:
		return sig.either(r.Status == statusActive)
	case freshness:
		return sig.climb(int64(max(s.options.Today-r.Seen, 0)))
	}
	return sig.zero
}

func (sig *signal) either(yes bool) grade {
	if yes {
		return sig.one
	}
	return sig.zero
}

// climb gives the grade of the highest step reached, zero below the first.
func (sig *signal) climb(quantity int64) grade {
	for i := len(sig.ladder) - 1; i >= 0; i-- {
		if quantity >= sig.ladder[i].from {
			return sig.ladder[i].grade
		}
	}
	return sig.zero
}
