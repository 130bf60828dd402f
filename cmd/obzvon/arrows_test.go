package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// floor is a rule about who may import whom, with the reason it exists.
type floor struct {
	under   string   // packages at or below this path
	exact   bool     // only this very package
	may     []string // what of this program they may import, with all below; "=" means that very package, "!" never
	because string
}

// The house from the ground up. The first rule that fits a package counts.
var floors = []floor{
	{"pipeline/company", false, []string{"pipeline/company"}, "the ground floor knows nothing of the floors above"},
	{"pipeline/files", false, nil, "opening a file is nobody's business but its own"},
	{"pipeline/archive", false, []string{"=pipeline"}, "unpacking strangers' archives must be testable alone; it only names the ports' errors"},
	{"pipeline/realfiles", false, nil, "tests of every floor find the real files with it"},
	{"pipeline/members", false, []string{"=pipeline", "pipeline/company", "pipeline/archive", "pipeline/files"}, "files are listed and read in order whatever stands in them"},
	{"pipeline/fetch/disk", false, nil, "changing a file so that a kill loses nothing is a trade of its own"},
	{"pipeline/fetch/service", false, []string{"=pipeline", "pipeline/company", "pipeline/fetch"}, "what services have in common knows days and bytes, not what is in them"},
	{"pipeline/fetch", false, []string{"=pipeline", "pipeline/archive"}, "the guest in other people's houses knows bytes and archives, not what is in them"},
	{"pipeline/opendata", false, []string{"=pipeline", "pipeline/company", "pipeline/archive", "pipeline/files", "pipeline/fetch", "!pipeline/fetch/fetchtest"}, "releases are found and kept alike whatever stands in them"},
	{"pipeline/gate", false, nil, "who may work beside whom is told by kinds, whatever the work"},
	{"pipeline/socket", false, nil, "a command is carried to whoever holds the store, whatever it does there"},
	{"config", false, []string{"config", "pipeline/company", "pipeline/bearing"}, "config is values; it must not know who uses them"},
	{"pipeline", true, []string{"pipeline/company"}, "ports do not know who stands behind them"},
	{"pipeline/record", false, []string{"pipeline/company"}, "a form knows what it forms and nothing of where it is kept"},
	{"pipeline/release", false, []string{"=pipeline", "pipeline/company", "pipeline/record"}, "putting records in order must be testable alone, over any source and any store"},
	{"pipeline/store", true, []string{"=pipeline", "pipeline/company", "pipeline/record"}, "the store's port must fit any database"},
	{"pipeline/store", false, []string{"=pipeline", "pipeline/company", "pipeline/record", "pipeline/store"}, "a store keeps; it does not decide"},
	{"pipeline/journal", false, []string{"pipeline/company", "pipeline/store", "pipeline/fetch/disk"}, "a history is written whatever becomes of it"},
	{"pipeline/account", false, []string{"=pipeline", "pipeline/company", "=pipeline/store"}, "who may come in does not hang on what is inside"},
	{"pipeline/audit", false, []string{"pipeline/fetch/disk"}, "who did what is written whatever it was, and names nobody it was done to"},
	{"pipeline/funnel", false, []string{"config", "pipeline/company", "pipeline/store"}, "what results come to follows from them alone"},
	{"pipeline/intake/heading", false, []string{"=pipeline", "pipeline/company"}, "tables of strangers are read before anybody asks what they say"},
	{"pipeline/intake", false, []string{"config", "=pipeline", "pipeline/company", "pipeline/store", "pipeline/calllist", "pipeline/funnel", "pipeline/journal", "!pipeline/store/bolt"}, "what people wrote is understood alike from a file and from a page"},
	{"pipeline/night", false, []string{"pipeline", "config"}, "the night knows ports, never adapters"},
	{"pipeline/tell", false, []string{"=pipeline", "pipeline/company", "pipeline/night"}, "a night is put into words after its end, by who reads its report"},
	{"pipeline/gauge", false, []string{"=pipeline", "pipeline/company", "pipeline/calllist", "pipeline/night"}, "a night is measured by its report"},
	{"pipeline/shift", false, []string{"config", "=pipeline", "pipeline/company", "pipeline/night", "pipeline/gate", "=pipeline/store", "pipeline/calllist"}, "when a night is to be is told by schedule and ledger, whoever makes it"},
	{"pipeline/inbox", false, nil, "files are taken in whatever they hold"},
	{"pipeline", false, []string{"pipeline", "config", "!pipeline/night", "!pipeline/store/bolt"}, "rules are called by the night and never call it, and they run on any store"},
	{"sources", false, []string{"sources", "config", "pipeline", "!pipeline/night", "!pipeline/store", "!pipeline/score", "!pipeline/calllist", "!pipeline/resolve"}, "an adapter turns foreign forms into observations, no more"},
	{"enrich", false, []string{"enrich", "config", "pipeline", "sources/checko/api", "!pipeline/night", "!pipeline/store", "!pipeline/score", "!pipeline/calllist", "!pipeline/resolve"}, "an adapter adds observations, no more; a vendor that is also a source keeps its protocol beside it"},
	{"exports", false, []string{"exports", "config", "pipeline", "!pipeline/night", "!pipeline/store", "!pipeline/score", "!pipeline/resolve"}, "an exporter lays out a finished book"},
	{"cmd", false, []string{"cmd", "config", "pipeline", "sources", "enrich", "exports"}, "only the command knows everyone"},
}

