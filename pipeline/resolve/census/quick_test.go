package census

import (
	"cmp"
	"runtime"
	"slices"
	"sort"
	"sync"

	"obzvon/pipeline/company"
	"obzvon/pipeline/resolve/evidence"
)

// quick joins listings in memory by the model of evidence alone: the real
// matcher without its store. It finds candidates by tokens, decides, lets
// companies grow by what was joined to them, and decides once more.
type quick struct {
	w     *World
	model *evidence.Model
	firms postings // company numbers
	lists postings // listing numbers

	listings []Listing
	parties  []*evidence.Party
	decided  []verdict
}

type verdict struct {
	answer Answer
	firm   int // -1 = none
}

// posting says that an owner carries a token.
type posting struct {
	hash  uint64
	owner int32
}

type postings []posting

func (p postings) sort() {
	slices.SortFunc(p, func(a, b posting) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.owner, b.owner)) })
}

// carriers returns at most one more than the limit.
func (p postings) carriers(hash uint64) postings {
	from := sort.Search(len(p), func(i int) bool { return p[i].hash >= hash })
	to := from
	for to < len(p) && p[to].hash == hash && to-from <= evidence.CarrierLimit {
		to++
	}
	return p[from:to]
}

func newQuick(w *World, model *evidence.Model) *quick {
	q := &quick{w: w, model: model}
	q.firms = gather(w.spec.Companies, func(n int) *evidence.Party { return q.firm(n) })
	for l := range w.Listings() {
		q.listings = append(q.listings, l)
	}
	q.parties = make([]*evidence.Party, len(q.listings))
	q.lists = gather(len(q.listings), func(i int) *evidence.Party {
		q.parties[i] = model.Listing(&q.listings[i].Observation)
		return q.parties[i]
	})
	return q
}

func (q *quick) firm(n int) *evidence.Party {
	own := q.w.Own(n)
	return q.model.Firm(own[0].INN, own)
}

// shares runs the work of all owners on all cores.
func shares(count int, work func(worker, from, to int)) int {
	workers := runtime.GOMAXPROCS(0)
	var group sync.WaitGroup
	for k := range workers {
		group.Go(func() { work(k, count*k/workers, count*(k+1)/workers) })
	}
	group.Wait()
	return workers
}

func gather(count int, party func(int) *evidence.Party) postings {
	parts := make([]postings, runtime.GOMAXPROCS(0))
	shares(count, func(worker, from, to int) {
		for i := from; i < to; i++ {
			for _, t := range party(i).Tokens() {
				parts[worker] = append(parts[worker], posting{t.Hash, int32(i)})
			}
		}
	})
	all := slices.Concat(parts...)
	all.sort()
	return all
}

func (q *quick) count(hash uint64) evidence.Count {
	f, l := len(q.firms.carriers(hash)), len(q.lists.carriers(hash))
	const limit = evidence.CarrierLimit
	return evidence.Count{Firms: min(f, limit), Listings: min(l, limit), More: f > limit || l > limit}
}

// candidates are the companies that share most of the tokens which are not
// common.
func (q *quick) candidates(i int) evidence.Near[int] {
	var found [][]int
	for _, t := range q.parties[i].Tokens() {
		carriers := q.firms.carriers(t.Hash)
		if len(carriers) > evidence.CarrierLimit {
			continue
		}
		firms := make([]int, len(carriers))
		for k, p := range carriers {
			firms[k] = int(p.owner)
		}
		found = append(found, firms)
	}
	return evidence.Nearest(found)
}

func (q *quick) run(grownRounds int) {
	q.decided = make([]verdict, len(q.listings))
	q.round(nil)
	for range grownRounds {
		joined := map[int][]int{}
		for i, v := range q.decided {
			if v.answer == Joined {
				joined[v.firm] = append(joined[v.firm], i)
			}
		}
		q.round(joined)
	}
}

// round decides all listings; joined are those of the companies so far.
func (q *quick) round(joined map[int][]int) {
	before := slices.Clone(q.decided)
	shares(len(q.listings), func(_, from, to int) {
		for i := from; i < to; i++ {
			near := q.candidates(i)
			firms := near.Firms
			if joined != nil {
				firms = q.linked(i, firms, before)
			}
			q.decided[i] = q.decide(i, &near, firms, joined)
		}
	})
}

// linked adds the companies to which listings were joined that show the same
// phone, domain or number.
func (q *quick) linked(i int, firms []int, before []verdict) []int {
	for _, t := range q.parties[i].Tokens() {
		if !t.Links {
			continue
		}
		found := q.lists.carriers(t.Hash)
		if len(found) > evidence.CarrierLimit {
			continue
		}
		for _, p := range found {
			if v := before[p.owner]; int(p.owner) != i && v.answer == Joined {
				firms = append(firms, v.firm)
			}
		}
	}
	slices.Sort(firms)
	return slices.Compact(firms)
}

func (q *quick) decide(i int, near *evidence.Near[int], firms []int, joined map[int][]int) verdict {
	all := make([]evidence.Weighed, len(firms))
	for k, n := range firms {
		firm := q.firm(n)
		var with []*evidence.Party
		for _, other := range joined[n] {
			if other != i {
				with = append(with, q.parties[other])
			}
		}
		if len(with) > 0 {
			firm = q.model.Grown(firm, with...)
		}
		all[k] = q.model.Weigh(q.parties[i], firm, q.count)
	}
	near.Stand(firms, all)
	d := q.model.Decide(all)
	v := verdict{firm: -1}
	if d.Best >= 0 {
		v.firm = firms[d.Best]
	}
	switch d.Outcome {
	case evidence.Match:
		v.answer = Joined
	case evidence.Review:
		v.answer = Asked
	case evidence.None:
	}
	return v
}

func (q *quick) measure() *Measure {
	m := NewMeasure()
	for i, v := range q.decided {
		inn := company.INN("")
		if v.firm >= 0 {
			inn = q.w.Own(v.firm)[0].INN
		}
		m.Add(&q.listings[i], v.answer, inn)
	}
	return m
}
