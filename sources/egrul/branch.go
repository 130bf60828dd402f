package egrul

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"

	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// parts is СвПодразд.
type parts struct {
	Branches []branch `xml:"СвФилиал"`
	Offices  []branch `xml:"СвПредстав"`
}

// branch is a branch or a representative office.
type branch struct {
	Name struct {
		Text string `xml:"НаимПолн,attr"`
	} `xml:"СвНаим"`
	KLADR  *kladr `xml:"АдрМНРФ"`
	FIAS   *fias  `xml:"АдрМНФИАС"`
	Abroad *struct {
		Country string `xml:"НаимСтран,attr"`
		Address string `xml:"АдрИн,attr"`
	} `xml:"АдрМНИн"`
	AsBranch account `xml:"СвУчетНОФилиал"`
	AsOffice account `xml:"СвУчетНОПредстав"`
}

type account struct {
	KPP string `xml:"КПП,attr"`
}

func (p branch) address() string {
	if at := best(p.FIAS.point(), p.KLADR.point()).line; at != "" {
		return at
	}
	if p.Abroad == nil {
		return ""
	}
	a := address{}
	a.add(calm(p.Abroad.Country))
	a.add(members.Line(p.Abroad.Address))
	return a.String()
}

// key is the КПП, else what the address comes to: the register gives branches
// no number of their own.
func (p branch) key(address string) string {
	if kpp, err := company.ParseKPP(cmp.Or(p.AsBranch.KPP, p.AsOffice.KPP)); err == nil {
		return string(kpp)
	}
	return hashed(address)
}

func hashed(address string) string {
	sum := sha256.Sum256([]byte(address))
	return hex.EncodeToString(sum[:6])
}

// add states the branches that have an address, the first ones by key where
// there are more than wanted. Several under one КПП are told apart by their
// addresses.
func (p parts) add(b *builder) {
	var facts []company.Fact
	count := map[string]int{}
	for _, list := range [][]branch{p.Branches, p.Offices} {
		for _, one := range list {
			at := one.address()
			if at == "" {
				continue
			}
			f := company.Fact{Field: company.FieldBranch, Key: one.key(at), Value: at, Note: members.Line(one.Name.Text)}
			if !slices.ContainsFunc(facts, func(g company.Fact) bool { return g.Key == f.Key && g.Value == f.Value }) {
				count[f.Key]++
			}
			facts = append(facts, f)
		}
	}
	for i := range facts {
		if f := &facts[i]; count[f.Key] > 1 {
			f.Key += "-" + hashed(f.Value)
		}
	}
	slices.SortFunc(facts, func(f, g company.Fact) int {
		return cmp.Or(cmp.Compare(f.Key, g.Key), cmp.Compare(g.Note, f.Note))
	})
	facts = slices.CompactFunc(facts, func(f, g company.Fact) bool { return f.Key == g.Key })
	b.Facts = append(b.Facts, facts[:min(len(facts), b.branches)]...)
}
