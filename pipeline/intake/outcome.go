package intake

import (
	"strings"

	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

// alike are words that people write instead of a result, by how they begin in
// the form of plain. They only serve to name the result that may be meant.
var alike = [...]struct{ begin, outcome string }{
	{"не берет", funnel.NoAnswer},
	{"не взял", funnel.NoAnswer},
	{"не отве", funnel.NoAnswer},
	{"не дозв", funnel.NoAnswer},
	{"нет ответа", funnel.NoAnswer},
	{"занято", funnel.NoAnswer},
	{"автоответчик", funnel.NoAnswer},
	{"сброс", funnel.NoAnswer},
	{"секретарь", funnel.NotDecider},
	{"позвон", funnel.CallBack},
	{"созвон", funnel.CallBack},
	{"отказ", funnel.NotInterested},
	{"не нужно", funnel.NotInterested},
	{"не надо", funnel.NotInterested},
	{"не актуально", funnel.NotInterested},
	{"неактуально", funnel.NotInterested},
	{"не профильн", funnel.NotOurs},
	{"непрофиль", funnel.NotOurs},
	{"не наш", funnel.NotOurs},
	{"стоп", funnel.DoNotCall},
	{"просили не", funnel.DoNotCall},
	{"больше не", funnel.DoNotCall},
	{"не существует", funnel.NoSuchNumber},
	{"неверный номер", funnel.NoSuchNumber},
	{"номер не", funnel.NoSuchNumber},
	{"не тот номер", funnel.NoSuchNumber},
	{"заинтересован", funnel.Interest},
	{"кп", funnel.OfferSent},
	{"отправ", funnel.OfferSent},
	{"тест", funnel.Trial},
	{"пробн", funnel.Trial},
	{"догов", funnel.Contract},
	{"клиент", funnel.Contract},
	{"действующий клиент", funnel.Contract},
	{"повтор", funnel.RepeatOrder},
}

// readOutcome understands «Результат»: the words of the drop-down in any case,
// with «е» for «ё», spaces and marks around them. Another word is a problem that
// names the nearest.
func readOutcome(text string) (outcome, problem string) {
	word := plain(text)
	if word == "" {
		if tidy(text) == "" {
			return "", ""
		}
		return "", "результат " + quoted(text) + " не из списка: выберите подходящий"
	}
	for _, o := range funnel.Outcomes() {
		if plain(o) == word {
			return o, ""
		}
	}
	problem = "результат " + quoted(text) + " не из списка"
	if near := nearestOutcome(word); near != "" {
		return "", problem + "; похоже на «" + near + "»? Выберите из списка"
	}
	return "", problem + ": выберите подходящий"
}

// nearestOutcome is the result that a word most likely means, "" if none comes
// near.
func nearestOutcome(word string) string {
	for _, a := range alike {
		if strings.HasPrefix(word, a.begin) {
			return a.outcome
		}
	}
	best, least := "", 0
	for _, o := range funnel.Outcomes() {
		form := plain(o)
		if strings.HasPrefix(word, form) {
			return o
		}
		if d := distance(word, form); d <= len([]rune(form))/3 && (best == "" || d < least) {
			best, least = o, d
		}
	}
	return best
}

// distance is how many letters must be put in, taken out or changed (V. I.
// Levenshtein, 1966). Of long words it looks at the beginning.
func distance(a, b string) int {
	const most = 60
	x, y := []rune(a), []rune(b)
	x, y = x[:min(len(x), most)], y[:min(len(y), most)]
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := 1
			if x[i] == y[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(y)]
}

// readConsent understands «Согласие».
func readConsent(text string) (consent, problem string) {
	switch plain(text) {
	case "да":
		return store.ConsentGiven, ""
	case "нет", "отказ":
		return store.ConsentRefused, ""
	}
	if tidy(text) == "" {
		return "", ""
	}
	return "", "согласие " + quoted(text) + ": нужно «да» или «нет»"
}
