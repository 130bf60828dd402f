package analyst

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// share is the class of a bar: a part of the most, in steps of five per cent. What
// is there at all is seen.
func share(v, most float64) string {
	if v <= 0 || most <= 0 {
		return "w-0"
	}
	return "w-" + strconv.Itoa(max(1, int(20*min(v, most)/most+0.5))*5)
}

// monthNames are for a row of twelve boxes.
var monthNames = [...]string{"янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"}

// Dialable is how many leads have a number.
func (w *Weights) Dialable() (n int64) {
	for _, s := range w.Segments {
		n += s.Dialable
	}
	return n
}

// Listed is how many stand on the newest list.
func (w *Weights) Listed() (n int64) {
	for _, s := range w.Segments {
		n += s.Listed
	}
	return n
}

// monthBox is one month of a segment's season.
type monthBox struct {
	Number int
	Name   string
	Ticked bool
}

// Months are the boxes of a segment.
func (d weightsPage) Months(segment string) []monthBox {
	out := make([]monthBox, len(monthNames))
	for i, name := range monthNames {
		out[i] = monthBox{i + 1, name, slices.Contains(d.Form.months[segment], i+1)}
	}
	return out
}

// SeasonText tells the months that are ticked.
func (d weightsPage) SeasonText(segment string) string {
	var words []string
	for _, m := range d.Form.months[segment] {
		if m >= 1 && m <= len(monthNames) {
			words = append(words, monthNames[m-1])
		}
	}
	if len(words) == 0 {
		return "круглый год"
	}
	return strings.Join(words, ", ")
}

// Value is what stands in a field.
func (d weightsPage) Value(prefix, id string) string { return d.Form.values[prefix+id] }

// Wrong is what is wrong with a field.
func (d weightsPage) Wrong(prefix, id string) string { return d.Form.wrong[prefix+id] }

// Was is the number in use where the form has another one.
func (d weightsPage) Was(now float64, prefix, id string) string {
	if v, ok := number(d.Value(prefix, id)); ok && v == now {
		return ""
	}
	return decimal(now)
}

// hiddenField is a ladder that travels with the form.
type hiddenField struct{ Name, Value string }

// Ladders are those that the form carries.
func (d weightsPage) Ladders() []hiddenField {
	var out []hiddenField
	for name, value := range d.Form.values {
		if strings.HasPrefix(name, fieldLadder) {
			out = append(out, hiddenField{name, value})
		}
	}
	slices.SortFunc(out, func(a, b hiddenField) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// CapsSum is what the caps of the form add up to.
func (d weightsPage) CapsSum() string {
	sum := 0.0
	for _, g := range d.Weights.Groups {
		v, _ := number(d.Value(fieldCap, g.ID))
		sum += v
	}
	return decimal(rounded(sum))
}

// bandBar is a band of the distribution.
type bandBar struct {
	Label         string
	Count         int64
	Class         string
	After         int64
	ClassAfter    string
	Change        int64
	First, Second int64 // by priority
	Third         int64
}

// BandBars are the distribution, the best first.
func (w *Weights) BandBars() []bandBar {
	most := int64(0)
	for _, b := range w.Bands {
		most = max(most, b.All())
	}
	out := make([]bandBar, 0, len(w.Bands))
	for _, b := range slices.Backward(w.Bands) {
		out = append(out, bandBar{
			Label: fmt.Sprintf("%d–%d", b.From, b.To), Count: b.All(), Class: share(float64(b.All()), float64(most)),
			First: b.ByPriority[0], Second: b.ByPriority[1], Third: b.ByPriority[2],
		})
	}
	return out
}

// BandBars are the distribution before and after, the best first; bands in which
// nobody is on either side are left out.
func (p *Preview) BandBars() []bandBar {
	most := max(slices.Max(p.Before.Bands[:]), slices.Max(p.After.Bands[:]))
	var out []bandBar
	for i := len(p.Before.Bands) - 1; i >= 0; i-- {
		was, will := p.Before.Bands[i], p.After.Bands[i]
		if was+will == 0 {
			continue
		}
		out = append(out, bandBar{
			Label: fmt.Sprintf("%d–%d", 10*i, 10*i+10), Count: was, Class: share(float64(was), float64(most)),
			After: will, ClassAfter: share(float64(will), float64(most)), Change: will - was,
		})
	}
	return out
}

// Moved tells that anything changes at all.
func (p *Preview) Moved() bool { return p.Up+p.Down+p.Resegmented > 0 || len(p.Moves) > 0 }

// Signed writes a change: «+12», «−3», «0».
func Signed(n int64) string {
	switch {
	case n > 0:
		return "+" + strconv.FormatInt(n, 10)
	case n < 0:
		return "−" + strconv.FormatInt(-n, 10)
	}
	return "0"
}

// Signed is the change as people write it.
func (b bandBar) Signed() string { return Signed(b.Change) }

// Change is how many more leads a segment has.
func (m SegmentMove) Change() string { return Signed(m.After - m.Before) }

// Priority is the priority, with the one before if it was another.
func (m SegmentMove) Priority() string {
	switch {
	case m.PriorityBefore == m.PriorityAfter:
		return strconv.Itoa(m.PriorityAfter)
	case m.PriorityBefore == 0:
		return "новый → " + strconv.Itoa(m.PriorityAfter)
	case m.PriorityAfter == 0:
		return strconv.Itoa(m.PriorityBefore) + " → убран"
	}
	return strconv.Itoa(m.PriorityBefore) + " → " + strconv.Itoa(m.PriorityAfter)
}

// Text is where a company stands: «2-я, приоритет 1».
func (p Place) Text() string {
	switch {
	case p.Priority == 0:
		return "вне списка"
	case p.Place == 0:
		return fmt.Sprintf("приоритет %d", p.Priority)
	}
	return fmt.Sprintf("%d-я в приоритете\u00a0%d", p.Place, p.Priority)
}

// Priorities are those that a segment may have.
func (weightsPage) Priorities() []string { return []string{"1", "2", "3"} }
