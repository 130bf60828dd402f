package bolt_test

import (
	"bytes"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"go.etcd.io/bbolt"

	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

// older makes a registry what the version before wrote: another format, another
// codec, without the buckets that came later.
func older(tx *bbolt.Tx) error {
	own, err := tx.Bucket([]byte("own")).CreateBucketIfNotExists([]byte("old"))
	return errors.Join(err,
		own.Put([]byte("5900000015"), []byte("\x0a5900000015 in another form")),
		tx.DeleteBucket([]byte("annexes")), tx.DeleteBucket([]byte("firsts")), tx.DeleteBucket([]byte("stale")),
		tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("1")))
}

// An older registry can be had again, so it is emptied; what people decided and
// what was issued stands in the state, which is as it was.
func TestOpenEmptiesAnOlderRegistry(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	data := backup(t, s, true)
	if err := s.DropRegistry(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := restore(t, o.Dir, data, true); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(o.Dir, "registry.db"), older)
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

// A backup that the version before made is restored, the registry then emptied.
func TestRestoreAnOlderBackup(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(o.Dir, "registry.db"), older)
	files := map[string][]byte{"state.db": read(t, o.Dir, "state.db"), "registry.db": read(t, o.Dir, "registry.db")}
	dir := filepath.Join(t.TempDir(), "restored")
	if err := restore(t, dir, archived(t, 1, files), false); err != nil {
		t.Fatal(err)
	}
	restored := open(t, bolt.Options{Dir: dir})
	page, err := restored.Dossiers(t.Context(), "", 9)
	if err != nil || len(page) > 0 {
		t.Errorf("%d dossiers of another format, %v", len(page), err)
	}
	if list, err := restored.List(t.Context(), firstDay); err != nil || string(list) != "список" {
		t.Errorf("list %q, %v", list, err)
	}
}

// The manifest names the greatest format within: an older version can restore
// a state that it can read.
func TestBackupTellsItsFormat(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	for withRegistry, want := range map[bool]string{false: `"format": 2`, true: `"format": 3`} {
		found := false
		rewrite(t, backup(t, s, withRegistry), "manifest.json", func(b []byte) []byte {
			found = bytes.Contains(b, []byte(want))
			return b
		})
		if !found {
			t.Errorf("the manifest of a backup, with registry %v, does not say %s", withRegistry, want)
		}
	}
}

// A registry of the version before the index has all but that, and keeps it.
func TestOpenBringsARegistryUpToDate(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	state, err := s.IndexState(t.Context())
	if err == nil {
		err = s.Settle(t.Context(), state.Mark)
	}
	if err != nil {
		t.Fatal(err)
	}
	want := dump(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, filepath.Join(o.Dir, "registry.db"), formatTwo)
	s = open(t, o)
	if state, err := s.IndexState(t.Context()); err != nil || !state.All || state.Tag != "" {
		t.Errorf("state of the index %+v, %v", state, err)
	}
	workOnIndex(t, s)
	if got := dump(t, s); got != want {
		t.Errorf("store:\n%s\nwant\n%s", got, want)
	}
}

// stateOne takes away what came after format 1 of the state.
func stateOne(tx *bbolt.Tx) error {
	return errors.Join(tx.Bucket([]byte("meta")).Put([]byte("format"), []byte("1")),
		tx.DeleteBucket([]byte("results")), tx.DeleteBucket([]byte("marks")), tx.DeleteBucket([]byte("forgotten")))
}

// A state of the version before results has all but those, and keeps it; so has
// one from a backup.
func TestOpenBringsAStateUpToDate(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir()}
	s := open(t, o)
	work(t, s)
	want := dump(t, s)
	closeStore(t, s)
	path := filepath.Join(o.Dir, "state.db")
	edit(t, path, stateOne)
	old := archived(t, 1, map[string][]byte{"state.db": read(t, o.Dir, "state.db"), "registry.db": read(t, o.Dir, "registry.db")})
	restored := bolt.Options{Dir: filepath.Join(t.TempDir(), "restored")}
	if err := restore(t, restored.Dir, old, false); err != nil {
		t.Fatal(err)
	}
	for _, o := range []bolt.Options{o, restored} {
		s = open(t, o)
		page, err := s.ResultsAfter(t.Context(), store.ResultKey{}, 9)
		if err != nil || len(page) > 0 {
			t.Errorf("%d results, %v", len(page), err)
		}
		workOnResults(t, s)
		if got := dump(t, s); got != want {
			t.Errorf("store:\n%s\nwant\n%s", got, want)
		}
		closeStore(t, s)
		edit(t, path, func(tx *bbolt.Tx) error {
			if got := string(tx.Bucket([]byte("meta")).Get([]byte("format"))); got != "2" {
				t.Errorf("format %s, want 2: the version before would make lists without results", got)
			}
			return nil
		})
	}
}

