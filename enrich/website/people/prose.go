package people

import (
	"strings"
)

// postInProse reads a sentence that ends with the name: «Генеральным
// директором является …», «Наш главный инженер — …». Only whole names are
// taken so.
func (r *reader) postInProse(k int) int {
	it := &r.items[k]
	if it.sure != full || it.short {
		return -1
	}
	if k > 0 && r.items[k-1].line == it.line && r.items[k-1].kind == isText {
		if p, ok := lastPost(r.items[k-1].text); ok {
			r.items[k-1].kind, r.items[k-1].post = isPost, p
			return k - 1
		}
	}
	return -1
}

// nominative turns the posts that stand before «является» back.
var nominative = strings.NewReplacer(
	"генеральным директором", "генеральный директор", "исполнительным директором", "исполнительный директор",
	"техническим директором", "технический директор", "коммерческим директором", "коммерческий директор",
	"управляющим директором", "управляющий директор", "главным инженером", "главный инженер", "главным механиком", "главный механик",
	"главным энергетиком", "главный энергетик", "главным агрономом", "главный агроном", "директором", "директор",
	"руководителем", "руководитель", "председателем", "председатель", "начальником", "начальник", "главой", "глава",
)

// past are words of sentences about those who were.
var past = []string{"был ", "была ", "бывш", "прежн", "ранее", "до 20", "до 19", "возглавлял", "основал", "под руководством", "покойн", "назначен"}

// lastPost finds the post with which a text ends, «является» behind it.
func lastPost(text string) (post, bool) {
	low := fold(text)
	if len(low) != len(text) || hasAny(low, past) {
		return post{}, false
	}
	is := false
	for _, verb := range [...]string{" является", " сейчас является", " стал", " стала"} {
		if cut, ok := strings.CutSuffix(strings.TrimRight(low, " :–—-"), verb); ok {
			low, is = nominative.Replace(cut), true
			text = low
			break
		}
	}
	words := splitWords(text)
	for i := len(words) - 1; i >= 0 && i >= len(words)-mostWords/2; i-- {
		w := words[i]
		if !w.is(postWord) {
			if w.loose && i < len(words)-1 {
				return post{}, false
			}
			continue
		}
		if !is && w.shape == small && !nominativeHead(w.low) {
			return post{}, false
		}
		from := i
		for from > 0 && !words[from].loose && adjective(words[from-1].low) && len(words[from-1].low) > len("по") && i-from < 3 {
			from--
		}
		// «начальник цеха директор» keeps the first head of a chain.
		for from > 0 && !words[from].loose && words[from-1].is(postWord) {
			from--
		}
		return asPost(text[words[from].from:])
	}
	return post{}, false
}

// nominativeHead tells heads that are not bent.
func nominativeHead(low string) bool {
	for _, tail := range [...]string{"ом", "ем", "ым", "им", "ами", "у", "ю", "ого", "его", "ой"} {
		if strings.HasSuffix(low, tail) {
			return false
		}
	}
	return !strings.HasSuffix(low, "а") || low == "глава"
}