// siblings may not import one another: no adapter leans on another.
var siblings = []string{"sources", "enrich", "exports"}

// owners are libraries that one package alone may import.
var owners = map[string]struct{ owner, because string }{
	"github.com/spf13/viper":          {"config", "files and environment are read in one place; everyone else gets values"},
	"go.etcd.io/bbolt":                {"pipeline/store/bolt", "a second store must be possible"},
	"github.com/spf13/cobra":          {"cmd/obzvon", "commands are functions; cobra only parses and prints"},
	"github.com/xuri/excelize/v2":     {"sources/table exports/xlsx cmd/obzvon cmd/simulate", "workbooks are read and written at the edges"},
	"github.com/lanrat/extsort":       {"pipeline/release", "what does not fit in memory is sorted in one place, within one bound"},
	"github.com/nyaruka/phonenumbers": {"pipeline/company", "its zones are wrong for mobiles; company knows better"},
	"github.com/wneessen/go-mail":     {"exports/mail", "mail is one of several ways to tell somebody"},

	"github.com/prometheus/client_golang/prometheus":            {"pipeline/gauge", oneRegistry},
	"github.com/prometheus/client_golang/prometheus/collectors": {"pipeline/gauge", oneRegistry},
	"github.com/prometheus/client_golang/prometheus/promhttp":   {"pipeline/gauge", oneRegistry},
}

const oneRegistry = "what is measured, and by which labels, is decided in one place"

type goPackage struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

const module = "obzvon/"

func TestArrowsPointDown(t *testing.T) {
	for _, p := range packages(t) {
		name := strings.TrimPrefix(p.ImportPath, module)
		rule, ok := ruleOf(name)
		if !ok {
			t.Errorf("%s stands in no room of the house: add a floor or move it", name)
			continue
		}
		for _, imp := range p.Imports {
			if own, ok := owners[imp]; ok && !slices.ContainsFunc(strings.Fields(own.owner), func(o string) bool { return under(name, o) }) {
				t.Errorf("%s imports %s, which only %s may: %s", name, imp, own.owner, own.because)
			}
			target, ours := strings.CutPrefix(imp, module)
			if ours && !allowed(rule, name, target) {
				t.Errorf("%s imports %s: %s", name, target, rule.because)
			}
		}
	}
}

func TestNoLongChains(t *testing.T) {
	graph := map[string][]string{}
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			if strings.HasPrefix(imp, module) {
				graph[p.ImportPath] = append(graph[p.ImportPath], imp)
			}
		}
	}
	depth := map[string]int{}
	var measure func(string) int
	measure = func(p string) int {
		if d, ok := depth[p]; ok {
			return d
		}
		longest := 0
		for _, imp := range graph[p] {
			longest = max(longest, measure(imp))
		}
		depth[p] = longest + 1
		return longest + 1
	}
	for p := range graph {
		if d := measure(p); d > 9 {
			t.Errorf("%s stands on a chain of %d packages; 9 is what one can keep in mind", p, d)
		}
	}
}

func ruleOf(name string) (floor, bool) {
	for _, f := range floors {
		if name == f.under || !f.exact && under(name, f.under) {
			return f, true
		}
	}
	return floor{}, false
}

func allowed(f floor, from, to string) bool {
	for _, s := range siblings {
		if under(from, s) && under(to, s) && room(from) != room(to) {
			return false
		}
	}
	ok := under(to, f.under) && !f.exact
	for _, m := range f.may {
		if no, deny := strings.CutPrefix(m, "!"); deny {
			if under(to, no) && !under(from, no) {
				return false
			}
		} else if only, exact := strings.CutPrefix(m, "="); exact && to == only || !exact && under(to, m) {
			ok = true
		}
	}
	return ok
}

// room is the adapter's folder: sources/table, enrich/numbering.
func room(name string) string {
	parts := strings.SplitN(name, "/", 3)
	return strings.Join(parts[:min(2, len(parts))], "/")
}

func under(name, dir string) bool { return name == dir || strings.HasPrefix(name, dir+"/") }

func packages(t *testing.T) []goPackage {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("list packages: %v", err)
	}
	var all []goPackage
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		err := dec.Decode(&p)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("decode the list of packages: %v", err)
		}
		all = append(all, p)
	}
	if len(all) < 5 {
		t.Fatalf("only %d packages found: is the test in its place?", len(all))
	}
	return all
}
