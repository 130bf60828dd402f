package main

import (
	"obzvon/config"
	"obzvon/enrich/website"
	"obzvon/pipeline"
)

// lacking is what keeps an enricher from being asked, for the operator to give.
type lacking struct {
	contact bool   // nobody is named to whom sites may write
	key     string // the variable of a missing key
	terms   bool   // nobody has accepted its terms
	broken  error  // its key file
}

func (h *house) lacking(e pipeline.Enricher, s config.Section) (l lacking, lacks bool) {
	if _, visits := e.(*website.Enricher); visits && !h.sample && h.config.Fetch.Contact == "" {
		return lacking{contact: true}, true
	}
	d := e.Describe()
	for _, variable := range d.Secrets {
		key, err := s.Secret(variable)
		if err != nil {
			return lacking{broken: err}, true
		}
		if key == "" {
			return lacking{key: variable}, true
		}
	}
	terms := !d.Open && !h.sample && s.TermsAccepted == ""
	return lacking{terms: terms}, terms
}

// off says why an enricher is not asked, "" if it is. It is no failure.
func (h *house) off(e pipeline.Enricher, s config.Section) string {
	l, lacks := h.lacking(e, s)
	switch {
	case !lacks:
		return ""
	case l.contact:
		return "fetch.contact is empty: sites are visited under a name with a contact; write an e-mail or a page there"
	case l.broken != nil:
		return l.broken.Error()
	case l.key != "":
		return "its key is missing: set " + l.key + " or enrich." + s.Name + ".key_file"
	}
	return "its terms of use are not known to allow a lead base (" + e.Describe().Licence + "): read them and set enrich." + s.Name + ".terms_accepted to the date"
}

// words are the same in Russian: what is wrong, and what to do.
func (l lacking) words(e pipeline.Enricher, s config.Section) (what, do string) {
	section := "enrich." + s.Name
	switch {
	case l.contact:
		return "Чужим сайтам не сказано, кто мы", "впишите в fetch.contact e-mail или адрес страницы"
	case l.broken != nil:
		return "Файл с ключом не читается: " + l.broken.Error(), "исправьте " + section + ".key_file"
	case l.key != "":
		return "Нет ключа", "задайте переменную " + l.key + " или файл в " + section + ".key_file; ключ выдаёт владелец сервиса"
	}
	d := e.Describe()
	where := "условия"
	if d.TermsURL != "" {
		where += " (" + d.TermsURL + ")"
	}
	return "Никто не принял условия использования: " + d.Licence, "прочтите " + where + " и, если они позволяют, поставьте дату в " + section + ".terms_accepted"
}
