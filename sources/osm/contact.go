package osm

import (
	"net/url"
	"strings"

	"obzvon/pipeline/company"
)

// contacts files those of all keys; false = there are phones, all of other countries.
func (b *builder) contacts() bool {
	phones, foreign := 0, 0
	for _, key := range []string{"phone", "contact:phone", "mobile", "contact:mobile", "phone:mobile"} {
		found, rest := company.ParsePhones(b.tags[key], b.region, b.city)
		for _, piece := range rest {
			if piece = strings.TrimSpace(piece); strings.HasPrefix(piece, "+") && !strings.HasPrefix(piece, "+7") {
				foreign++
			}
		}
		for _, p := range found {
			if p.Kind == company.PhoneForeign {
				foreign++
			} else {
				phones++
			}
			b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: line(p.Note)})
		}
	}
	if phones == 0 && foreign > 0 {
		return false
	}
	b.mail()
	for _, key := range []string{"website", "contact:website", "url"} {
		for _, text := range strings.FieldsFunc(b.tags[key], func(r rune) bool { return r == ' ' || r == ';' }) {
			if site, err := company.ParseSite(text); err == nil {
				b.obs.Add(company.FieldSite, site.URL)
			}
		}
	}
	b.messengers()
	return true
}

// mail files addresses. One that names a person is that person's data.
func (b *builder) mail() {
	for _, key := range []string{"email", "contact:email"} {
		emails, _ := company.ParseEmails(b.tags[key])
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
}

func (b *builder) messengers() {
	for _, service := range []string{"whatsapp", "viber"} {
		for _, v := range values(b.tags["contact:"+service]) {
			if u, err := url.Parse(v); err == nil && u.Host == "wa.me" {
				v = "+" + strings.Trim(u.Path, "/+")
			}
			phones, _ := company.ParsePhones(v, "", "")
			for _, p := range phones {
				b.obs.Add(company.FieldMessenger, service+":"+p.E164)
			}
		}
	}
	for _, v := range values(b.tags["contact:telegram"]) {
		if u, err := url.Parse(v); err == nil && u.Host != "" {
			if u.Host != "t.me" && u.Host != "telegram.me" {
				continue
			}
			v = strings.Trim(u.Path, "/")
		}
		v = strings.TrimPrefix(v, "@")
		if len(v) >= 5 && len(v) <= 32 && strings.Trim(strings.ToLower(v), "abcdefghijklmnopqrstuvwxyz0123456789_") == "" {
			b.obs.Add(company.FieldMessenger, "telegram:@"+v)
		}
	}
}
