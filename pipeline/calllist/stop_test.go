package calllist

import (
	"errors"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/store"
)

func TestParseStop(t *testing.T) {
	for _, c := range []struct {
		text  string
		kind  store.StopKind
		value string
	}{
		{"7707083893", store.StopINN, "7707083893"},
		{"inn: 9144272509", store.StopINN, "9144272509"},
		{"tel:9144272509", store.StopPhone, "+79144272509"},
		{" 526317984689 ", store.StopINN, "526317984689"},
		{"8 (907) 000-00-01", store.StopPhone, "+79070000001"},
		{"+7 342 200-00-01 доб. 5", store.StopPhone, "+73422000001"},
		{"Info@Vektor.Example", store.StopEmail, "info@vektor.example"},
		{"https://www.vektor.example/contacts", store.StopDomain, "vektor.example"},
		{"vektor.example", store.StopDomain, "vektor.example"},
	} {
		got, err := ParseStop(c.text)
		if err != nil || got.Kind != c.kind || got.Value != c.value {
			t.Errorf("ParseStop(%q) = %s %q, %v; want %s %q", c.text, got.Kind, got.Value, err, c.kind, c.value)
		}
	}
	for text, want := range map[string]error{
		"": ErrStop, "7707083894": ErrStop, "hello": ErrStop, "12": ErrStop, "a@b@c": ErrStop, "inn:12": ErrStop,
		"9144272509": ErrStopTwoWay, "mail.ru": ErrStopShared, "https://vk.com/firma": ErrStopShared, "builder.example": ErrStopShared,
	} {
		if got, err := ParseStop(text, "builder.example"); !errors.Is(err, want) {
			t.Errorf("ParseStop(%q) = %v, %v; want %v", text, got, err, want)
		}
	}
}

func TestStopSetRefusalBeatsClient(t *testing.T) {
	s := NewStopSet([]store.Stop{
		{Kind: store.StopINN, Value: "7707083893", Reason: StopClient},
		{Kind: store.StopPhone, Value: "+79070000001", Reason: StopRefused},
	})
	if got, _ := s.Reason("7707083893", []string{"+79070000001"}, nil, nil); got != StopRefused {
		t.Errorf("reason %q, want the refusal", got)
	}
	if got, _ := s.Reason("7707083893", []string{"+79070000002"}, nil, nil); got != StopClient {
		t.Errorf("reason %q, want client", got)
	}
	both := NewStopSet([]store.Stop{
		{Kind: store.StopINN, Value: "7707083893", Reason: StopClient}, {Kind: store.StopINN, Value: "7707083893", Reason: StopRefused},
	})
	if got, _ := both.Reason("7707083893", nil, nil, nil); got != StopRefused {
		t.Errorf("reason %q of a client who refused", got)
	}
	if _, stopped := NewStopSet([]store.Stop{{Kind: store.StopINN, Value: "7707083893"}}).Reason("7707083893", nil, nil, nil); !stopped {
		t.Error("an entry without a reason stops nobody")
	}
	if _, stopped := NewStopSet([]store.Stop{{Kind: store.StopDomain, Value: "mail.ru"}}).Reason("7707083893", nil, nil, []string{"mail.ru"}); stopped {
		t.Error("a firm is stopped by a domain that thousands share")
	}
	if s.Stopped(Entry{Row: pipeline.Row{INN: "526317984689"}, Phones: []string{"+79070000003"}}) {
		t.Error("somebody else is stopped")
	}
}
