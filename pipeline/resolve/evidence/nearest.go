package evidence

import (
	"cmp"
	"slices"
)

const (
	// weighedAtMost is how many firms a listing is weighed against, or one more: as
	// many as people are shown. In a large registry ever more firms share a weak
	// token, and a bound is what keeps the cost of a listing from growing with it.
	weighedAtMost = 3
	// leastShare is what part of what the first firm shares another one shares at
	// least to be weighed: one in so many.
	leastShare = 10
	// standIns is how many firms stand at least for others that share as much: of
	// several one may be helped by what a joined listing brings.
	standIns = 2
)

// wholeShare is the share of a token that one firm has. Shares are whole
// numbers, so that sums of equal ones are equal in any order.
const wholeShare = 1 << 32

// Near are the firms that a listing is weighed against.
type Near[F cmp.Ordered] struct {
	Firms []F // rising
	// Of many that share as much, and so are alike in all that was counted, some
	// stand for the others.
	standing []F
	others   int
}

// sharer is a firm and what it shares with a listing.
type sharer[F cmp.Ordered] struct {
	firm  F
	share int64
}

// Nearest picks those firms that share most with a listing; found are the
// carriers of each of its tokens that is not common, rising. A token counts the
// more the fewer have it.
func Nearest[F cmp.Ordered](found [][]F) Near[F] {
	all := sharers(found)
	most := int64(0)
	for i := range all {
		most = max(most, all[i].share)
	}
	all = slices.DeleteFunc(all, func(s sharer[F]) bool { return s.share < most/leastShare })
	slices.SortFunc(all, func(a, b sharer[F]) int { return cmp.Or(cmp.Compare(b.share, a.share), cmp.Compare(a.firm, b.firm)) })
	if len(all) <= weighedAtMost {
		return Near[F]{Firms: firmsOf(all)}
	}
	from, to := weighedAtMost-1, weighedAtMost
	for last := all[from].share; from > 0 && all[from-1].share == last; {
		from--
	}
	for to < len(all) && all[to].share == all[from].share {
		to++
	}
	left := min(to, max(weighedAtMost, from+standIns))
	n := Near[F]{Firms: firmsOf(all[:left]), others: to - left}
	if n.others > 0 {
		n.standing = firmsOf(all[from:left])
	}
	return n
}

// sharers merges the carriers.
func sharers[F cmp.Ordered](found [][]F) []sharer[F] {
	left, most := slices.Clone(found), 0
	for _, firms := range found {
		most += len(firms)
	}
	out := make([]sharer[F], 0, most)
	for {
		next := -1
		for i, firms := range left {
			if len(firms) > 0 && (next < 0 || firms[0] < left[next][0]) {
				next = i
			}
		}
		if next < 0 {
			return out
		}
		s := sharer[F]{firm: left[next][0]}
		for i, firms := range left {
			if len(firms) > 0 && firms[0] == s.firm {
				s.share += wholeShare / int64(len(found[i]))
				left[i] = firms[1:]
			}
		}
		out = append(out, s)
	}
}

func firmsOf[F cmp.Ordered](all []sharer[F]) []F {
	out := make([]F, len(all))
	for i := range all {
		out[i] = all[i].firm
	}
	slices.Sort(out)
	return out
}

// Stand makes those who stand for others count for them; all are what the
// firms weigh. The others are taken to be like the lightest of these: a heavier
// one has something that was not counted.
func (n *Near[F]) Stand(firms []F, all []Weighed) {
	lightest := -1
	for i, f := range firms {
		if slices.Contains(n.standing, f) && (lightest < 0 || all[i].Weight < all[lightest].Weight) {
			lightest = i
		}
	}
	if lightest >= 0 {
		all[lightest].Others = n.others
	}
}
