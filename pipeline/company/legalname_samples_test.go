package company

import (
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"testing"

	"obzvon/pipeline/realfiles"
)

// The full and the short name of one company should come to one key; where
// they do not, the short name is another name («ЦОБР», «ПКК»).
func TestRealNamePairsAgree(t *testing.T) {
	pairs := append(klerkNames(t, realfiles.Path(t, "klerk-opendata/mga.csv")),
		registryNames(t, realfiles.Path(t, "fns-rsmp/VO_RRMSPSV_0000_9965_20190213_0a0bca4a-0cf8-450c-9233-49de9a5a20a9.xml"))...)
	same, formless := 0, 0
	for _, p := range pairs {
		full, short := ParseName(p[0]), ParseName(p[1])
		if full.Key() == "" || short.Key() == "" {
			t.Errorf("%q or %q has no key", p[0], p[1])
		}
		if full.Form == "" || short.Form == "" {
			formless++
			t.Logf("no form: %q or %q", p[0], p[1])
		}
		if full.Key() == short.Key() {
			same++
		} else {
			t.Logf("%q is not %q", full.Key(), short.Key())
		}
	}
	t.Logf("%d pairs, %d with equal keys, %d without a form", len(pairs), same, formless)
	if len(pairs) < 60 || same*4 < len(pairs)*3 || formless*20 > len(pairs) {
		t.Errorf("%d pairs, %d with equal keys, %d without a form", len(pairs), same, formless)
	}
}

func klerkNames(t *testing.T, path string) [][2]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out [][2]string
	for _, r := range rows[1:] {
		if r[3] != "" && r[9] != "" {
			out = append(out, [2]string{r[9], r[3]})
		}
	}
	return out
}

func registryNames(t *testing.T, path string) [][2]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out [][2]string
	d := xml.NewDecoder(f)
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "ОргВклМСП" {
			continue
		}
		var pair [2]string
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "НаимОрг":
				pair[0] = a.Value
			case "НаимОргСокр":
				pair[1] = a.Value
			}
		}
		if pair[0] != "" && pair[1] != "" {
			out = append(out, pair)
		}
	}
}
