package analyst

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"obzvon/config"
)

// Beginnings of the names of fields; the id of what they change follows.
const (
	fieldPoints   = "p."
	fieldUnknown  = "u."
	fieldCap      = "c."
	fieldPriority = "r."
	fieldMonths   = "m."
	fieldLadder   = "l."
)

// form is the what-if as it is filled in. What is wrong stands as it was typed.
type form struct {
	values map[string]string
	months map[string][]int // by segment
	wrong  map[string]string
}

// formOf shows the numbers in use.
func formOf(w *Weights) form {
	f := form{values: map[string]string{}, months: map[string][]int{}, wrong: map[string]string{}}
	for _, g := range w.Groups {
		f.values[fieldCap+g.ID] = decimal(g.Cap)
		for _, s := range g.Signals {
			f.values[fieldPoints+s.ID], f.values[fieldUnknown+s.ID] = decimal(s.Points), decimal(s.Unknown)
		}
	}
	for _, s := range w.Segments {
		f.values[fieldPriority+s.ID], f.months[s.ID] = strconv.Itoa(s.Priority), s.Season
	}
	return f
}

// fill puts other numbers in their places.
func (f *form) fill(n config.Numbers) {
	for prefix, numbers := range map[string]map[string]float64{fieldPoints: n.Points, fieldUnknown: n.Unknown, fieldCap: n.Caps} {
		for id, v := range numbers {
			f.values[prefix+id] = decimal(v)
		}
	}
	for key, steps := range n.Ladders {
		words := make([]string, len(steps))
		for i, v := range steps {
			words[i] = decimal(v)
		}
		f.values[fieldLadder+key] = strings.Join(words, " ")
	}
}

// decimal writes a number as people here do.
func decimal(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), ".", ",", 1)
}

// number reads what people write: «17,5».
func number(text string) (float64, bool) {
	text = strings.Replace(strings.TrimSpace(text), ",", ".", 1)
	if text == "" || strings.Trim(text, "0123456789.") != "" {
		return 0, false // no signs, no powers of ten
	}
	v, err := strconv.ParseFloat(text, 64)
	return v, err == nil
}

// reader turns what was sent into changes of what is in use.
type reader struct {
	sent   url.Values
	form   form
	change config.Numbers
}

// readForm reads the form against the numbers in use: what is the same is no
// change, what was not sent stays.
func readForm(sent url.Values, w *Weights) (form, config.Numbers) {
	r := reader{sent: sent, form: formOf(w), change: config.Numbers{
		Points: map[string]float64{}, Unknown: map[string]float64{}, Caps: map[string]float64{},
		Ladders: map[string][]float64{}, Priority: map[string]int{}, Season: map[string][]int{},
	}}
	for _, g := range w.Groups {
		r.number(fieldCap, g.ID, g.Cap, 100, r.change.Caps)
		for _, s := range g.Signals {
			r.number(fieldPoints, s.ID, s.Points, 100, r.change.Points)
			r.number(fieldUnknown, s.ID, s.Unknown, 1, r.change.Unknown)
		}
	}
	for i := range w.Segments {
		r.priority(&w.Segments[i])
		r.season(&w.Segments[i])
	}
	for _, key := range slices.Sorted(maps.Keys(w.Ladders)) {
		r.ladder(key, w.Ladders[key])
	}
	r.caps(w)
	return r.form, r.change
}

func (r *reader) number(prefix, id string, now, most float64, into map[string]float64) {
	field := prefix + id
	if !r.sent.Has(field) {
		return
	}
	text := r.sent.Get(field)
	r.form.values[field] = text
	v, ok := number(text)
	switch {
	case !ok || v > most:
		r.form.wrong[field] = "Нужно число от 0 до " + decimal(most) + "."
	case v != now:
		into[id] = v
	}
}

