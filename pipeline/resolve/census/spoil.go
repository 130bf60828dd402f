package census

import "strings"

// spoil writes a name with the troubles that fall on it. The key that is noted
// is that of what is left to read when slips are undone.
func (m *maker) spoil(d *draw, s *shown, x title) string {
	x.words = append([]string(nil), x.words...)
	short := true
	note := func(t Trouble) { s.troubles |= t }
	if x.kind != nil {
		switch d.choose(1-rateKindOther-rateKindAway, rateKindOther, rateKindAway) {
		case 1:
			if x.kind.short != "" {
				short = false
				note(TroubleKind)
			}
		case 2:
			x.kind = nil
			note(TroubleKind)
		}
	}
	if x.told && d.chance(rateInitials) {
		if in := x.initials(); in != "" {
			note(TroubleInitials)
			s.key = sameKey(in)
			return in
		}
	}
	m.reorder(d, s, &x)
	s.key = x.key()
	text := x.plain(short)
	if d.chance(rateExtra) {
		text = m.extra(d, s, text)
		s.key = sameKey(text)
		note(TroubleExtra)
	}
	switch {
	case d.chance(rateTypo):
		if slip := typo(d, text); slip != text {
			text = slip
			note(TroubleTypo)
		}
	case d.chance(rateLookalike):
		if other := lookalike(text); other != text {
			text = other
			note(TroubleLookalike)
		}
	case d.chance(rateLatin):
		if d.chance(0.5) {
			text = english.Replace(text)
		}
		text = transliterate(text)
		note(TroubleLatin)
	}
	switch d.choose(6, 1, 1) {
	case 1:
		text = strings.ToUpper(text)
	case 2:
		text = "«" + text + "»"
	}
	return text
}

// reorder changes the words of a name and what stands between them.
func (m *maker) reorder(d *draw, s *shown, x *title) {
	if len(x.words) > 1 && !x.told {
		switch {
		case d.chance(rateSpacing):
			was := x.glue
			x.glue = pick(d, []string{"", "-", " "})
			if x.glue != was {
				s.troubles |= TroubleSpacing
			}
		case d.chance(rateOrder):
			x.words[0], x.words[1] = x.words[1], x.words[0]
			x.glue = " "
			s.troubles |= TroubleOrder
		}
	}
	switch {
	case !d.chance(rateDropped):
	case len(x.words) > 1:
		x.words = x.words[:len(x.words)-1]
		s.troubles |= TroubleDropped
	case x.tail != "":
		x.tail = ""
		s.troubles |= TroubleDropped
	}
}

// extra adds what signs have and legal names have not.
func (m *maker) extra(d *draw, s *shown, text string) string {
	at := s.owner.works.town
	switch d.choose(3, 2, 2, 1) {
	case 0:
		return text + pick(d, []string{"-", " "}) + at.name
	case 1:
		return pick(d, []string{"Компания", "ГК", "Группа компаний", "Фирма", "Сеть"}) + " " + text
	case 2:
		return text + " " + pick(d, []string{"Групп", "Плюс", "Сервис", "Маркет", "официальный дилер", "филиал"})
	default:
		return text + " " + at.region.code
	}
}
