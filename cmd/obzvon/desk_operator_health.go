package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/metrics"
	"slices"
	"strings"
	"time"

	"obzvon/exports/web/operator"
	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
	"obzvon/pipeline/inbox"
	"obzvon/pipeline/journal"
)

// operatorHealth implements operator.Health by what doctor looks at, in Russian.
type operatorHealth struct{ *operatorDesk }

func (d operatorHealth) Look(ctx context.Context) (operator.Checkup, error) {
	h := d.live()
	var out operator.Checkup
	var err error
	if out.Checks, err = d.checks(ctx, h); err != nil {
		return out, err
	}
	if out.Sources, err = h.needsOfAll(ctx); err != nil {
		return out, err
	}
	out.Sizes = h.sizes()
	out.Backups = h.backupsNow()
	if out.Inbox, err = h.inboxNow(); err != nil {
		return out, err
	}
	if d.notices != nil {
		out.Notices = d.notices()
	}
	return out, nil
}

// sizes are those of the stores and the machine.
func (h *house) sizes() []operator.Fact {
	var out []operator.Fact
	add := func(name string, n int64) {
		if n > 0 {
			out = append(out, operator.Fact{Name: name, Value: page.Bytes(n)})
		}
	}
	for _, f := range []struct{ name, title string }{
		{"registry.db", "Реестр (собранное из источников)"}, {"state.db", "Состояние (списки, результаты, люди)"}, {journal.Name, "История изменений"},
	} {
		if info, err := os.Stat(filepath.Join(h.dir, f.name)); err == nil {
			add(f.title, info.Size())
		}
	}
	m := readMachine(os.DirFS("/"), h.dir)
	add("Свободно на диске", m.free)
	add("Свободно памяти у машины", m.memory)
	add("Позволено памяти системой", m.container)
	used := []metrics.Sample{{Name: "/memory/classes/total:bytes"}, {Name: "/memory/classes/heap/released:bytes"}}
	metrics.Read(used)
	add("Занято памяти программой", int64(used[0].Value.Uint64()-used[1].Value.Uint64()))
	return out
}

// backupOld is after how long without a backup something is wrong: a night of a
// Friday is followed by one of Monday, holidays are longer.
const backupOld = 5 * 24 * time.Hour

// backupsNow looks at what backups there are.
func (h *house) backupsNow() operator.Backups {
	c := h.config.Backups
	out := operator.Backups{Keep: c.Keep, Dir: inFolder(h.dir, c.Dir)}
	entries, err := os.ReadDir(out.Dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		out.State, out.Advice = operator.Bad, "папка не читается ("+err.Error()+"): дайте пользователю программы право читать и писать в неё"
		return out
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !ourBackup.MatchString(e.Name()) {
			continue
		}
		out.Count++
		if info.ModTime().After(out.Newest) {
			out.Newest, out.Size = info.ModTime(), info.Size()
		}
	}
	switch {
	case c.Keep == 0:
		out.State, out.Advice = operator.Warn, "если копии не делает никто другой, поставьте backups.keep, например 7"
	case out.Count > 0 && h.night.Clock().Sub(out.Newest) > backupOld:
		out.State, out.Advice = operator.Warn, "копия делается после каждой ночи: посмотрите, удалась ли последняя, и есть ли место на диске; вручную — obzvon backup ФАЙЛ"
	}
	return out
}

// refusedShown is how many refused files are told of, and for how many days.
const (
	refusedShown = 20
	refusedDays  = 14
	answerMost   = 4 << 10 // bytes of the text beside a file
)

// inboxNow looks into the folder that takes files in.
func (h *house) inboxNow() (operator.Inbox, error) {
	out := operator.Inbox{On: h.config.Inbox.Enabled, Dir: inFolder(h.dir, h.config.Inbox.Dir)}
	root, err := os.OpenRoot(out.Dir)
	if errors.Is(err, os.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("look into the inbox: %w", err)
	}
	defer func() { _ = root.Close() }() // it was only read
	for _, name := range filesOf(root, ".") {
		if !strings.HasPrefix(name, ".") {
			out.Waiting = append(out.Waiting, name)
		}
	}
	today := company.DateOf(h.night.Clock().In(h.zone()))
	for day := today; day > today-refusedDays && len(out.Refused) < refusedShown; day-- {
		folder := inbox.Refused + "/" + day.String()
		names := filesOf(root, folder)
		for _, name := range names {
			if slices.Contains(names, strings.TrimSuffix(name, ".txt")) && strings.HasSuffix(name, ".txt") {
				continue // the answer to another
			}
			out.Refused = append(out.Refused, operator.Refused{Day: day, Name: name, Why: answerTo(root, folder+"/"+name)})
		}
	}
	return out, nil
}

// filesOf are the plain files of a folder, by name; none where it cannot be read.
func filesOf(root *os.Root, folder string) []string {
	f, err := root.Open(folder)
	if err != nil {
		return nil
	}
	defer f.Close()
	entries, err := f.ReadDir(-1)
	if err != nil {
		return nil
	}
	var out []string
	for _, e := range entries {
		if e.Type().IsRegular() {
			out = append(out, e.Name())
		}
	}
	slices.Sort(out)
	return out
}

// answerTo is what was said of a file.
func answerTo(root *os.Root, name string) string {
	f, err := root.Open(name + ".txt")
	if err != nil {
		return "причина не записана"
	}
	defer f.Close()
	data := make([]byte, answerMost)
	n, _ := f.Read(data) // what could be read is shown
	return strings.ToValidUTF8(strings.TrimSpace(string(data[:n])), "")
}
