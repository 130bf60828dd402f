package config

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestRewriteSegmentKeepsAllElse(t *testing.T) {
	out, err := RewriteSegments("test", defaultSegments, Numbers{
		Priority: map[string]int{"industry": 1, "mining": 3},
		Season:   map[string][]int{"auto_service": {1, 12}, "energy": {}, "industry": {1, 6, 7, 8, 12}},
	})
	if err != nil {
		t.Fatal(err)
	}
	before, after := strings.Split(string(defaultSegments), "\n"), strings.Split(string(out), "\n")
	if len(before) != len(after) {
		t.Fatalf("%d lines became %d", len(before), len(after))
	}
	var changed []string
	for i := range before {
		if before[i] != after[i] {
			changed = append(changed, strings.TrimSpace(after[i]))
		}
	}
	want := []string{
		"season: [1, 12] # ходовая после зимы и перед ней", "priority: 1",
		"season: [] # ремонт между отопительными сезонами",
	}
	if !slices.Equal(changed, want) {
		t.Errorf("changed lines are %q, want %q", changed, want)
	}
}

// Styles in which people write months.
func TestRewriteSeasonInEveryStyle(t *testing.T) {
	const line = "    season: [1]\n"
	for name, tt := range map[string]struct {
		text   string
		months []int
		want   string // of the lines from the priority on
	}{
		"longer in brackets":  {line, []int{2, 3, 11}, "    season: [2, 3, 11]\n"},
		"none in brackets":    {line, nil, "    season: []\n"},
		"over two lines":      {"    season: [1,\n      2] # ремонт\n", []int{5}, "    season: [5] # ремонт\n"},
		"the same":            {"    season: [ 1,  2 ]\n", []int{1, 2}, "    season: [ 1,  2 ]\n"},
		"as many lines":       {"    season: # весна\n      - 3\n      - 4 # сев\n", []int{5, 6}, "    season: # весна\n      - 5\n      - 6 # сев\n"},
		"more lines":          {"    season:\n    - 3 # март\n", []int{3, 4, 5}, "    season:\n    - 3 # март\n    - 4\n    - 5\n"},
		"fewer lines":         {"    season:\n      - 3\n      - 4\n      - 5\n", []int{3}, "    season:\n      - 3\n"},
		"no lines":            {"    season: # весна\n      - 3\n      - 4\n", nil, "    season: [] # весна\n"},
		"not written":         {"", []int{7}, "    season: [7]\n"},
		"not written, wanted": {"", nil, ""},
		"windows":             {"    season:\r\n      - 3\r\n", []int{3, 4}, "    season:\r\n      - 3\r\n      - 4\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(smallSegments, line, "", 1)
			text = strings.Replace(text, "    priority: 1\n", "    priority: 1\n"+tt.text, 1)
			want := strings.Replace(text, "    priority: 1\n"+tt.text, "    priority: 1\n"+tt.want, 1)
			out, err := RewriteSegments("test", []byte(text), Numbers{Season: map[string][]int{"a": tt.months}})
			if err != nil {
				t.Fatal(err)
			}
			if string(out) != want {
				t.Errorf("the text is\n%s\nwant\n%s", out, want)
			}
			s, err := ParseSegments("test", out)
			if err != nil {
				t.Fatal(err)
			}
			if got := s.Segments[0].Season; !slices.Equal(got, tt.months) {
				t.Errorf("months are %v, want %v", got, tt.months)
			}
		})
	}
}

func TestRewriteSegmentRefuses(t *testing.T) {
	for name, tt := range map[string]struct {
		season string
		n      Numbers
		want   error
	}{
		"a segment that is not there": {"[1]", Numbers{Priority: map[string]int{"moon": 1}}, ErrRewrite},
		"months of one that is not":   {"[1]", Numbers{Season: map[string][]int{"moon": {1}}}, ErrRewrite},
		"a priority that is none":     {"[1]", Numbers{Priority: map[string]int{"a": 4}}, ErrConfig},
		"a month that is none":        {"[1]", Numbers{Season: map[string][]int{"a": {13}}}, ErrConfig},
		"a month twice":               {"[1]", Numbers{Season: map[string][]int{"a": {2, 2}}}, ErrConfig},
		"a comment among the months":  {"[1, # январь\n      2]", Numbers{Season: map[string][]int{"a": {3}}}, ErrRewrite},
		"several in a line":           {"\n      - 1\n      -\n        2", Numbers{Season: map[string][]int{"a": {3}}}, ErrRewrite},
	} {
		t.Run(name, func(t *testing.T) {
			text := strings.Replace(smallSegments, "season: [1]", "season: "+tt.season, 1)
			if _, err := ParseSegments("test", []byte(text)); err != nil {
				t.Fatalf("the text is no file: %v", err)
			}
			if _, err := RewriteSegments("test", []byte(text), tt.n); !errors.Is(err, tt.want) {
				t.Errorf("error is %v, want %v", err, tt.want)
			}
		})
	}
}

// Whatever months and priorities there are, the file says them afterwards.
func TestRewriteSegmentsThereAndBack(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	s, err := ParseSegments("test", defaultSegments)
	if err != nil {
		t.Fatal(err)
	}
	for range 50 {
		there, back := Numbers{Priority: map[string]int{}, Season: map[string][]int{}}, Numbers{Priority: map[string]int{}, Season: map[string][]int{}}
		for _, g := range s.Segments {
			months := r.Perm(12)[:r.IntN(13)]
			for i := range months {
				months[i]++
			}
			slices.Sort(months)
			there.Priority[g.ID], there.Season[g.ID] = 1+r.IntN(3), months
			back.Priority[g.ID], back.Season[g.ID] = g.Priority, g.Season
		}
		out, err := RewriteSegments("test", defaultSegments, there)
		if err != nil {
			t.Fatal(err)
		}
		if out, err = RewriteSegments("test", out, back); err != nil {
			t.Fatal(err)
		}
		if got, err := ParseSegments("test", out); err != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("back again it is another file (%v)", err)
		}
	}
}

func FuzzRewriteSeason(f *testing.F) {
	f.Add([]byte(smallSegments), 5, 9, 2)
	f.Add([]byte(strings.Replace(smallSegments, "season: [1]", "season:\n      - 1\n      - 2 # сев", 1)), 3, 4, 1)
	f.Fuzz(func(t *testing.T, data []byte, one, other, priority int) {
		n := Numbers{Season: map[string][]int{"a": {one, other}}, Priority: map[string]int{"a": priority}}
		out, err := RewriteSegments("fuzz", data, n)
		if err != nil {
			return
		}
		s, err := ParseSegments("fuzz", out)
		if err != nil {
			t.Fatalf("unreadable: %v", err)
		}
		for _, g := range s.Segments {
			if g.ID == "a" && (g.Priority != priority || !slices.Equal(g.Season, []int{one, other})) {
				t.Fatalf("the segment is %+v", g)
			}
		}
	})
}
