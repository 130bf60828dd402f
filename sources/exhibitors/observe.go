package exhibitors

import (
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"strings"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/members"
)

// fault is why a row is quarantined.
type fault struct {
	reason pipeline.Reason
	detail string
}

var lastNumber = regexp.MustCompile(`(\d{2,15})/?$`)

// key is the fair and the id in the address of the card, else that address, else what
// the name says.
func (s *Source) key(f *firm) string {
	if u, ok := s.follow(f.link); ok && u.Path != s.options.List {
		if m := lastNumber.FindStringSubmatch(u.Path); m != nil {
			return s.options.Fair + "/" + m[1]
		}
		if path := strings.Trim(u.EscapedPath(), "/"); path != "" && len(path) <= 200 {
			return s.options.Fair + "/" + path
		}
	}
	name := company.ParseName(f.name).Key()
	if name == "" {
		name = strings.ToLower(f.name)
	}
	sum := sha256.Sum256([]byte(name))
	return s.options.Fair + "/name:" + hex.EncodeToString(sum[:8])
}

// observe makes the observation of an exhibitor; nil without a fault is a foreign one.
func (s *Source) observe(f *firm, req *pipeline.Request, origin string) (*company.Observation, *fault) {
	if f.name == "" {
		return nil, &fault{pipeline.ReasonMissing, "no name"}
	}
	if f.doubt != "" {
		return nil, &fault{pipeline.ReasonConflict, f.doubt}
	}
	if abroad(f.country) {
		return nil, nil
	}
	city := company.CleanCity(f.city)
	region, ok := company.TownRegion(city)
	if !ok {
		region, _ = company.AddressRegion(f.address)
	}
	phones, rest := company.ParsePhones(strings.Join(f.phones, "; "), region, city)
	if f.country == "" && abroadByPhone(phones, rest) {
		return nil, nil
	}
	b := builder{persons: req.Persons, obs: company.Observation{Source: s.name, Key: s.key(f), Date: company.DateOf(req.Now), Origin: origin}}
	b.fair(s, f)
	sole := b.name(f.name)
	b.obs.Add(company.FieldRegion, region)
	b.obs.Add(company.FieldCity, city)
	b.obs.Add(company.FieldAddress, f.address)
	for _, r := range f.rubrics {
		for item := range strings.SplitSeq(r, ";") {
			b.obs.Add(company.FieldRubric, line(item))
		}
	}
	for _, p := range phones {
		b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: line(p.Note)})
	}
	b.mail(f.emails)
	b.sites(f.sites)
	if u, ok := s.follow(f.link); ok && u.Path != s.options.List {
		b.obs.Add(company.FieldCard, members.Line(u.String()))
	}
	if sole {
		for i := range b.obs.Facts {
			if b.obs.Facts[i].Subject == company.SubjectCompany {
				b.obs.Facts[i].Subject = company.SubjectSole
			}
		}
	}
	b.obs.Sort()
	return &b.obs, nil
}

type builder struct {
	persons bool
	obs     company.Observation
}

// fair says where the firm exhibits.
func (b *builder) fair(s *Source, f *firm) {
	add := func(field company.Field, value string) {
		if value != "" {
			b.obs.Facts = append(b.obs.Facts, company.Fact{Field: field, Key: s.options.Fair, Value: value})
		}
	}
	add(company.FieldFairTitle, line(s.options.Title))
	add(company.FieldFairDay, members.DateOf(string(s.options.Day)).String())
	hall := f.hall
	if hall != "" && hall[0] >= '0' && hall[0] <= '9' {
		hall = "павильон " + hall
	}
	stand := f.stand
	if stand != "" && !strings.Contains(strings.ToLower(stand), "стенд") {
		stand = "стенд " + stand
	}
	add(company.FieldFairStand, strings.Trim(hall+", "+stand, ", "))
}

// name files a legal name as one and anything else as a sign, and tells a sole
// proprietor's.
func (b *builder) name(name string) (sole bool) {
	n := company.ParseName(name)
	if n.Form == "" {
		b.obs.Add(company.FieldNameBrand, name)
		return false
	}
	b.obs.Add(company.FieldNameShort, line(n.String()))
	return n.Form.Person()
}

// mail files addresses. One that names a person is that person's data.
func (b *builder) mail(cells []string) {
	emails, _ := company.ParseEmails(strings.Join(cells, "; "))
	for _, e := range emails {
		f := company.Fact{Field: company.FieldEmail, Value: e.Address}
		if e.Role == company.RolePerson {
			if !b.persons {
				continue
			}
			f.Subject = company.SubjectPerson
		}
		b.obs.Facts = append(b.obs.Facts, f)
	}
}

func (b *builder) sites(cells []string) {
	for _, text := range cells {
		for _, s := range strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == ';' }) {
			if site, err := company.ParseSite(s); err == nil {
				b.obs.Add(company.FieldSite, site.URL)
			}
		}
	}
}
