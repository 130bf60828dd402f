package kontur

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

const home = "https://focus-api.kontur.ru/api3"

// Interface is the service that is asked. The vendor publishes no rate; a day is bounded
// so that a mistake in a section does not cost a month's subscription.
func Interface(o Options, key string) service.Options {
	return service.Options{
		Persons: true,
		Name:    Adapter, Base: cmp.Or(o.Base, home),
		Keys: []service.Key{{Text: key, Put: service.InQuery("key")}},
		Pace: 200 * time.Millisecond, PerDay: 1000, Fresh: fresh, Limit: 32 << 20, Judge: judge,
	}
}

// judge wants a list of records.
func judge(code int, body []byte) (string, error) {
	if err := service.ByStatus(code); err != nil {
		if errors.Is(err, pipeline.ErrNotFound) {
			err = service.Absent(body)
		}
		if bytes.HasPrefix(bytes.TrimSpace(body), []byte("<")) {
			return "", err
		}
		return string(body), err
	}
	_, err := parse(body)
	return "", err
}

// parse reads the records of any method.
func parse(body []byte) ([]record, error) {
	if len(bytes.TrimSpace(body)) == 0 {
		return nil, fmt.Errorf("%w: an empty answer", service.ErrBroken)
	}
	var all []record
	if err := json.Unmarshal(body, &all); err != nil {
		if cut(body) {
			return nil, fmt.Errorf("%w: JSON that does not end", service.ErrBroken)
		}
		return nil, fmt.Errorf("%w: no list of records", service.ErrLayout)
	}
	if all == nil {
		return nil, fmt.Errorf("%w: null in place of a list", service.ErrLayout)
	}
	for i := range all {
		if all[i].INN == "" {
			return nil, fmt.Errorf("%w: a record without ИНН", service.ErrLayout)
		}
	}
	return all, nil
}

// cut tells JSON that ends too early from other things that are no JSON.
func cut(body []byte) bool {
	return errors.Is(json.NewDecoder(bytes.NewReader(body)).Decode(new(json.RawMessage)), io.ErrUnexpectedEOF)
}
