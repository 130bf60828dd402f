package company

import "strings"

// read turns one run of digits, with its gaps and brackets, into a number.
func (r *phoneReader) read(raw string, slash bool) (written, bool) {
	d := onlyDigits(raw)
	g := groups(raw)
	w := written{tail: len(g[len(g)-1]), code: shownCode(raw, g)}
	var ok bool
	if strings.HasPrefix(raw, "+") {
		if w.phone, ok = phoneFromE164("+" + d); !ok {
			w.phone, ok = phoneFromNational(bothPrefixes(d))
		}
		return w, ok
	}
	switch {
	case slash && r.lastAt >= 0 && len(d) <= max(4, r.last.tail) && len(d) <= r.last.tail:
		return r.changedEnd(d)
	case len(d) == 11 && (d[0] == '7' || d[0] == '8'):
		if w.phone, ok = phoneFromNational(d[1:]); ok {
			return w, true
		}
	case len(d) == 10:
		if w.phone, ok = phoneFromNational(d); ok {
			return w, true
		}
	case len(d) > 11:
		return r.readForeign(w, d)
	case len(d) >= 5 && len(d) <= 7:
		return r.readShort(w, d)
	}
	return written{}, false
}

// bothPrefixes reads two common slips: «+7 8 (391) …» and «+8 (391) …», where
// the domestic 8 stands beside or in place of the country's 7. "" for others.
func bothPrefixes(d string) string {
	if nat, ok := strings.CutPrefix(d, "78"); ok && len(nat) == 10 {
		return nat
	}
	if nat, ok := strings.CutPrefix(d, "8"); ok && len(nat) == 10 {
		return nat
	}
	return ""
}

// readForeign reads a number with a country code but no plus sign: after the
// Russian exit code 8~10, or 00. Without one nothing tells the country.
func (r *phoneReader) readForeign(w written, d string) (written, bool) {
	for _, exit := range []string{"810", "00"} {
		if rest, ok := strings.CutPrefix(d, exit); ok {
			w.phone, ok = phoneFromE164("+" + rest)
			return w, ok
		}
	}
	return written{}, false
}

// readShort completes a number without its code: by the number before it in
// the cell, then by the city.
func (r *phoneReader) readShort(w written, d string) (written, bool) {
	codes := r.codesBefore()
	if code, ok := areaCodeOf(r.regionCode, r.city); ok {
		codes = append(codes, code)
	}
	for _, code := range codes {
		if len(code)+len(d) != 10 {
			continue
		}
		p, ok := phoneFromNational(code + d)
		if ok && (p.Kind == PhoneLandline || p.Kind == PhoneMobile) {
			w.phone, w.code = p, code
			return w, true
		}
	}
	return written{}, false
}

// codesBefore lists the codes that the number before may lend: the one that
// was written apart, else, of a landline, those the plan knows.
func (r *phoneReader) codesBefore() []string {
	nat, ok := r.last.phone.national()
	if !ok || r.last.phone.Kind == PhoneTollFree {
		return nil
	}
	if r.last.code != "" && strings.HasPrefix(nat, r.last.code) {
		return []string{r.last.code}
	}
	var codes []string
	if r.last.phone.Kind == PhoneLandline {
		for n := 5; n >= 3; n-- {
			if _, ok := areaPlan().region[nat[:n]]; ok {
				codes = append(codes, nat[:n])
			}
		}
	}
	return codes
}

// changedEnd reads «/80» after «210-8270»: the same number with another end.
func (r *phoneReader) changedEnd(d string) (written, bool) {
	whole := r.last.phone.E164
	if len(whole)-len(d) < 3 {
		return written{}, false
	}
	p, ok := phoneFromE164(whole[:len(whole)-len(d)] + d)
	w := r.last
	w.phone = p
	return w, ok && p.Kind == r.last.phone.Kind
}

// shownCode returns the area code that brackets or gaps set apart.
func shownCode(raw string, g []string) string {
	if _, in, ok := strings.Cut(raw, "("); ok {
		if code, _, ok := strings.Cut(in, ")"); ok {
			if code = onlyDigits(code); len(code) >= 3 && len(code) <= 5 {
				return code
			}
		}
		return ""
	}
	if len(g) > 2 && (g[0] == "7" || g[0] == "8") && len(g[1]) >= 3 && len(g[1]) <= 5 {
		return g[1]
	}
	return ""
}

// groups returns the runs of digits in a text; at least one.
func groups(s string) []string {
	g := strings.FieldsFunc(s, func(r rune) bool { return r < '0' || r > '9' })
	if len(g) == 0 {
		return []string{""}
	}
	return g
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}
