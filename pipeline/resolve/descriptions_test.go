package resolve

import (
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// The table of descriptions is that of company, whose own is not exported: a
// description that is missing here would dismiss companies in silence.
func TestDescriptionsAreThoseOfCompany(t *testing.T) {
	files, err := filepath.Glob("../company/*.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, name := range files {
		file, err := parser.ParseFile(gotoken.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || spec.Names[0].Name != "usualDescriptions" {
				return true
			}
			for _, e := range spec.Values[0].(*ast.CompositeLit).Elts {
				found++
				checkDescription(t, stringsIn(t, e))
			}
			return false
		})
	}
	if found < len(descriptions) {
		t.Errorf("%d descriptions found in company, %d here: has its table moved?", found, len(descriptions))
	}
}

// checkDescription takes the words of a long spelling, then the short one.
func checkDescription(t *testing.T, words []string) {
	t.Helper()
	short, long := words[len(words)-1], words[:len(words)-1]
	if !slices.Contains(descriptions[short], long[0]) {
		t.Errorf("%q is abbreviated %q: the sieve does not know it", long, short)
	}
	if key := (company.Name{Core: strings.Join(long, " ")}).Key(); key != short {
		t.Errorf("%q has the key %q, not %q", long, key, short)
	}
}

func stringsIn(t *testing.T, n ast.Node) []string {
	t.Helper()
	var out []string
	ast.Inspect(n, func(n ast.Node) bool {
		if lit, ok := n.(*ast.BasicLit); ok {
			s, err := strconv.Unquote(lit.Value)
			if err != nil {
				t.Error(err)
			}
			out = append(out, s)
		}
		return true
	})
	return out
}
