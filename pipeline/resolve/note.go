package resolve

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"obzvon/pipeline/store"
)

// noteVersion is that of the note's form; a note of another one is not read.
const noteVersion = 1

// noteAtMost bounds the note in bytes. One that would be longer tells nothing
// of the review, and a run that is asked for it matches anew.
const noteAtMost = 8 << 20

// note stands beside the joins: what they were made from and what came of it.
// Of the listings it holds no content.
type note struct {
	Version    int              `json:"version"`
	Basis      string           `json:"basis"`
	Listings   int64            `json:"listings"`
	Joined     int64            `json:"joined"`
	Manual     int64            `json:"manual"`
	Reasons    map[Reason]int64 `json:"reasons"`
	ByEvidence map[string]int64 `json:"by_evidence"`

	// Review is enough for that many rows, whatever the interest, as long as
	// it asks for no row whose words are not kept.
	ReviewAtMost int         `json:"review_at_most"`
	Review       []noteGroup `json:"review,omitempty"`
}

// noteGroup is all that waits for one reason, in the order of ids. Of rows
// that were not shown only the ids are kept: a change of interest may call for
// them, and then they are matched anew.
type noteGroup struct {
	Reason Reason     `json:"reason"`
	Why    string     `json:"why,omitempty"` // of all rows, if it is one and there are no candidates
	IDs    []noteKeys `json:"ids"`
	Rows   []noteRow  `json:"rows,omitempty"`
}

type noteKeys struct {
	Source string   `json:"source"`
	Keys   []string `json:"keys"`
}

type noteRow struct {
	At         int         `json:"at"` // place among the ids
	Why        string      `json:"why"`
	Candidates []Candidate `json:"candidates,omitempty"`
}

// basisOf names all that joins depend on.
func basisOf(ctx context.Context, s Store, m Matcher, decisions []store.Decision, caller string) (string, error) {
	generation, err := s.Generation(ctx)
	if err != nil {
		return "", fmt.Errorf("read the generation of observations: %w", err)
	}
	data, err := json.Marshal(struct {
		Generation uint64
		Matcher    string
		Caller     string
		Decisions  []store.Decision
	}{generation, m.Basis(), caller, decisions})
	if err != nil {
		return "", fmt.Errorf("basis of joins: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}

// fromNote reports what the note tells; false if it was made from something
// else or does not tell enough.
func fromNote(ctx context.Context, s Store, basis string, o Options) (Report, bool, error) {
	data, err := s.JoinsNote(ctx)
	if err != nil {
		return Report{}, false, fmt.Errorf("read the note on joins: %w", err)
	}
	var n note
	// A note that cannot be read is one of another version.
	if json.Unmarshal(data, &n) != nil || n.Version != noteVersion || n.Basis != basis || n.ReviewAtMost < o.ReviewAtMost {
		return Report{}, false, nil
	}
	picked := n.picked()
	shown, err := best(ctx, s, picked, o)
	if err != nil {
		return Report{}, false, err
	}
	for _, i := range shown {
		if picked[i].Why == "" {
			return Report{}, false, nil
		}
	}
	rep := Report{
		Listings: n.Listings, Joined: n.Joined, Manual: n.Manual,
		Reasons: n.Reasons, ByEvidence: n.ByEvidence, Unchanged: true,
	}
	rep.Review, err = rows(ctx, s, picked, shown)
	return rep, err == nil, err
}

// newNote keeps the reasons of which rows were shown.
func newNote(basis string, rep Report, picked []Unresolved, shown []int, limit int) *note {
	n := &note{
		Version: noteVersion, Basis: basis, Listings: rep.Listings, Joined: rep.Joined, Manual: rep.Manual,
		Reasons: rep.Reasons, ByEvidence: rep.ByEvidence, ReviewAtMost: max(0, limit),
	}
	isShown := make([]bool, len(picked))
	for _, i := range shown {
		isShown[i] = true
	}
	for from, to := 0, 0; from < len(shown); from = to {
		to = endOfReason(picked, from)
		n.Review = append(n.Review, newGroup(picked[from:to], isShown[from:to]))
	}
	return n
}

func newGroup(all []Unresolved, shown []bool) noteGroup {
	g := noteGroup{Reason: all[0].Reason, Why: all[0].Why}
	for i := range all {
		u := &all[i]
		if u.Why != g.Why || len(u.Candidates) > 0 {
			g.Why = ""
		}
		if last := len(g.IDs) - 1; last >= 0 && g.IDs[last].Source == u.ID.Source {
			g.IDs[last].Keys = append(g.IDs[last].Keys, u.ID.Key)
		} else {
			g.IDs = append(g.IDs, noteKeys{Source: u.ID.Source, Keys: []string{u.ID.Key}})
		}
	}
	for i := range all {
		if g.Why == "" && shown[i] {
			g.Rows = append(g.Rows, noteRow{At: i, Why: all[i].Why, Candidates: all[i].Candidates})
		}
	}
	return g
}

// picked is the inverse of newNote. A row whose words were not kept has no Why.
func (n *note) picked() []Unresolved {
	var out []Unresolved
	for _, g := range n.Review {
		from := len(out)
		for _, ids := range g.IDs {
			for _, key := range ids.Keys {
				out = append(out, Unresolved{ID: store.ObservationID{Source: ids.Source, Key: key}, Reason: g.Reason, Why: g.Why})
			}
		}
		for _, r := range g.Rows {
			if at := from + r.At; r.At >= 0 && at < len(out) {
				out[at].Why, out[at].Candidates = r.Why, r.Candidates
			}
		}
	}
	return out
}

// encode writes the note, without the review if that is too long or holds
// bytes that JSON would not give back.
func (n *note) encode() ([]byte, error) {
	if n.writable() {
		data, err := json.Marshal(n)
		if err != nil || len(data) <= noteAtMost {
			return data, err
		}
	}
	short := *n
	short.ReviewAtMost, short.Review = 0, nil
	return json.Marshal(&short)
}

func (n *note) writable() bool {
	for _, u := range n.picked() {
		if !utf8.ValidString(u.ID.Source) || !utf8.ValidString(u.ID.Key) || !utf8.ValidString(u.Why) {
			return false
		}
		for _, c := range u.Candidates {
			if !utf8.ValidString(c.Name) || !utf8.ValidString(c.City) {
				return false
			}
		}
	}
	return true
}
