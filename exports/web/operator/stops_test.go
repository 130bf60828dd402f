package operator_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"obzvon/exports/web/operator"
)

func entry(value string) operator.Stop {
	return operator.Stop{
		StopID: operator.StopID{Kind: "inn", Value: value, Reason: "refused"}, Shown: value, What: "ИНН", Name: "ООО «Ролик» " + hostile, Title: "просили не звонить",
		Note: "результат звонка", By: "Анна", At: now, Phones: 2,
	}
}

func TestStops(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		d := &desk{stops: operator.StopPage{All: n, Found: n}}
		for range n {
			d.stops.Entries = append(d.stops.Entries, entry(inn))
		}
		s := open(t, d)
		doc := s.page("/stops?q=+ролик+")
		if got := doc.Find("tbody tr").Length(); got != n {
			t.Errorf("%d of %d entries", got, n)
		}
		if doc.Find("main script").Length() > 0 {
			t.Error("a name runs as a script")
		}
		if !slices.Equal(d.asked, []string{"ролик"}) || len(d.changes) > 0 {
			t.Errorf("asked %q, did %q", d.asked, d.changes)
		}
	}
}

func TestAddStops(t *testing.T) {
	d := &desk{added: operator.Added{New: 2, Known: 1, Stops: []operator.Stopped{{INN: inn, Name: hostile}}, More: 4}}
	s := open(t, d)
	w := s.post("/stops", "text", inn+"\nmail@firma.example", "reason", "client", "note", " из CRM ")
	if w.Code != http.StatusOK || !slices.Equal(d.changes, []string{"ivan adds " + inn + "\nmail@firma.example client из CRM"}) {
		t.Fatalf("%d, %q", w.Code, d.changes)
	}
	says(t, s.read(w), "Добавлено: 2, уже стояли: 1", hostile, "и ещё 4", "добавьте и её ИНН")
	if n := s.notes.lines; len(n) != 1 || n[0].Action != "stop" || n[0].What != "add" || n[0].Rows != 2 {
		t.Errorf("noted %+v", n)
	}
}

func TestImportStops(t *testing.T) {
	s := open(t, &desk{})
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	f, err := m.CreateFormFile("file", "../../stop.txt")
	if err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{write(f, "\ufeff"+inn+"\r\nfirma.example\r\n"), m.WriteField("reason", "refused"), m.WriteField("text", ""), m.Close()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequest(http.MethodPost, "/stops", &body)
	r.Header.Set("Content-Type", m.FormDataContentType())
	if w := s.do(r); w.Code != http.StatusOK || !slices.Equal(s.desk.changes, []string{"ivan adds " + inn + "\r\nfirma.example refused "}) {
		t.Errorf("%d, %q", w.Code, s.desk.changes)
	}
}

func write(w interface{ Write([]byte) (int, error) }, text string) error {
	_, err := w.Write([]byte(text))
	return err
}

func TestStopsRefused(t *testing.T) {
	for _, c := range []struct {
		fields []string
		err    error
		status int
		words  string
	}{
		{[]string{"text", inn, "reason", "because"}, nil, 400, "Выберите причину"},
		{[]string{"text", " \n", "reason", "refused"}, nil, 400, "Впишите ИНН"},
		{[]string{"text", inn, "reason", "refused", "note", strings.Repeat("я", 200)}, nil, 400, "Пометка слишком длинная"},
		{[]string{"text", "что-то " + hostile, "reason", "refused"}, &operator.RefusedError{Text: "Ничего не добавлено. Строка 1"}, 422, "Ничего не добавлено"},
		{[]string{"text", strings.Repeat("x", 5<<20), "reason", "refused"}, nil, 413, "too large"},
	} {
		s := open(t, &desk{refuse: c.err})
		w := s.post("/stops", c.fields...)
		if w.Code != c.status || !strings.Contains(w.Body.String(), c.words) || strings.Contains(w.Body.String(), "<script>alert") || len(s.desk.changes) > 0 {
			t.Errorf("%d %.200s, did %d", w.Code, w.Body, len(s.desk.changes))
		}
	}
}

// What was noted and could not be done then is noted as such.
func TestNotDoneIsNoted(t *testing.T) {
	for path, fields := range map[string][]string{
		"/stops": {"text", inn, "reason", "refused"}, "/stops/remove": {"kind", "inn", "value", inn, "reason", "refused"}, "/people": {"act", "remove", "name", "anna"},
		"/night/start": {}, "/night/stop": {}, "/forget": {"step", "erase", "word", "забыть", "query", inn},
	} {
		s := open(t, &desk{people: folk(), refuse: &operator.RefusedError{Text: "Нельзя."}})
		if w := s.post(path, fields...); w.Code < 400 {
			t.Errorf("%s: %d", path, w.Code)
		}
		if n := s.notes.lines; len(n) != 2 || n[0].Refused || !n[1].Refused || n[0].Action != n[1].Action || n[0].What != n[1].What {
			t.Errorf("%s: noted %+v", path, n)
		}
	}
}

func TestRemoveStop(t *testing.T) {
	d := &desk{removed: operator.Removed{Gone: []string{inn}, Stay: []string{"+7 907 000-00-01"}, Shared: []string{"+7 907 000-00-02"}}}
	s := open(t, d)
	w := s.post("/stops/remove", "kind", "inn", "value", inn, "reason", "refused", "phones", "1")
	if w.Code != http.StatusOK || !slices.Equal(d.changes, []string{"ivan removes inn " + inn + " refused true"}) {
		t.Errorf("%d, %q", w.Code, d.changes)
	}
	says(t, s.read(w), "Снято: "+inn, "Ещё стоят, с того же звонка: +7 907 000-00-01", "есть и у другой компании")
	d.refuse = &operator.RefusedError{Text: "Этой записи уже нет."}
	if w := s.post("/stops/remove", "kind", "phone", "value", "+79070000001", "reason", "refused"); w.Code != http.StatusBadRequest {
		t.Errorf("%d", w.Code)
	}
	for _, line := range append(s.logged, s.notes.lines[0].What) {
		if strings.Contains(line, inn) || strings.Contains(line, "907") {
			t.Errorf("logged %q", line)
		}
	}
}
