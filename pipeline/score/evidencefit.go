package score

import (
	"strings"

	"obzvon/pipeline/company"
)

// codeEvidence tells which code speaks for the segment, or that none does.
func (w *witness) codeEvidence(k kind, segment int) evidence {
	f := &w.found.segments[segment]
	hit, field, role := f.main, company.FieldOKVEDMain, "основной вид деятельности"
	switch k {
	case okvedReported:
		hit, field, role = f.reported, company.FieldOKVEDReported, "основной вид деятельности по отчётности"
	case okvedExtra:
		hit, field, role = f.extra, company.FieldOKVEDExtra, "дополнительный вид деятельности"
	}
	if hit.code == "" {
		return w.otherCode(k, field)
	}
	v := w.codeValue(hit.code, field)
	text := codeText(hit.code)
	if hit.lacking {
		return evidence{text: text + ", общий код: без слова в названии или рубрики не считается", value: v}
	}
	phrase := role + " (" + string(hit.code) + ")"
	if name, ok := hit.code.Name(); ok {
		phrase = lowerFirst(briefName(name)) + " — " + phrase
	}
	return evidence{text: text + ", " + levelText(hit.level), phrase: phrase, value: v}
}

// otherCode tells of a code that does not belong to the segment.
func (w *witness) otherCode(k kind, field company.Field) evidence {
	if k == okvedExtra {
		return evidence{text: "кодов сегмента среди дополнительных нет"}
	}
	v := w.winner(field)
	if v == nil {
		return evidence{text: "не из этого сегмента"}
	}
	return evidence{text: codeText(company.OKVED(v.Value)) + ", не из этого сегмента", value: v}
}

func (w *witness) codeValue(code company.OKVED, field company.Field) *company.Value {
	for i := range w.company.Values {
		v := &w.company.Values[i]
		same := v.Field == field || field == company.FieldOKVEDExtra && v.Field == company.FieldOKVEDRepExtra
		if same && v.Wins && company.OKVED(v.Value) == code {
			return v
		}
	}
	return nil
}

func codeText(code company.OKVED) string {
	if name, ok := code.Name(); ok {
		return string(code) + " «" + briefName(name) + "»"
	}
	return string(code)
}

func levelText(l Level) string {
	switch l {
	case LevelCore:
		return "подходит точно"
	case LevelAdjacent:
		return "смежный вид деятельности"
	case LevelWeak:
		return "слабый признак"
	case LevelNone:
	}
	return "не из этого сегмента"
}

// textEvidence tells which word or rubric speaks for the segment.
func (w *witness) textEvidence(k kind, segment int) evidence {
	f := &w.found.segments[segment]
	if k == rubric {
		if f.rubrics.value == nil {
			return evidence{text: "рубрики другие"}
		}
		return evidence{"рубрика «" + f.rubrics.text + "»", "в справочнике — «" + f.rubrics.text + "»", f.rubrics.value}
	}
	hit := f.words
	if hit.value == nil {
		return evidence{text: "слов этого сегмента нет"}
	}
	place, phrase := wordPlace(hit)
	return evidence{place, phrase, hit.value}
}

func wordPlace(hit textHit) (text, phrase string) {
	switch hit.value.Field {
	case company.FieldSite:
		return "слово в адресе сайта " + hit.text, "сайт " + hit.text
	case company.FieldEmail:
		return "слово в адресе почты " + hit.text, "почта на " + hit.text
	case company.FieldNameBrand:
		return "«" + hit.text + "» на вывеске", "на вывеске «" + hit.text + "»"
	case company.FieldDescription:
		return "«" + hit.text + "» в описании", "в описании «" + hit.text + "»"
	}
	return "«" + hit.text + "» в названии", "в названии «" + hit.text + "»"
}

// by says in a few words by what a company fits a segment.
func (w *witness) by(segment int) string {
	f := &w.found.segments[segment]
	var out []string
	for _, c := range []struct {
		hit  codeHit
		role string
	}{{f.main, "основной код "}, {f.reported, "код по отчётности "}, {f.extra, "дополнительный код "}} {
		if c.hit.level != LevelNone {
			out = append(out, c.role+string(c.hit.code))
		}
	}
	if f.words.value != nil {
		text, _ := wordPlace(f.words)
		out = append(out, text)
	}
	if f.rubrics.value != nil {
		out = append(out, "рубрика «"+f.rubrics.text+"»")
	}
	return strings.Join(out, ", ")
}

// nearMiss says why a segment that something points to does not fit, "" when
// nothing points to it.
func (w *witness) nearMiss(segment int) string {
	seg := &w.scorer.segments.Segments[segment]
	switch w.scorer.fits(w.row, segment) {
	case fitsNotSize:
		return "нужно " + sizeText(seg.Size.From, seg.Size.To) + ", известно " + grouped(int64(w.row.Headcount))
	case fitsNotPlace:
		need := "нужно от " + count(int64(seg.BranchesFrom), "точки", "точек", "точек")
		if w.row.Branches == 0 {
			return need + ", о точках ничего не известно"
		}
		return need + ", известно " + grouped(int64(w.row.Branches))
	case fitsNothing:
		f := &w.found.segments[segment]
		for _, hit := range []codeHit{f.main, f.reported, f.extra} {
			if hit.lacking {
				return "код " + string(hit.code) + " общий: нужно ещё слово в названии или рубрика"
			}
		}
	case fitsWell:
	}
	return ""
}

func sizeText(from, to float64) string {
	switch {
	case to == 0:
		return "от " + count(int64(from), "сотрудника", "сотрудников", "сотрудников")
	case from == 0:
		return "до " + count(int64(to), "сотрудника", "сотрудников", "сотрудников")
	}
	return "от " + grouped(int64(from)) + " до " + count(int64(to), "сотрудника", "сотрудников", "сотрудников")
}
