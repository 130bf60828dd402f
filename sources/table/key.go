package table

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"regexp"
	"strings"

	"obzvon/pipeline/company"
)

var firmID = regexp.MustCompile(`/firm/([0-9]+)`)

// setKey gives the row the key by which its source will know it for ever.
func (x *listing) setKey() {
	if id := x.directoryID(); id != "" {
		x.place, x.key = id, id
		return
	}
	switch {
	case x.inn != "":
		x.key = string(x.inn)
	case x.ogrn != "":
		x.key = "ogrn:" + string(x.ogrn)
	default:
		x.key = x.hashKey()
	}
}

func (x *listing) directoryID() string {
	id := x.get(roleKey)
	if id == "" {
		return ""
	}
	if m := firmID.FindStringSubmatch(id); m != nil {
		return m[1]
	}
	if u, err := url.Parse(id); len(id) > 200 || err == nil && u.Scheme != "" {
		return "" // an address that holds no id
	}
	return strings.TrimSuffix(id, ".0")
}

// hashKey is made of what a listing without any id keeps from one export to
// the next: its name, city and first phone.
func (x *listing) hashKey() string {
	x.readPlace()
	x.readPhones()
	name := company.ParseName(x.name).Key()
	if name == "" {
		name = strings.ToLower(x.name)
	}
	parts := []string{name, strings.Join(company.FoldWords(x.city), " "), ""}
	if len(x.phones) > 0 {
		parts[2] = x.phones[0].E164
	} else if name == "" {
		parts[2] = x.get(roleEmail) + " " + x.get(roleSite)
	}
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return "row:" + hex.EncodeToString(sum[:10])
}
