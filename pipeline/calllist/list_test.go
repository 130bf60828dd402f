package calllist

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/funnel"
	"obzvon/pipeline/store"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// A list frozen years ago must still be read: the form of a stored row is held
// to a file that was written by the first version.
func TestFrozenFormIsLasting(t *testing.T) {
	people, money := int64(84), int64(17_100_000)
	list := &List{
		Format: Format, ID: "2026-11-23-c2e9b7ee", Day: company.NewDate(2026, 11, 23), Issued: "22.11.2026 01:05 МСК", ConfigHash: "c2e9b7ee",
		Managers: []pipeline.Manager{{ID: "manager-1", Name: "Менеджер 1", Dials: 40}},
		Rows: []Entry{{
			Row: pipeline.Row{
				Number: 1, State: pipeline.RowNew, Priority: 1, Company: "ООО «Пример»", City: "Пермь", CallWindow: "09:00–16:00",
				Phone: "+7 907 000-00-01", PhoneLink: "+79070000001", Person: "Образцов О.О.", Post: "директор", Hook: "Что меняете чаще?",
				LastResult: funnel.NoAnswer, Score: 67_200, Segment: "Автосервисные сети", Why: "Сеть из 12 точек.", INN: "7707083893",
				Region: "Пермский край", LocalTime: "МСК+2", OtherPhones: "+7 907 000-00-02", Email: "info@primer.example",
				Site: "https://primer.example", Headcount: &people, Revenue: &money, OKVED: "45.20 Ремонт", Attempt: 1,
				ManagerID: "manager-1", Manager: "Менеджер 1", Sources: "2ГИС", Updated: company.NewDate(2026, 11, 16),
			},
			Phones: []string{"+79070000001", "+79070000002"}, Emails: []string{"info@primer.example"}, Domains: []string{"primer.example"},
			Pool: PoolDue, Half: store.HalfEvening, Place: 1, Tenth: 2, Values: map[string]int64{"okved_main": 1000},
		}},
		Targets: []company.INN{"7707083893"}, Skipped: map[string]int64{SkipNoPhone: 3}, Below: 412,
	}
	got, err := json.MarshalIndent(list, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	const golden = "testdata/list-format-2.json"
	if *update {
		if err := os.WriteFile(golden, append(got, '\n'), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(bytes.TrimSpace(want), got) {
		t.Errorf("the frozen form changed; lists that were issued cannot be read any more:\n%s", got)
	}
	readBack(t, golden, list)
	readBack(t, "testdata/list-format-1.json", list) // before results came back
}

func readBack(t *testing.T, file string, list *List) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	back, err := Decode(data)
	if err != nil || *back.Rows[0].Row.Headcount != 84 || back.Rows[0].Row.Hook != list.Rows[0].Row.Hook {
		t.Errorf("%s: read back %+v, %v", file, back, err)
	}
}
