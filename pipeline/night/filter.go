package night

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// mixed tells whether the store may hold what was read otherwise than now:
// under another filter or by another decoder. What differs then is no news.
func (n *Night) mixed(s Source, before store.Pull, filter string) bool {
	return before.Source != "" &&
		(before.Mixed || before.Filter != filter || before.Decoder != s.Source.Describe().Decoder)
}

// permitted says why a source must not run: its terms are not known to allow
// this use and nobody has accepted them. Sample data is our own.
func (n *Night) permitted(s Source) error {
	d := s.Source.Describe()
	if d.Open || n.Sample || s.Section.TermsAccepted != "" {
		return nil
	}
	return fmt.Errorf("its terms of use are not known to allow a lead base (%s): read them and set sources.%s.terms_accepted to the date",
		d.Licence, s.Section.Name)
}

// filter is what decides which rows of a source are taken: the wanted codes
// and, for a registry, the ИНН that directories hold.
func (n *Night) filter(ctx context.Context, s Source) (held *company.INNSet, mark string, err error) {
	if s.annex() {
		return nil, "everything", nil // a set is kept whole, whatever is wanted now
	}
	if s.kind() == pipeline.KindRegistry {
		if held, err = n.held(ctx); err != nil {
			return nil, "", err
		}
	}
	h := sha256.New()
	fmt.Fprintln(h, n.wanted(), held.Hash(), n.Config.PersonalData.NamedPeople)
	return held, hex.EncodeToString(h.Sum(nil)[:16]), nil
}

// held is the set of ИНН that directories hold.
func (n *Night) held(ctx context.Context) (*company.INNSet, error) {
	var names []string
	for _, other := range n.Sources {
		if other.kind() == pipeline.KindDirectory && n.permitted(other) == nil {
			names = append(names, other.Section.Name)
		}
	}
	set := &company.INNSet{}
	for after := company.INN(""); ; {
		page, err := n.Store.INNs(ctx, names, after, pageSize)
		if err != nil {
			return nil, err
		}
		for _, inn := range page {
			set.Add(inn)
		}
		if len(page) < pageSize {
			return set, nil
		}
		after = page[len(page)-1]
	}
}

// fingerprint names everything that decides what a pull yields: the input, the
// decoder and the filter. "" = the source cannot tell.
func (n *Night) fingerprint(ctx context.Context, s Source, filter string) (string, error) {
	f, ok := s.Source.(pipeline.Fingerprinter)
	if !ok {
		return "", nil
	}
	input, err := f.Fingerprint(ctx)
	if err != nil {
		return "", err
	}
	h := sha256.New()
	fmt.Fprintln(h, input, s.Source.Describe().Decoder, filter)
	return hex.EncodeToString(h.Sum(nil)[:16]), nil
}

func (n *Night) wanted() pipeline.Wanted {
	w := pipeline.Wanted{Codes: n.Segments.WantedCodes(), Additional: n.Config.Collect.AdditionalCodes}
	for _, c := range n.Config.Collect.ExtraCodes {
		w.Codes = append(w.Codes, c.OKVED())
	}
	return w
}
