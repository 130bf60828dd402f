package exporttest

import (
	"obzvon/pipeline"
)

// Hostile are texts that a spreadsheet, a page or a parser may take for
// something else. An exporter hands each on as the text it is.
func Hostile() []string {
	return []string{
		"=1+1", `=HYPERLINK("http://evil.example","нажмите")`, "=cmd|' /C calc'!A0", "+7+8", "-2+3", "@SUM(A1:A9)",
		"<script>alert(1)</script>", "&amp; и &#60;", "]]>", "_x0041_", "'апостроф", `"кавычки"`, "a;b,c", "{{.Secret}}", "%s%d",
		"0770123456", "1E5", "TRUE", "01.02.2026",
	}
}

// Broken are texts that no format can carry whole; what must survive of each
// is in the second column.
func Broken() [][2]string {
	return [][2]string{
		{"обрыв\x00середина", "середина"},
		{"\x1b[31mкрасный", "красный"},
		{"плохой \xff\xfe байт", "байт"},
		{"перенос\r\nстроки", "перенос"},
		{"\u202eсправа налево", "справа налево"},
	}
}

// hostileBook carries every hostile text in every field that people read.
func hostileBook() *pipeline.Book {
	b := Book()
	texts := Hostile()
	for _, pair := range Broken() {
		texts = append(texts, pair[0])
	}
	b.Calls, b.Targets, b.Tiers, b.Fresh, b.Review = nil, nil, nil, nil, nil
	for i, t := range texts {
		r := row(i, b.Managers[:1])
		r.Company, r.City, r.Person, r.Post, r.Hook, r.LastResult = t, t, t, t, t, t
		r.Segment, r.Why, r.Region, r.OtherPhones, r.Email, r.Site = t, t, t, t, t, t
		r.OKVED, r.Sources, r.Phone, r.PhoneLink, r.CallWindow, r.LocalTime = t, t, t, t, t, t
		b.Calls = append(b.Calls, r)
		b.Targets = append(b.Targets, pipeline.Target{Row: r, Contacts: t, Equipment: t, LastTalk: t})
		b.Fresh = append(b.Fresh, pipeline.Fresh{Row: r, What: t})
		b.Review = append(b.Review, pipeline.Review{
			Name: t, City: t, Address: t, Phone: t, Site: t, SourceTitle: t, Source: t, Key: t, Why: t,
			Candidates: []pipeline.Candidate{{Name: t, Likely: t, Address: t, Phone: t, Site: t, Agrees: t, Differs: t}, {}},
		}, pipeline.Review{})
		b.Guide = append(b.Guide, pipeline.GuideSection{Title: t, Lines: []string{t}, Table: [][2]string{{t, t}}})
		b.Summary.Figures = append(b.Summary.Figures, pipeline.Figure{Title: t, Note: t})
		b.Summary.Sources = append(b.Summary.Sources, pipeline.SourceLine{Name: t, Title: t, State: t, Note: t})
		b.Summary.Segments = append(b.Summary.Segments, pipeline.SegmentLine{Segment: t, Priority: 1})
	}
	b.Tiers = []pipeline.Tier{{Priority: 1, Title: texts[0], Rows: b.Calls, Total: len(b.Calls)}}
	b.Seller, b.ListID, b.Issued, b.ConfigHash = texts[0], texts[1], texts[2], texts[3]
	return b
}