func (r *reader) priority(s *Segment) {
	field := fieldPriority + s.ID
	if !r.sent.Has(field) {
		return
	}
	text := r.sent.Get(field)
	r.form.values[field] = text
	v, err := strconv.Atoi(text)
	switch {
	case err != nil || v < 1 || v > 3:
		r.form.wrong[field] = "Приоритет: 1, 2 или 3."
	case v != s.Priority:
		r.change.Priority[s.ID] = v
	}
}

// season reads the months that are ticked. A hidden field with 0 tells a segment
// without any from one that was not sent.
func (r *reader) season(s *Segment) {
	field := fieldMonths + s.ID
	if !r.sent.Has(field) {
		return
	}
	months := []int{}
	for _, text := range r.sent[field] {
		v, err := strconv.Atoi(text)
		switch {
		case err != nil || v < 0 || v > 12:
			r.form.wrong[field] = "Такого месяца нет."
			return
		case v > 0 && !slices.Contains(months, v):
			months = append(months, v)
		}
	}
	slices.Sort(months)
	r.form.months[s.ID] = months
	now := slices.Sorted(slices.Values(s.Season))
	if !slices.Equal(months, now) {
		r.change.Season[s.ID] = months
	}
}

func (r *reader) ladder(key string, now []float64) {
	field := fieldLadder + key
	if !r.sent.Has(field) {
		return
	}
	text := r.sent.Get(field)
	r.form.values[field] = text
	var steps []float64
	for _, word := range strings.Fields(text) {
		v, ok := number(word)
		if !ok || v > 1 {
			r.form.wrong[field] = "Ступени: числа от 0 до 1 через пробел."
			return
		}
		steps = append(steps, v)
	}
	switch {
	case len(steps) != len(now):
		r.form.wrong[field] = "Ступеней должно остаться " + strconv.Itoa(len(now)) + "."
	case !slices.Equal(steps, now):
		r.change.Ladders[key] = steps
	}
}

// caps must add up to 100.
func (r *reader) caps(w *Weights) {
	sum := 0.0
	for _, g := range w.Groups {
		if r.form.wrong[fieldCap+g.ID] != "" {
			return
		}
		v, changed := r.change.Caps[g.ID]
		if !changed {
			v = g.Cap
		}
		sum += v
	}
	if sum = rounded(sum); sum != 100 {
		r.form.wrong[wholeForm] = "Потолки групп в сумме дают " + decimal(sum) + ", а нужно ровно 100. Прибавьте или убавьте " + decimal(rounded(max(100-sum, sum-100))) + "."
	}
}

// wholeForm is the place of what is wrong with no single field.
const wholeForm = ""

// rounded takes the dust of binary fractions off.
func rounded(v float64) float64 {
	v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'f', 6, 64), 64)
	return v
}

// Complaint is what is wrong with a field.
type Complaint struct{ Field, Label, Text string }

// complaints are those of the form in the order of the page, the whole form's first.
func (f *form) complaints(w *Weights) []Complaint {
	labels := map[string]string{wholeForm: ""}
	order := map[string]int{wholeForm: -1}
	add := func(field, label string) {
		labels[field], order[field] = label, len(order)
	}
	for _, g := range w.Groups {
		add(fieldCap+g.ID, "Потолок группы «"+g.Title+"»")
		for _, s := range g.Signals {
			add(fieldPoints+s.ID, "Баллы «"+s.Title+"»")
			add(fieldUnknown+s.ID, "Доля, если неизвестно, «"+s.Title+"»")
		}
	}
	for _, s := range w.Segments {
		add(fieldPriority+s.ID, "Приоритет сегмента «"+s.Title+"»")
		add(fieldMonths+s.ID, "Сезон сегмента «"+s.Title+"»")
	}
	out := make([]Complaint, 0, len(f.wrong))
	for field, text := range f.wrong {
		out = append(out, Complaint{Field: field, Label: cmp.Or(labels[field], strings.TrimPrefix(field, fieldLadder)), Text: text})
	}
	slices.SortFunc(out, func(a, b Complaint) int {
		return cmp.Or(cmp.Compare(order[a.Field], order[b.Field]), cmp.Compare(a.Field, b.Field))
	})
	return out
}
