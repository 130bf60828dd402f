package plan

import (
	"strconv"
	"strings"

	"obzvon/pipeline"
)

func word(s string) pipeline.Value { return pipeline.Value{Text: s} }
func count(n int) pipeline.Value {
	return pipeline.Value{Number: float64(n), Kind: pipeline.ValueCount}
}
func share(v float64) pipeline.Value { return pipeline.Value{Number: v, Kind: pipeline.ValueShare} }
func roubles(n int64) pipeline.Value {
	return pipeline.Value{Number: float64(n), Kind: pipeline.ValueMoney}
}
func none() pipeline.Value { return pipeline.Value{Kind: pipeline.ValueNone} }

// toned says whether a figure is what it should be.
func toned(v pipeline.Value, good bool) pipeline.Value {
	v.Tone = pipeline.ToneShort
	if good {
		v.Tone = pipeline.ToneGood
	}
	return v
}

func shareOf(p Pass) pipeline.Value {
	if v, ok := p.Share(); ok {
		return share(v)
	}
	return none()
}

func maybe(n *int64) pipeline.Value {
	if n == nil {
		return none()
	}
	return roubles(*n)
}

func maybeShare(v *float64) pipeline.Value {
	if v == nil {
		return none()
	}
	return share(*v)
}

// A goal of nought is none.

func goalCount(n int) pipeline.Value {
	if n == 0 {
		return none()
	}
	return count(n)
}

func goalMoney(n int64) pipeline.Value {
	if n == 0 {
		return none()
	}
	return roubles(n)
}

func goalShare(v float64) pipeline.Value {
	if v == 0 {
		return none()
	}
	return share(v)
}

// goalText is a share, or a range of shares: «3–5 %».
func goalText(least, most float64) string {
	if least == 0 && most == 0 {
		return "—"
	}
	text := percent(least)
	if most > 0 {
		text += "–" + percent(most)
	}
	return text + " %"
}

func percent(v float64) string {
	return strings.Replace(strconv.FormatFloat(100*v, 'g', 4, 64), ".", ",", 1)
}
