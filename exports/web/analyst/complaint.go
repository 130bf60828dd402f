package analyst

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"obzvon/config"
)

// fileComplaint is what is wrong with a segments file, in the analyst's words.
type fileComplaint struct {
	Line       int // 0 = not known
	Key, Value string
	Text       string
	field      string // of the form; "" = none
}

// fileComplaints takes an error of config apart; false for one of another kind.
func fileComplaints(err error, w *Weights) ([]fileComplaint, bool) {
	if errors.Is(err, config.ErrRewrite) {
		return []fileComplaint{{Text: "Файл записан так, что эти числа в нём не поменять сами: поправьте файл руками и загрузите его для проверки."}}, true
	}
	var out []fileComplaint
	for _, e := range placed(err) {
		c := fileComplaint{Line: e.Line, Key: e.Key, Value: strings.Trim(e.Value, `"`), Text: russian(e.Allowed)}
		if w != nil {
			c.field = fieldOf(e.Key, w)
		}
		out = append(out, c)
	}
	return out, len(out) > 0
}

// placed finds all complaints in an error that joins several.
func placed(err error) []*config.Error {
	if several, ok := err.(interface{ Unwrap() []error }); ok {
		var out []*config.Error
		for _, one := range several.Unwrap() {
			out = append(out, placed(one)...)
		}
		return out
	}
	var e *config.Error
	if errors.As(err, &e) && !errors.Is(errors.Unwrap(err), config.ErrConfig) {
		return []*config.Error{e}
	}
	if inner := errors.Unwrap(err); inner != nil {
		return placed(inner)
	}
	return nil
}

var keyForm = regexp.MustCompile(`^(signals|groups|segments)\[(\d+)\]\.(\w+)`)

// fieldOf is the field of the form that a key of the file stands for.
func fieldOf(key string, w *Weights) string {
	m := keyForm.FindStringSubmatch(key)
	if m == nil {
		return wholeForm
	}
	at, err := strconv.Atoi(m[2])
	if err != nil {
		return wholeForm
	}
	id := ""
	switch {
	case m[1] == "segments" && at < len(w.Segments):
		id = w.Segments[at].ID
	case m[1] == "groups" && at < len(w.Groups):
		id = w.Groups[at].ID
	case m[1] == "signals" && at < len(w.Signals):
		id = w.Signals[at]
	}
	prefix, ok := map[string]string{
		"signals.points": fieldPoints, "signals.unknown": fieldUnknown, "groups.cap": fieldCap,
		"segments.priority": fieldPriority, "segments.season": fieldMonths,
	}[m[1]+"."+m[3]]
	if !ok || id == "" {
		return wholeForm
	}
	return prefix + id
}

// said are the words of package config with what they come to in Russian; groups of
// the pattern fill the %s.
var said = []struct {
	english *regexp.Regexp
	russian string
}{
	{regexp.MustCompile(`^is the sum of the caps: want 100`), "это сумма потолков групп, а нужно ровно 100"},
	{regexp.MustCompile(`^is the sum of priority_1, 2 and 3: want 1`), "это сумма долей приоритетов, а нужно ровно 1"},
	{regexp.MustCompile(`^want a number of points from 0 to 100`), "нужно число от 0 до 100"},
	{regexp.MustCompile(`^want a number of points, 0 or more`), "нужно число от 0"},
	{regexp.MustCompile(`^want a (?:share|number) from 0 to 1`), "нужно число от 0 до 1"},
	{regexp.MustCompile(`^want (?:a )?(?:whole )?numbers? from (\S+) to (\S+?)[.,:]?$`), "нужно число от %s до %s"},
	{regexp.MustCompile(`^want (\S+) to (\S+?)$`), "нужно от %s до %s"},
	{regexp.MustCompile(`^stands (?:here|in this segment) twice`), "записано дважды"},
	{regexp.MustCompile(`^unknown (?:key|signal)[;:,]? ?(?:the )?nearest known(?: one)? is (\S+)`), "такого ключа нет; похоже на %s"},
	{regexp.MustCompile(`nearest known(?: one)? is (\S+)`), "такого названия нет; похоже на %s"},
	{regexp.MustCompile(`^want one of (.+)`), "нужно одно из: %s"},
	{regexp.MustCompile(`^write ("[^"]*") in quotes`), "возьмите в кавычки: %s"},
	{regexp.MustCompile(`in quotes`), "код, ИНН и подобное пишутся в кавычках"},
	{regexp.MustCompile(`^want at least one`), "нужно хотя бы одно значение"},
	{regexp.MustCompile(`^want codes, words or rubrics`), "нужны коды, слова или рубрики: такой сегмент не подойдёт никому"},
	{regexp.MustCompile(`^want words or rubrics too`), "нужны ещё слова или рубрики: без них второго признака не будет"},
	{regexp.MustCompile(`^want one of the segment's codes`), "нужен один из кодов этого же сегмента"},
	{regexp.MustCompile(`^want a text of two characters or more`), "нужны хотя бы две буквы"},
	{regexp.MustCompile(`^want keys with values`), "здесь нужны ключи со значениями"},
	{regexp.MustCompile(`^want a list`), "здесь нужен список: [1, 3] или строки с «- »"},
	{regexp.MustCompile(`^anchors and aliases`), "ссылки YAML (& и *) не принимаются: напишите значение целиком"},
	{regexp.MustCompile(`^\d+ items: want at most (\d+)`), "слишком длинный список, можно не больше %s"},
	{regexp.MustCompile(`^want (?:a )?text`), "нужен текст"},
	{regexp.MustCompile(`^want more than (\S+?),? that of the (?:step|phase) before`), "нужно больше, чем в строке перед ней (%s)"},
	{regexp.MustCompile(`^want phases, the first with from_month: 1`), "нужны этапы, первый с from_month: 1"},
	{regexp.MustCompile(`^want core above 0`), "core должен быть больше 0 и не меньше adjacent, а тот не меньше weak"},
	{regexp.MustCompile(`^means one bearing by ГОСТ and another by ISO`), "по ГОСТ и по ISO это разные подшипники: добавьте пару в скобках"},
	{regexp.MustCompile(`^want the same bearing in parentheses`), "в скобках другой подшипник"},
	{regexp.MustCompile(`^want a whole number, 0 or more`), "нужно целое число от 0"},
	{regexp.MustCompile(`^want a number, 0 or more`), "нужно число от 0"},
	{regexp.MustCompile(`^want 0 \(open\) or a number not less than from`), "нужен 0 (без границы) или число не меньше from"},
	{regexp.MustCompile(`checksum`), "у ИНН не сходится контрольная сумма"},
	{regexp.MustCompile(`^missing: want schema_version: (\d+)`), "в начале файла нужна строка schema_version: %s"},
	{regexp.MustCompile(`^too new`), "файл от более новой программы"},
	{regexp.MustCompile(`^too old`), "файл от более старой программы"},
	{regexp.MustCompile(`^not YAML`), "здесь нарушена запись YAML: проверьте отступы, кавычки и скобки"},
	{regexp.MustCompile(`^a second document`), "в файле должен быть один документ YAML, без второго «---»"},
	{regexp.MustCompile(`^and (\d+) more`), "и ещё замечаний: %s"},
}

// russian says what is wrong with a value.
func russian(allowed string) string {
	for _, s := range said {
		m := s.english.FindStringSubmatch(allowed)
		if m == nil {
			continue
		}
		var values []any
		for _, v := range m[1:] {
			values = append(values, v)
		}
		return fmt.Sprintf(s.russian, values...)
	}
	return "такое значение здесь не подходит"
}
