package bolt

import (
	"errors"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/store"
)

// appendEvent appends an event and the record from before the day's first
// write, nil if there was none.
func appendEvent(b []byte, e *store.Event, before []byte) ([]byte, error) {
	h := happening{INN: string(e.INN), Kind: string(e.Kind), Before: before}
	for _, c := range e.Changes {
		h.Changes = append(h.Changes, change{Field: string(c.Field), Key: c.Key, From: c.From, To: c.To})
	}
	return h.MarshalMsg(b)
}

func decodeEvent(key, value []byte) (store.Event, error) {
	day, id, err := splitEventKey(key)
	if err != nil {
		return store.Event{}, err
	}
	var h happening
	if _, err := h.UnmarshalMsg(value); err != nil {
		return store.Event{}, fmt.Errorf("event of %v, %v: %w", day, id, errors.Join(errRecord, err))
	}
	e := store.Event{Day: day, ID: id, INN: company.INN(h.INN), Kind: store.EventKind(h.Kind)}
	for _, c := range h.Changes {
		e.Changes = append(e.Changes, company.Change{Field: company.Field(c.Field), Key: c.Key, From: c.From, To: c.To})
	}
	return e, nil
}

func appendJoin(b []byte, j *store.Join) ([]byte, error) {
	v := joined{INN: string(j.INN), Manual: j.Manual}
	for _, e := range j.Evidence {
		v.Evidence = append(v.Evidence, evidence{Kind: e.Kind, Value: e.Value, Weight: e.Weight})
	}
	return v.MarshalMsg(b)
}

func decodeJoin(key, value []byte) (store.Join, error) {
	id, err := splitID(key)
	if err != nil {
		return store.Join{}, err
	}
	var v joined
	if _, err := v.UnmarshalMsg(value); err != nil {
		return store.Join{}, fmt.Errorf("join of %v: %w", id, errors.Join(errRecord, err))
	}
	j := store.Join{ID: id, INN: company.INN(v.INN), Manual: v.Manual}
	for _, e := range v.Evidence {
		j.Evidence = append(j.Evidence, store.Evidence{Kind: e.Kind, Value: e.Value, Weight: e.Weight})
	}
	return j, nil
}

func appendReject(b []byte, r *pipeline.Reject) ([]byte, error) {
	v := rejected{Unit: r.Unit, Row: r.Row, Reason: string(r.Reason), Detail: r.Detail, Raw: r.Raw}
	return v.MarshalMsg(b)
}

func decodeReject(value []byte) (pipeline.Reject, error) {
	var v rejected
	if _, err := v.UnmarshalMsg(value); err != nil {
		return pipeline.Reject{}, fmt.Errorf("rejected row: %w", errors.Join(errRecord, err))
	}
	return pipeline.Reject{Unit: v.Unit, Row: v.Row, Reason: pipeline.Reason(v.Reason), Detail: v.Detail, Raw: v.Raw}, nil
}
