package intake

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// sentence is what has been understood of a text so far, word by word.
type sentence struct {
	whenReader
	words []string // what is left

	day      company.Date // said as a day
	weekday  int          // Monday 1 … Sunday 7; 0 = not said
	yeared   bool         // the day, with its year
	nextWeek bool
	at       int
	hour     bool   // an hour was said
	part     string // of the day: «утром»
}

// A reading takes words from the front and tells how many; 0 = it is not its own.
type wordReader func(s *sentence) (took int, problem string)

// wordReaders in the order in which they are tried.
func wordReaders() []wordReader {
	return []wordReader{
		(*sentence).readRelative, (*sentence).readAfter, (*sentence).readThrough, (*sentence).readWeek,
		(*sentence).readWeekday, (*sentence).readNumeric, (*sentence).readMonthDay, (*sentence).readHour,
		(*sentence).readPart, (*sentence).readFiller,
	}
}

const wordsAtMost = 12

// words understands a text. Every word of it must be understood.
func (r whenReader) words(text string) (when, string) {
	s := sentence{whenReader: r, words: whenTokens(text)}
	if len(s.words) == 0 || len(s.words) > wordsAtMost {
		return when{}, r.unclear()
	}
	for len(s.words) > 0 {
		took, problem := s.step()
		if (problem != "" || took == 0) && s.onlyHourLeft() {
			return s.withoutHour()
		}
		if problem != "" {
			return when{}, problem
		}
		if took == 0 {
			return when{}, r.unclear()
		}
		s.words = s.words[took:]
	}
	return s.result()
}

func (s *sentence) step() (int, string) {
	for _, read := range wordReaders() {
		if took, problem := read(s); took > 0 || problem != "" {
			return took, problem
		}
	}
	return 0, ""
}

func (r whenReader) unclear() string {
	next := r.days.Next(r.today).Russian()
	return "не понято, когда: напишите дату, например " + next + " или " + next + " 15:00"
}

// result puts together what was said.
func (s *sentence) result() (when, string) {
	w := when{day: s.day, at: s.at}
	switch {
	case s.nextWeek && s.weekday == 0:
		monday := s.week() + 7
		return w, "на следующей неделе — в какой день с " + monday.Russian() + " по " + (monday + 4).Russian() + "?"
	case s.nextWeek:
		w.day = s.week() + 7 + company.Date(s.weekday-1)
	case s.weekday != 0 && s.day == 0:
		w.day = s.nearest(s.weekday)
	case s.weekday != 0 && weekdayOf(s.day) != s.weekday:
		return w, s.day.Russian() + " — " + weekdayNames[weekdayOf(s.day)-1] + ", а написано «" + weekdayNames[s.weekday-1] + "»"
	case s.day == 0 && s.hour:
		w.day, w.bare = s.today, true
	}
	if w.day == 0 || s.nextWeek && s.day != 0 {
		return w, s.unclear()
	}
	if s.part != "" && !s.hour {
		w.remark = quoted(s.part) + " — не час: записан день без часа"
	}
	return w, ""
}

// week is the Monday of the week of today.
func (s *sentence) week() company.Date { return s.today - company.Date(weekdayOf(s.today)-1) }

// nearest is the first such day after today.
func (s *sentence) nearest(weekday int) company.Date {
	return s.today + company.Date((weekday-weekdayOf(s.today)+6)%7+1)
}

func weekdayOf(d company.Date) int {
	if w := d.Time().Weekday(); w != time.Sunday {
		return int(w)
	}
	return 7
}

// say settles the day; another day beside it is doubt.
func (s *sentence) say(day company.Date, took int) (int, string) {
	if s.day != 0 && s.day != day {
		return 0, fmt.Sprintf("названы два дня, %s и %s: какой из них?", s.day.Russian(), day.Russian())
	}
	s.day = day
	return took, ""
}

func (s *sentence) has(i int, words ...string) bool {
	return i < len(s.words) && slices.Contains(words, s.words[i])
}

// whenTokens parts a text into words. Marks that part words go, those inside a
// date or an hour stay.
func whenTokens(text string) []string {
	text = plain(strings.NewReplacer("–", "-", "—", "-", "\n", " ").Replace(text))
	runes := []rune(text)
	for i, r := range runes {
		inside := i > 0 && i+1 < len(runes) && isDigit(runes[i-1]) && isDigit(runes[i+1])
		if strings.ContainsRune(",;()«»\"", r) || r == 't' && inside {
			runes[i] = ' '
		}
	}
	tokens := strings.Fields(string(runes))
	for i, t := range tokens {
		tokens[i] = strings.TrimRight(t, ".:-!?")
	}
	return slices.DeleteFunc(tokens, func(t string) bool { return t == "" })
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
