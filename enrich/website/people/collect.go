package people

import (
	"slices"
	"strings"

	"obzvon/enrich/website/finding"
	"obzvon/enrich/website/page"
	"obzvon/pipeline/company"
)

// collect makes the findings: persons with a post, then departments and posts
// with a number.
func (r *reader) collect() {
	var chapter, parent *item // the department in whose chapter a line stands
	for k := range r.items {
		it := &r.items[k]
		l := r.lineOf(k)
		if chapter != nil {
			if t := r.page.Lines[chapter.line].Table; t != 0 && t != l.Table {
				chapter = nil // the table that it was a row of has ended
			}
		}
		switch {
		case it.kind == isBreak:
			if l.Heading > 0 || l.Part == page.Footer {
				chapter, parent = nil, nil
			}
		case it.kind == isName:
			r.collectName(k, chapter, parent)
			parent = nil
		case it.kind == isPost && it.used && l.Heading > 0 && plural(it):
			chapter, parent = it, nil
		case it.kind == isPost && !it.used:
			if len(it.reach) > 0 {
				r.collectPost(it, parent)
			}
			switch {
			case (l.Heading > 0 || r.rowTitle(k)) && (parent == nil || !generic(it.post.text)):
				chapter, parent = it, nil
				if len(it.reach) == 0 {
					parent = it
				}
			case len(it.reach) == 0 && it.only:
				parent = it
			}
		case it.kind == isText && !r.inBrackets(k):
			parent = nil
		}
	}
}

// collectName adds a person, if there is a post and, the less of the name is
// told, the more besides.
func (r *reader) collectName(k int, chapter, parent *item) {
	it := &r.items[k]
	if chapter == nil && parent != nil && it.postOf >= 0 && generic(r.items[it.postOf].post.text) {
		chapter = parent // «Снабжение / Начальник: …»
	}
	p := finding.Person{Name: tidyName(it.text)}
	switch {
	case it.postOf >= 0:
		at := &r.items[it.postOf]
		p.Post = at.post.text
		if !at.post.person && it.sure < full && len(it.reach) == 0 {
			return
		}
	case chapter != nil && it.only && len(it.reach) > 0 && it.sure > alone:
		p.Post = chapter.post.text
	default:
		return
	}
	if it.sure < full && r.wordy(k) || it.sure == alone && (len(it.reach) == 0 || it.postOf < 0) {
		return
	}
	if hasAny(fold(r.page.Lines[it.line].Text), past) || sampleName(p.Name) {
		return
	}
	p.Duty = dutyOf(p.Post)
	if chapter != nil && it.postOf >= 0 && (p.Duty == company.DutyOther || generic(p.Post)) {
		if d := DutyOf(chapter.post.text); d != "" && d != company.DutyOther {
			p.Duty = d
			p.Post += ", " + lowerFirst(chapter.post.text)
		}
	}
	r.fill(&p, it.reach)
	r.add(p)
}

// rowTitle tells a department that fills a row of a table: the rows below are
// its people.
func (r *reader) rowTitle(k int) bool {
	l := r.lineOf(k)
	if l.Table == 0 || r.items[k].post.person || !r.sole(k) {
		return false
	}
	for _, j := range [2]int{r.items[k].line - 1, r.items[k].line + 1} {
		if j >= 0 && j < len(r.page.Lines) && r.page.Lines[j].Table == l.Table && r.page.Lines[j].Row == l.Row {
			return false
		}
	}
	return true
}

// dutyOf takes what stood in the place of a post for one.
func dutyOf(post string) company.Duty {
	if d := DutyOf(post); d != "" {
		return d
	}
	return company.DutyOther
}

// wordy tells a line that has a sentence in it.
func (r *reader) wordy(k int) bool {
	line := r.items[k].line
	long := func(p int) bool { return r.items[p].kind == isText && len(r.items[p].text) > longText }
	for p := k - 1; p >= max(0, k-maxRow) && r.items[p].line == line; p-- {
		if long(p) {
			return true
		}
	}
	for p := k + 1; p < min(len(r.items), k+maxRow) && r.items[p].line == line; p++ {
		if long(p) {
			return true
		}
	}
	return false
}

