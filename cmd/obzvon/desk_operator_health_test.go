package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"obzvon/config"
	"obzvon/exports/web/operator"
	"obzvon/pipeline/inbox"
)

func TestHealthOnAPage(t *testing.T) {
	b := openBureau(t)
	own := b.operator(&keeperOf{})
	own.notices = func() []operator.Notice { return []operator.Notice{{Title: "Ночь не закончена"}} }
	refused := filepath.Join(inFolder(b.house.dir, b.house.config.Inbox.Dir), inbox.Refused, b.day.String())
	backups := inFolder(b.house.dir, b.house.config.Backups.Dir)
	for _, err := range []error{
		os.MkdirAll(refused, 0o700), os.MkdirAll(backups, 0o700), os.WriteFile(filepath.Join(refused, "a.xlsx"), nil, 0o600), os.WriteFile(filepath.Join(refused, "a.xlsx.txt"), []byte("Это ссылка."), 0o600),
		os.WriteFile(filepath.Join(refused, "..", "..", "b.xlsx"), nil, 0o600), os.WriteFile(filepath.Join(backups, "obzvon-20261122-013000.zip"), make([]byte, 7), 0o600), os.WriteFile(filepath.Join(backups, "mine.zip"), nil, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	found, err := operatorHealth{own}.Look(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range found.Checks {
		if c.Title == "" || c.Text == "" || (c.State == operator.Good) != (c.Advice == "") {
			t.Errorf("%+v", c)
		}
		if c.State != operator.Good && c.Title != "Память" && c.Title != "Место на диске" {
			t.Errorf("something is wrong with a sample: %+v", c)
		}
	}
	if got := len(found.Checks); got < 6 {
		t.Errorf("%d checks", got)
	}
	if !slices.Equal(found.Inbox.Waiting, []string{"b.xlsx"}) || len(found.Inbox.Refused) != 1 || found.Inbox.Refused[0].Why != "Это ссылка." {
		t.Errorf("%+v", found.Inbox)
	}
	if found.Backups.Count != 1 || found.Backups.Size != 7 || len(found.Notices) != 1 || len(found.Sizes) < 4 {
		t.Errorf("%+v, %+v", found.Backups, found.Sizes)
	}
	for _, n := range found.Sources {
		if n.Title == "" || n.Text == "" || n.On && (len(n.Lacks) > 0 || n.State != operator.Good) {
			t.Errorf("%+v", n)
		}
	}
}

// TestLacksInRussian: what a source lacks is told on the page as often as by doctor.
func TestLacksInRussian(t *testing.T) {
	for name, sources := range map[string]string{
		"gone":    `{a: {adapter: table, paths: ["none.csv"]}}`,
		"terms":   `{a: {adapter: egrul, paths: ["none.zip"]}}`,
		"adapter": `{a: {adapter: nosuch, paths: ["x"]}}`,
		"blocked": `{a: {adapter: rsmp, from: "http://10.1.2.3/set/"}}`,
		"nothing": `{a: {adapter: rsmp}}`,
	} {
		t.Run(name, func(t *testing.T) {
			a := &app{configPath: configured(t, "sources: "+sources+"\n")}
			err := a.withConfig(func(h *house) error {
				for _, s := range h.config.Sections(config.Sources) {
					st := sourceStatus{Name: s.Name}
					h.describe(&st, s)
					_, lacks := h.sourceLacks(s)
					if len(lacks) != len(st.Needs) || len(lacks) == 0 {
						t.Errorf("lacks %+v, needs %q", lacks, st.Needs)
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}
