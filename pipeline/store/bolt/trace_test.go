package bolt_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
	"obzvon/pipeline/store"
	"obzvon/pipeline/store/bolt"
	"obzvon/pipeline/store/storetest"
)

// The person of these tests, whom nothing may name once she is forgotten.
const (
	personName  = "Незабудкина Вымысла"
	personPhone = "+79075550199"
	personSite  = "nezabudkina.example"
)

var personINN = storetest.INN(4_000_000)

// traces are what a file must not hold. The index packs an ИНН of ten digits in
// five bytes, two digits in each.
func traces() map[string][]byte {
	var packed []byte
	for i := 0; i < len(personINN); i += 2 {
		packed = append(packed, (personINN[i]-'0'+2)<<4|(personINN[i+1]-'0'+2))
	}
	return map[string][]byte{
		"name": []byte(personName), "phone": []byte(personPhone[2:]), "site": []byte(personSite[:11]),
		"ИНН": []byte(personINN), "packed ИНН": packed, "token": {0xfe, 0xed, 0xfa, 0xce, 0xca, 0xfe, 0xbe, 0xef},
	}
}

// secondSite is one of hers on which nobody decided.
var secondSite = store.ObservationID{Source: "website", Key: personSite + "/2"}

const personToken = 0xfeedfacecafebeef

