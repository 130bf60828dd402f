package api

import (
	"cmp"
	"errors"
	"net/http"
	"strings"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

// Vendor is one of the sites with this interface.
type Vendor struct {
	Name     string // of the adapter and of the budget
	Title    string // Russian, for people
	Base     string
	Variable string // that holds the key
	Site     string // where a key is to be had, and the offer read
}

// Checko is checko.ru.
func Checko() Vendor {
	return Vendor{
		Name: "checko", Title: "Checko", Base: "https://api.checko.ru/v2", Variable: "OBZVON_KEY_CHECKO",
		Site: "https://checko.ru/integration/api",
	}
}

// Ofdata is ofdata.ru.
func Ofdata() Vendor {
	return Vendor{
		Name: "ofdata", Title: "Ofdata", Base: "https://api.ofdata.ru/v2", Variable: "OBZVON_KEY_OFDATA",
		Site: "https://ofdata.ru/integration/api",
	}
}

// FreeADay are the calls that cost nothing, on every plan.
const FreeADay = 100

// Interface is the service: an answer is kept for as long as fresh.
func Interface(v Vendor, base, key string, fresh time.Duration) service.Options {
	return service.Options{
		Persons: true,
		Name:    v.Name, Base: cmp.Or(base, v.Base),
		Keys: []service.Key{{Text: key, Put: service.InQuery("key")}},
		// No rate is published; users keep to two a second.
		Pace: 500 * time.Millisecond, PerDay: FreeADay, Fresh: fresh, Judge: judge,
	}
}

// judge tells failures apart, in whatever way they come.
func judge(code int, body []byte) (string, error) {
	e, err := open(body)
	said := string(e.Meta.Message)
	failed := e.Meta.Status == "error"
	if said != "" && code < http.StatusInternalServerError && (failed || code >= http.StatusBadRequest) {
		if kind := ByMessage(said); kind != nil {
			return said, kind
		}
	}
	if byStatus := service.ByStatus(code); byStatus != nil {
		if errors.Is(byStatus, pipeline.ErrNotFound) {
			byStatus = service.Absent(body)
		}
		return said, byStatus
	}
	switch {
	case err != nil:
		return "", err
	case failed:
		return said, service.ErrAsk
	}
	return "", nil
}

// ByMessage is what the interface's own words come to; nil = they say nothing that is
// known.
func ByMessage(said string) error {
	low := strings.ToLower(said)
	has := func(words ...string) bool {
		for _, w := range words {
			if strings.Contains(low, w) {
				return true
			}
		}
		return false
	}
	switch {
	case has("лимит", "баланс", "исчерп", "недостаточно средств", "превышен"):
		if has("в секунду", "в минуту", "слишком част") {
			return service.ErrLimit
		}
		return service.ErrBudget
	case has("ключ", "доступ запрещ", "авториз"):
		return service.ErrKey
	case has("не найден"):
		return pipeline.ErrNotFound
	}
	return nil
}
