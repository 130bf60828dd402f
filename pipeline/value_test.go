package pipeline_test

import (
	"encoding/json"
	"math"
	"testing"

	"obzvon/pipeline"
)

func TestValueString(t *testing.T) {
	for _, test := range []struct {
		v    pipeline.Value
		want string
	}{
		{pipeline.Value{Text: "Анна"}, "Анна"},
		{pipeline.Value{Kind: pipeline.ValueCount}, "0"},
		{pipeline.Value{Kind: pipeline.ValueCount, Number: 999}, "999"},
		{pipeline.Value{Kind: pipeline.ValueCount, Number: 1000}, "1\u00a0000"},
		{pipeline.Value{Kind: pipeline.ValueMoney, Number: 12_345_678.6}, "12\u00a0345\u00a0679"},
		{pipeline.Value{Kind: pipeline.ValueMoney, Number: -1234}, "-1\u00a0234"},
		{pipeline.Value{Kind: pipeline.ValueMoney, Number: -123}, "-123"},
		{pipeline.Value{Kind: pipeline.ValueShare, Number: 0.4}, "40 %"},
		{pipeline.Value{Kind: pipeline.ValueShare, Number: 0.12345}, "12,3 %"},
		{pipeline.Value{Kind: pipeline.ValueShare, Number: 1}, "100 %"},
		{pipeline.Value{Kind: pipeline.ValueTenth, Number: 2.04}, "2"},
		{pipeline.Value{Kind: pipeline.ValueTenth, Number: 2.06, Tone: pipeline.ToneGood}, "2,1"},
		{pipeline.Value{Kind: pipeline.ValueNone, Number: 7}, "—"},
		{pipeline.Value{Kind: pipeline.ValueShare, Number: 0.5, Tone: pipeline.ToneShort}, "50 % !"},
	} {
		if got := test.v.String(); got != test.want {
			t.Errorf("%+v reads %q, want %q", test.v, got, test.want)
		}
	}
}

func TestSeriesInJSON(t *testing.T) {
	got, err := json.Marshal(pipeline.Series{Title: "Анна", Values: []float64{1, math.NaN(), 0.5}})
	if err != nil || string(got) != `{"Title":"Анна","Values":[1,null,0.5]}` {
		t.Errorf("%s, %v", got, err)
	}
}
