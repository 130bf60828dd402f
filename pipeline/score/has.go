package score

import "obzvon/config"

// Has tells whether something that config may want is known of a company. A revenue
// that others contradict is not.
func (r *Row) Has(w config.Want) bool {
	switch w {
	case config.WantPhone:
		return r.Reach&ReachPhone != 0
	case config.WantEmail:
		return r.Reach&ReachEmail != 0
	case config.WantSite:
		return r.Reach&ReachSite != 0
	case config.WantHeadcount:
		return r.Headcount != Unknown
	case config.WantRevenue:
		return r.Revenue != Unknown
	case config.WantPerson:
		return r.Reach&ReachPerson != 0
	case config.WantStatus:
		return r.Status != statusUnknown
	case config.WantRegion:
		return r.Region != 0
	case config.WantOKVED:
		return r.Given&(GivenMain|GivenReported) != 0
	}
	return false
}