// collectPost adds a department or a post without a name; a general word takes
// the department above it along: «Управление снабжения. Приёмная».
func (r *reader) collectPost(it *item, parent *item) {
	text := it.post.text
	if plainOffice(text) {
		return
	}
	if parent != nil && generic(text) {
		text = parent.post.text + ". " + text
	}
	p := finding.Person{Post: text, Duty: dutyOf(text)}
	r.fill(&p, it.reach)
	r.add(p)
}

// plainOffice tells the office, or one in a town: a number like any other.
func plainOffice(text string) bool {
	words := splitWords(fold(text))
	for i, w := range words {
		if strings.TrimRight(w.low, "0123456789") == "офис" || w.low == "офиса" {
			return i+1 == len(words) && i < 2 || i+1 < len(words) && words[i+1].is(preposition)
		}
	}
	return false
}

// plural tells a heading over several people.
func plural(it *item) bool {
	words := splitWords(fold(it.post.text))
	return !it.post.person || hasStem([]string{words[0].low}, []string{"лица", "ответственные", "руководители", "менеджеры", "специалисты", "инженеры", "сотрудники", "механики", "консультанты"})
}

// generic tells posts that say little without the department.
func generic(text string) bool {
	words := strings.Fields(fold(text))
	if len(words) == 0 || len(words) > 2 {
		return false
	}
	for _, s := range [...]string{"прием", "секретар", "начальник", "руководител", "менеджер", "специалист", "заместител", "инженер", "заведующ"} {
		if strings.HasPrefix(words[0], s) {
			return len(words) == 1 || hasStem(words[1:], []string{"отдел", "служб", "управлени", "бюро", "департамент", "начальник", "руководител"})
		}
	}
	return false
}

func lowerFirst(s string) string {
	words := splitWords(s)
	if len(words) > 0 && words[0].shape == capital {
		return strings.ToLower(s[:words[0].to]) + s[words[0].to:]
	}
	return s
}

// fill adds numbers and e-mails.
func (r *reader) fill(p *finding.Person, reach []int) {
	for _, k := range reach {
		at := r.items[k].place
		for _, v := range at.phones {
			if !slices.Contains(p.Phones, v) {
				p.Phones = append(p.Phones, v)
			}
		}
		if at.email != "" && !slices.Contains(p.Emails, at.email) {
			p.Emails = append(p.Emails, at.email)
		}
	}
}

// add adds a person or a department, or what is new of one to what was found
// before.
func (r *reader) add(p finding.Person) {
	for i := range r.found.People {
		was := &r.found.People[i]
		if !same(was, &p) {
			continue
		}
		if was.Name != "" && fold(was.Post) != fold(p.Post) && p.Duty.Rank() < was.Duty.Rank() {
			was.Post, was.Duty = p.Post, p.Duty
		}
		for _, v := range p.Phones {
			if !slices.Contains(was.Phones, v) {
				was.Phones = append(was.Phones, v)
			}
		}
		for _, v := range p.Emails {
			if !slices.Contains(was.Emails, v) {
				was.Emails = append(was.Emails, v)
			}
		}
		return
	}
	if len(r.found.People) < maxPeople {
		r.found.People = append(r.found.People, p)
	}
}

// same tells one person, or one department.
func same(a, b *finding.Person) bool {
	if a.Name == "" || b.Name == "" {
		return a.Name == b.Name && fold(a.Post) == fold(b.Post)
	}
	x, y := company.FoldWords(a.Name), company.FoldWords(b.Name)
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// tidyName writes a name on one line; capitals are calmed.
func tidyName(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	words := strings.Fields(s)
	for i, w := range words {
		if w == strings.ToUpper(w) && strings.IndexByte(w, '.') < 0 {
			words[i] = company.PersonName(w)
		}
	}
	return strings.Join(words, " ")
}
