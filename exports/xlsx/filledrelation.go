package xlsx

import (
	"path"
	"strings"
)

// Relations between parts, by the end of their type (ECMA-376 part 1, annex A).
const (
	relBook    = "/officeDocument"
	relStrings = "/sharedStrings"
	relStyles  = "/styles"
	relCore    = "/core-properties"
	relApp     = "/extended-properties"
)

// relations are those of a part; "" is the package itself.
type relations struct {
	part string
	List []struct {
		ID     string `xml:"Id,attr"`
		Type   string `xml:"Type,attr"`
		Target string `xml:"Target,attr"`
	} `xml:"Relationship"`
}

func (b *filledBook) relations(part string) (relations, error) {
	r := relations{part: part}
	name := path.Join(path.Dir(part), "_rels", path.Base(part)+".rels")
	if part == "" {
		name = "_rels/.rels"
	}
	if _, ok := b.parts[strings.ToLower(name)]; !ok {
		return r, nil
	}
	return r, b.decode(name, &r)
}

// target is the part of a relation, or where it usually is.
func (r relations) target(kind, usual string) string {
	for _, rel := range r.List {
		if strings.HasSuffix(rel.Type, kind) {
			return r.resolve(rel.Target)
		}
	}
	return usual
}

func (r relations) byID(id string) string {
	for _, rel := range r.List {
		if rel.ID == id {
			return r.resolve(rel.Target)
		}
	}
	return ""
}

func (r relations) resolve(target string) string {
	if !strings.HasPrefix(target, "/") {
		target = path.Join(path.Dir("/"+r.part), target)
	}
	return strings.TrimPrefix(path.Clean(target), "/")
}