// found tells which traces are in the files of a folder.
func found(t *testing.T, dir string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		for what, trace := range traces() {
			if bytes.Contains(data, trace) {
				out[e.Name()] = append(out[e.Name()], what)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Nothing is left in any file of the folder of somebody who was erased from
// everything that may hold her, once the files are compacted.
func TestNoByteIsLeft(t *testing.T) {
	o := bolt.Options{Dir: t.TempDir(), ReplaceBatch: 40}
	s := open(t, o)
	work(t, s)
	writeOfPerson(t, s)
	if err := breakOff(t.Context(), s); err != nil {
		t.Fatal(err)
	}
	grow(t, s) // moves pages, so that old ones are free and not written over
	there := found(t, o.Dir)
	for what := range traces() {
		if !slices.Contains(slices.Concat(there["registry.db"], there["state.db"]), what) {
			t.Errorf("her %s is in no file: nothing is proved", what)
		}
	}
	if len(there) != 2 {
		t.Errorf("she is in %v, want both files", there)
	}
	held := dump(t, s)
	erasePerson(t, s)
	if now := dump(t, s); strings.Contains(now, string(personINN)) || !strings.Contains(held, string(personINN)) {
		t.Errorf("the store still tells of her:\n%s", now)
	}
	want := dump(t, s)
	closeStore(t, s)
	if len(found(t, o.Dir)) == 0 {
		t.Error("free pages hold nothing of her: the test proves nothing of Compact")
	}
	if _, err := bolt.Compact(t.Context(), o); err != nil {
		t.Fatal(err)
	}
	if left := found(t, o.Dir); len(left) > 0 {
		t.Errorf("left after compacting: %v", left)
	}
	if got := dump(t, open(t, o)); got != want {
		t.Errorf("compacted:\n%s\nwant\n%s", got, want)
	}
}

// personal are her observations: of the registry, an annex, her site, and a
// listing of another firm that has her phone.
func personal(day company.Date) (own, annex, site, listing company.Observation) {
	own = company.Observation{Source: "egrip", Key: string(personINN), INN: personINN, Date: day}
	own.Add(company.FieldHeadName, personName)
	own.Add(company.FieldCity, day.String())
	own.Sort()
	annex = company.Observation{Source: "sshr", Key: string(personINN), INN: personINN, Date: day}
	annex.Facts = []company.Fact{{Field: company.FieldHeadcount, Key: "2025", Value: "1"}}
	site = company.Observation{Source: "website", Key: personSite, Date: day}
	site.Add(company.FieldPhone, personPhone)
	site.Add(company.FieldCity, day.String())
	site.Sort()
	listing = company.Observation{Source: "2gis", Key: "x1", INN: storetest.INN(3), Date: day}
	listing.Facts = []company.Fact{{Field: company.FieldPhone, Value: personPhone, Note: personName + day.String()}}
	return own, annex, site, listing
}

func writeOfPerson(t *testing.T, s *bolt.Store) {
	t.Helper()
	ctx := t.Context()
	_, annex, _, _ := personal(firstDay)
	_, err := s.Replace(ctx, store.Replacement{Source: "sshr", Day: firstDay, Annex: true}, packed(each(1, func(int) company.Observation { return annex })))
	for day := firstDay; day < firstDay+3; day++ {
		own, _, site, listing := personal(day)
		raw := pipeline.Reject{Raw: "тел. " + personPhone, Detail: personName}
		for _, o := range []company.Observation{own, site, listing} {
			c := store.Commit{Source: o.Source, Day: day, Batch: pipeline.Batch{Observations: []company.Observation{o}, Rejects: []pipeline.Reject{raw}}}
			c.Visits = []store.Visit{{ID: o.Key, Memory: []byte(personPhone)}}
			_, commitErr := s.Commit(ctx, c)
			err = errors.Join(err, commitErr)
		}
	}
	site := store.ObservationID{Source: "website", Key: personSite}
	joined := []store.Join{
		{ID: site, INN: personINN, Evidence: []store.Evidence{{Kind: "phone", Value: personPhone}}},
		{ID: secondSite, INN: storetest.INN(3)},
	}
	err = errors.Join(err,
		s.ReplaceJoins(ctx, []byte(personName), each(2, func(i int) store.Join { return joined[i] })),
		s.Decide(ctx, store.Decision{ID: site, INN: personINN, Same: true, By: "анна"}),
		s.Decide(ctx, store.Decision{ID: store.ObservationID{Source: "2gis", Key: "000099"}, INN: personINN, By: "анна"}),
		s.PatchRows(ctx, 0, each(1, func(int) store.ScoreRow { return store.ScoreRow{INN: personINN, Data: []byte("row")} })),
	)
	entry := func(o store.Owner) store.Entry {
		return store.Entry{Owner: o, Tokens: []uint64{5, personToken}, Note: []byte(personName)}
	}
	err = errors.Join(err, s.PatchIndex(ctx, func(yield func(store.Entry, error) bool) {
		_ = yield(entry(store.Owner{INN: storetest.INN(3)}), nil) && yield(entry(store.Owner{INN: personINN}), nil) && yield(entry(store.Owner{ID: site}), nil)
	}), stateOfPerson(ctx, s))
	if err != nil {
		t.Fatal(err)
	}
}

// breakOff begins to replace what names her by what does not, which is noted, and
// breaks off.
func breakOff(ctx context.Context, s *bolt.Store) error {
	broken := errors.New("broken off")
	rows := func(yield func(store.ScoreRow, error) bool) {
		_ = yield(store.ScoreRow{INN: "9", Data: []byte("row")}, nil) && yield(store.ScoreRow{}, broken)
	}
	state, err := s.RowState(ctx)
	if rowsErr := s.ReplaceRows(ctx, "tag", state.Mark, rows); !errors.Is(rowsErr, broken) {
		err = errors.Join(err, rowsErr, broken)
	}
	r := store.Replacement{Day: firstDay, Release: pipeline.Release{Whole: true}}
	for _, source := range []string{"egrip", "website"} {
		r.Source = source
		_, replaceErr := s.Replace(ctx, r, func(yield func(record.Packed, error) bool) {
			o := company.Observation{Source: source, Key: "z", Date: firstDay}
			_ = yield(record.Pack(nil, &o), nil) && yield(record.Packed{}, broken)
		})
		if !errors.Is(replaceErr, broken) {
			err = errors.Join(err, replaceErr, broken)
		}
	}
	joins := func(yield func(store.Join, error) bool) {
		_ = yield(store.Join{ID: store.ObservationID{Source: "z", Key: "z"}, INN: storetest.INN(1)}, nil) && yield(store.Join{}, broken)
	}
	if joinsErr := s.ReplaceJoins(ctx, nil, joins); !errors.Is(joinsErr, broken) {
		err = errors.Join(err, joinsErr, broken)
	}
	return err
}

func stateOfPerson(ctx context.Context, s *bolt.Store) error {
	r := called(1, firstDay)
	r.INN, r.Comment, r.Person, r.Dialled, r.Phones = personINN, personPhone, personName, personPhone, []string{personPhone}
	_, putErr := s.PutResults(ctx, []store.Result{r})
	other := called(2, firstDay+1)
	other.Comment = personName
	_, otherErr := s.PutResults(ctx, []store.Result{other})
	_, issueErr := s.Issue(ctx, store.Issue{Day: firstDay + 1, Data: []byte(personName + " " + personPhone + " " + string(personINN)), Owners: map[company.INN]string{personINN: "m1"}})
	_, stopErr := s.AddStops(ctx, []store.Stop{{Kind: store.StopPhone, Value: personPhone, Note: personName}})
	return errors.Join(putErr, otherErr, issueErr, stopErr,
		s.PutMarks(ctx, []store.Mark{{INN: personINN, Kind: store.MarkTarget, Note: personName}}),
		s.PutRun(ctx, store.Run{Day: firstDay, Error: personName, Report: []byte(personPhone)}))
}

// grow writes enough for trees to be split.
func grow(t *testing.T, s *bolt.Store) {
	t.Helper()
	c := store.Commit{Source: "website", Day: firstDay}
	for n := range 300 {
		o := listing(n, firstDay)
		o.Source, o.Key = "website", fmt.Sprintf("n%05d.example", n)
		c.Batch.Observations = append(c.Batch.Observations, o)
	}
	if _, err := s.Commit(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

// erasePerson does what forgetting does.
func erasePerson(t *testing.T, s *bolt.Store) {
	t.Helper()
	ctx := t.Context()
	own, annex, site, listing := personal(firstDay)
	ids := []store.ObservationID{secondSite}
	for _, o := range []company.Observation{own, annex, site, listing} {
		ids = append(ids, store.ObservationID{Source: o.Source, Key: o.Key})
	}
	hit := func(text string) bool {
		return strings.Contains(text, personPhone) || strings.Contains(text, personName) || strings.Contains(text, string(personINN))
	}
	err := s.EraseObservations(ctx, ids)
	_, eventsErr := s.EraseEventsWith(ctx, hit)
	n, rejectsErr := s.EraseRejects(ctx, hit)
	if n != 9 {
		t.Errorf("%d rejected rows erased, want 9", n)
	}
	clean := called(2, firstDay+1)
	clean.Comment = ""
	hers := called(1, firstDay)
	hers.INN = personINN
	err = errors.Join(err, eventsErr, rejectsErr,
		s.ReplaceResults(ctx, map[store.ResultKey]*store.Result{hers.Key(): nil, clean.Key(): &clean}),
		s.DropMark(ctx, personINN, store.MarkTarget), s.EraseOwner(ctx, personINN),
		s.RemoveStop(ctx, store.StopPhone, personPhone, ""),
		s.RewriteLists(ctx, func(_ company.Date, data []byte) ([]byte, error) {
			if hit(string(data)) {
				return []byte("список"), nil
			}
			return nil, nil
		}),
		s.RewriteRuns(ctx, func(r store.Run) (store.Run, bool) {
			r.Error, r.Report = "", nil
			return r, true
		}))
	if err != nil {
		t.Fatal(err)
	}
}
