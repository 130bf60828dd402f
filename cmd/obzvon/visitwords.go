package main

import (
	"net/http"
	"strconv"
	"strings"
)

// outcomeText is what an outcome of a visit means, and what to do about it.
type outcomeText struct {
	means string // of a count in a report: "its name leads nowhere 20"
	do    string // "" = nothing
	read  bool   // the site was read
}

// outcomeTexts has every code of fetch.Outcome and of enrich/website but those
// of single answers (status_404), which outcomeOf words.
var outcomeTexts = map[string]outcomeText{
	"": {means: "read", read: true},

	"no_contacts": {means: "no contacts there", do: "look at the site: are its contacts in pictures, or drawn by scripts? neither is read", read: true},
	"other_inn":   {means: "prints another company's ИНН", do: "the address in the directory may be wrong; matching decides whose the site is", read: true},

	"poison":      {means: "about somebody else, not taken", do: "if there are many, the service answers programs with false cards: switch it off"},
	"pending":     {means: "was not ready in time", do: "nothing: it is asked again the next night"},
	"unnamed":     {means: "does not say whom it is about, not taken", do: "nothing: without an ИНН nothing is believed"},
	"nothing_new": {means: "nothing new there", do: "nothing: it is asked again later"},
	"not_sme":     {means: "no small business", do: "nothing: larger firms are in other registries"},
	"excluded":    {means: "left the registry", do: "nothing"},
	"key":         {means: "the key was refused", do: "give the key that `obzvon sources` names"},
	"budget":      {means: "the budget is spent", do: "nothing: the next night goes on; calls_a_day bounds it"},
	"limit":       {means: "asks to slow down", do: "nothing: the next night goes on"},
	"not_found":   {means: "not known there", do: "nothing: it is asked again later"},
	"layout":      {means: "answers otherwise than it did", do: "look for a newer version of this program"},
	"down":        {means: "does not answer", do: "nothing: it is tried again the next night"},
	"ask":         {means: "does not understand the question", do: "look for a newer version of this program"},

	"no_site": {means: "no address to visit", do: "give a host such as firm.ru"},
	"shared":  {means: "on a host of many firms", do: "nothing: what stands there cannot be told from others'; if it is the firm's own host, see resolve.shared_hosts"},

	"robots":       {means: "robots.txt forbids it", do: "nothing: it is asked again later; the owner must allow it"},
	"robots_later": {means: "robots.txt cannot be read now", do: "nothing: it is tried again in a day or more"},
	"crawl_delay":  {means: "asks for longer pauses than a visit has", do: "raise time in its section of enrich, if many do"},
	"later":        {means: "asks to be left alone for now", do: "nothing: it is asked again when it says"},
	"blocked":      {means: "leads to an address that may not be asked", do: "nothing, if that is inside somebody's network; else see fetch.allow"},
	"url":          {means: "no address that can be fetched", do: "mend the address in the source"},
	"dns":          {means: "its name leads nowhere", do: "see that the name is right and that this machine can resolve names; the site may be gone"},
	"refused":      {means: "no connection", do: "nothing, if others can be reached; else see the network and fetch.proxy"},
	"timeout":      {means: "no answer in time", do: "raise time in its section of enrich, if many do"},
	"certificate":  {means: "its certificate is not accepted", do: "see that this machine's clock and list of authorities are right; the owner must mend the rest"},
	"status_5xx":   {means: "answers with a failure of its own", do: "nothing: it is tried again in a day or more"},
	"too_large":    {means: "its home page is too large", do: "nothing"},
	"content":      {means: "its home page is no page of HTML", do: "nothing"},
	"redirect":     {means: "sends on to where a visit does not follow", do: "open it in a browser: if it moved, mend the address in the source"},
	"broken":       {means: "its answer is cut or damaged", do: "nothing: it is tried again"},
	"cancelled":    {means: "the visit was cut", do: "visit it again"},
}

// outcomeOf words a code; one that has no words stays what it is.
func outcomeOf(code string) outcomeText {
	if t, ok := outcomeTexts[code]; ok {
		return t
	}
	text, isStatus := strings.CutPrefix(code, "status_")
	number, err := strconv.Atoi(text)
	if !isStatus || err != nil {
		return outcomeText{means: code}
	}
	t := outcomeText{means: strings.TrimSpace("answers " + text + " " + http.StatusText(number)), do: "open it in a browser: if the site is there, it turns programs away, and that is its right"}
	switch number {
	case http.StatusNotFound, http.StatusGone:
		t.do = "see that the address in the source is right; the site may be gone"
	case http.StatusTooManyRequests:
		t.do = "nothing: it is tried again in a day or more"
	}
	return t
}

// outcomeMeanings puts words in place of codes in the counts of a report.
func outcomeMeanings(counts map[string]int64) map[string]int64 {
	names := map[string]string{}
	for code := range counts {
		names[code] = outcomeOf(code).means
	}
	return named(counts, names)
}