func TestCheckFindsInTheState(t *testing.T) {
	for name, says := range map[string]string{"results": "of a result", "marks": "mark \"x\""} {
		o := bolt.Options{Dir: t.TempDir()}
		s, err := bolt.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		closeStore(t, s)
		edit(t, filepath.Join(o.Dir, "state.db"), func(tx *bbolt.Tx) error { return tx.Bucket([]byte(name)).Put([]byte("x"), []byte("y")) })
		if s, err = bolt.Open(t.Context(), o); err != nil {
			t.Fatal(err)
		}
		if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: error %v, want one that says %q", name, err, says)
		}
		closeStore(t, s)
	}
}

// formatTwo takes away what came after format 2.
func formatTwo(tx *bbolt.Tx) error {
	meta := tx.Bucket([]byte("meta"))
	err := errors.Join(meta.Put([]byte("format"), []byte("2")), meta.Delete([]byte("indextag")), meta.Delete([]byte("staleowners")))
	for _, name := range []string{"firmentries", "firmtokens", "listingentries", "listingtokens", "staleowners", "visits", "claims"} {
		err = errors.Join(err, tx.DeleteBucket([]byte(name)))
	}
	return err
}

// None comes back to a number that it had.
func TestDropRegistryKeepsCounting(t *testing.T) {
	s := open(t, bolt.Options{Dir: t.TempDir()})
	work(t, s)
	generation, err := s.Generation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	state, err := s.RowState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	index, err := s.IndexState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DropRegistry(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if now, err := s.Generation(t.Context()); err != nil || now <= generation {
		t.Errorf("generation %d after %d, %v", now, generation, err)
	}
	if now, err := s.RowState(t.Context()); err != nil || now.Mark <= state.Mark || !now.All {
		t.Errorf("state %+v after %+v, %v", now, state, err)
	}
	if now, err := s.IndexState(t.Context()); err != nil || now.Mark <= index.Mark || !now.All || now.Tag != "" {
		t.Errorf("state of the index %+v after %+v, %v", now, index, err)
	}
}

func TestCheckFinds(t *testing.T) {
	in := func(path ...string) func(tx *bbolt.Tx) *bbolt.Bucket {
		return func(tx *bbolt.Tx) *bbolt.Bucket {
			b := tx.Bucket([]byte(path[0]))
			for _, name := range path[1:] {
				b = b.Bucket([]byte(name))
			}
			return b
		}
	}
	inn, packed := string(storetest.INN(0)), "\x7b\x22\x22\x22\x22"
	for name, tt := range map[string]struct {
		bucket     func(tx *bbolt.Tx) *bbolt.Bucket
		key, value string // without a value the key is deleted
		says       string
	}{
		"an observation of no sense":     {in("own", "rsmp"), inn, "junk", "damaged record"},
		"one in the wrong tree":          {in("own", "rsmp"), "x", "\x00\x00\x00\x00\x00", "wrong tree"},
		"an annex of another ИНН":        {in("annexes", "sshr"), "x", "\x00\x00\x00\x00\x00", "of an annex"},
		"a lost index entry":             {in("index"), "", "", "index"},
		"a stray index entry":            {in("index"), "x\x00y\x00z", "v", "without an observation"},
		"a stale row that nobody counts": {in("stale"), "x", "\x00\x00\x00\x00\x00\x00\x00\x00", "are listed, the account says"},
		"a mark from the future":         {in("stale"), inn, "\xff\x00\x00\x00\x00\x00\x00\x00", "stale: "},
		"an entry of no sense":           {in("firmentries"), packed, "\x07", "entry of the index"},
		"tokens that fall":               {in("firmentries"), packed, "\x02" + strings.Repeat("\x01", 16), "must rise"},
		"an entry of no owner":           {in("firmentries"), "\x01", "\x00", "packed ИНН"},
		"a lost token":                   {in("firmtokens"), "", "", "is not in the index"},
		"a stray token":                  {in("listingtokens"), "12345678a\x00b", "v", "without an entry"},
		"a stale owner that none counts": {in("staleowners"), "x", "\x00\x00\x00\x00\x00\x00\x00\x00", "staleowners: 1 are listed"},
		"a visit of no sense":            {in("visits", "website"), "x", "short", "visit \"x\""},
		"claims of no sense":             {in("claims"), "\x00\x00\x00\x00website", "x", "claims"},
		"a note of no sense":             {in("firsts"), "rsmp", "x", "first release"},
		"a generation of no sense":       {in("meta"), "generation", "x", "generation"},
	} {
		t.Run(name, func(t *testing.T) {
			o := bolt.Options{Dir: t.TempDir()}
			s, err := bolt.Open(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			work(t, s)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			edit(t, filepath.Join(o.Dir, "registry.db"), func(tx *bbolt.Tx) error {
				b := tt.bucket(tx)
				if tt.value != "" {
					return b.Put([]byte(tt.key), []byte(tt.value))
				}
				key, _ := b.Cursor().First()
				return b.Delete(bytes.Clone(key))
			})
			if s, err = bolt.Open(t.Context(), o); err != nil {
				t.Fatal(err)
			}
			if err := s.Check(t.Context()); err == nil || !strings.Contains(err.Error(), tt.says) {
				t.Errorf("error %v, want one that says %q", err, tt.says)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
}
