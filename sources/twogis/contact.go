package twogis

import (
	"net/url"
	"strings"

	"obzvon/pipeline/company"
)

// contacts files those of all groups. A fax is no number to call.
func (b *builder) contacts() {
	for _, g := range b.x.Groups {
		for _, c := range g.Contacts {
			note := remark(line(g.Name), line(g.Comment), line(c.Comment))
			switch c.Type {
			case "phone":
				b.phone(c, note)
			case "email":
				b.email(c)
			case "website":
				b.site(c)
			case "whatsapp", "viber", "telegram", "skype":
				b.messenger(c, note)
			}
		}
	}
}

// remark joins what is said of a contact, each once.
func remark(parts ...string) string {
	var out []string
	for i, p := range parts {
		if p != "" && (i == 0 || p != parts[i-1]) {
			out = append(out, p)
		}
	}
	return strings.Join(out, ", ")
}

func (b *builder) phone(c contact, note string) {
	phones, _ := company.ParsePhones(c.Value, b.region, b.city)
	if len(phones) == 0 {
		phones, _ = company.ParsePhones(c.Text, b.region, b.city)
	}
	for _, p := range phones {
		b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldPhone, Value: p.Value(), Note: line(remark(note, p.Note))})
	}
}

// email files an address. One that names a person is that person's data.
func (b *builder) email(c contact) {
	emails, _ := company.ParseEmails(c.Value)
	for _, e := range emails {
		f := company.Fact{Field: company.FieldEmail, Value: e.Address}
		if e.Role == company.RolePerson {
			if !b.o.persons {
				continue
			}
			f.Subject = company.SubjectPerson
		}
		b.obs.Facts = append(b.obs.Facts, f)
	}
}

// site takes the address: the value may be a link that counts visits.
func (b *builder) site(c contact) {
	for _, s := range []string{c.URL, c.Value} {
		if site, err := company.ParseSite(s); err == nil {
			b.obs.Add(company.FieldSite, site.URL)
			return
		}
	}
}

// messenger files a name or number of a messenger in its canonical form.
func (b *builder) messenger(c contact, note string) {
	value := ""
	switch c.Type {
	case "whatsapp", "viber":
		value = numberOf(c.Value, c.URL)
	case "telegram":
		value = telegramName(c.Value, c.URL)
	case "skype":
		value = strings.TrimPrefix(strings.TrimSpace(c.Value), "skype:")
	}
	if value == "" || strings.ContainsAny(value, " \t\r\n:/?") {
		return
	}
	b.obs.Facts = append(b.obs.Facts, company.Fact{Field: company.FieldMessenger, Value: c.Type + ":" + line(value), Note: note})
}

// numberOf finds a number in a value or in a link to it: https://wa.me/79070000001.
func numberOf(values ...string) string {
	for _, v := range values {
		if u, err := url.Parse(v); err == nil && u.Host != "" {
			v = strings.Trim(u.Path, "/") + u.Query().Get("phone") + u.Query().Get("number")
			if v = strings.TrimPrefix(v, "send"); v != "" && !strings.HasPrefix(v, "+") {
				v = "+" + strings.TrimSpace(v)
			}
		}
		if phones, _ := company.ParsePhones(v, "", ""); len(phones) == 1 && phones[0].Ext == "" {
			return phones[0].E164
		}
	}
	return ""
}

// telegramName finds a name in a value or in a link to it: https://t.me/name.
func telegramName(values ...string) string {
	for _, v := range values {
		v = strings.TrimSpace(v)
		if u, err := url.Parse(v); err == nil && u.Host != "" {
			if u.Host != "t.me" && u.Host != "telegram.me" {
				continue
			}
			v = strings.Trim(u.Path, "/")
		}
		v = strings.TrimPrefix(v, "@")
		if len(v) >= 5 && len(v) <= 32 && strings.Trim(strings.ToLower(v), "abcdefghijklmnopqrstuvwxyz0123456789_") == "" {
			return "@" + v
		}
	}
	return ""
}
