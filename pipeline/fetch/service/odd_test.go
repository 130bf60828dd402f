package service_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"obzvon/pipeline/fetch/service"
)

func TestOdd(t *testing.T) {
	odd := fmt.Errorf("answer: %w", service.ErrLayout)
	for answers, want := range map[string]struct {
		ends int // after which answer the asks end; 0 = never
		left bool
	}{
		".x..x.":  {},
		"x.":      {},
		"x":       {left: true},
		"xx":      {left: true},
		"xx.xx.":  {},
		"xxx.":    {ends: 3, left: true},
		".xxx..":  {ends: 4},
		"xkxkxkx": {left: true}, // failures of another kind are no answers
	} {
		var o service.Odd
		ends := 0
		for i, c := range strings.Split(answers, "") {
			err := map[string]error{"x": odd, "k": service.ErrBroken}[c]
			if bears := o.Bears(err); errors.Is(err, service.ErrLayout) && !bears {
				ends = i + 1
				break
			} else if bears && err == nil {
				t.Errorf("%s: bears no error", answers)
			}
		}
		if left := o.Left(); ends != want.ends || errors.Is(left, service.ErrLayout) != want.left {
			t.Errorf("%s: ended after %d, left %v; want %+v", answers, ends, left, want)
		}
	}
}
