package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"obzvon/exports/xlsx"
	"obzvon/pipeline/audit"
	"obzvon/pipeline/gate"
	"obzvon/pipeline/inbox"
	"obzvon/pipeline/intake"
	"obzvon/pipeline/intake/heading"
)

// byInbox is who brings what lies in the inbox, for the journal.
const byInbox = "inbox"

// newBox is the folder that takes files in, nil if there is none.
func (s *server) newBox(h *house) *inbox.Box {
	c := h.config.Inbox
	if !c.Enabled {
		return nil
	}
	return &inbox.Box{
		Dir: inFolder(h.dir, c.Dir), Limit: int64(h.config.Web.UploadMiB) << 20, Every: c.Every, Zone: h.zone(),
		Now: time.Now, Take: s.counted, Log: s.log,
	}
}

// counted is takeIn for the metrics.
func (s *server) counted(ctx context.Context, name string, f *os.File) (inbox.Answer, error) {
	answer, err := s.takeIn(ctx, name, f)
	if err == nil {
		s.gauge.Inbox(!answer.Refused)
	}
	return answer, err
}

// takeIn does with a file of the inbox what `outcomes import` does.
func (s *server) takeIn(ctx context.Context, name string, f *os.File) (inbox.Answer, error) {
	leave, err := s.gate.Enter(ctx, gate.Pass{Kind: gate.Write, What: "outcomes", Who: byInbox})
	if err != nil {
		return inbox.Answer{}, err
	}
	defer leave()
	h := *s.houses.now()
	h.by = byInbox
	out, books, err := readIn(name, f)
	if err != nil {
		return inbox.Answer{}, err
	}
	if out.Unread, err = h.nothingRead(ctx); err != nil {
		return inbox.Answer{}, err
	}
	a := *s.app
	var said bytes.Buffer
	a.io.out = &said
	if err := a.takeFiles(ctx, &h, out, books); err != nil {
		return inbox.Answer{}, err
	}
	if err := h.noteTaken(ctx, &out.Files[0]); err != nil {
		return inbox.Answer{}, err
	}
	if out.Others, err = h.stoppedToo(ctx, out); err != nil {
		return inbox.Answer{}, err
	}
	unnamed(out)
	a.writeImport(out, &h)
	if out.allRefused() != nil {
		return inbox.Answer{Refused: true, Text: said.String() + "Что делать: исправьте файл и положите его сюда снова.\n"}, nil
	}
	switch {
	case !out.whole():
		return inbox.Answer{Text: said.String() + "Остальное принято. Строки с «!» исправьте в этом же файле и положите его сюда снова.\n"}, nil
	case len(out.Conflicts)+len(out.Others) > 0:
		return inbox.Answer{Text: said.String()}, nil
	}
	return inbox.Answer{}, nil
}

// noteTaken writes into the audit what came of a file of the inbox, as a page does of
// an upload. It comes after: a file that cannot be noted is taken again, which changes
// nothing but gives the line.
func (h *house) noteTaken(ctx context.Context, f *imported) error {
	e := audit.Entry{At: time.Now(), Who: byInbox, Action: audit.TakenIn, What: audit.File(f.Name, f.Digest), Rows: f.Taken + f.Edited}
	if f.Refused != "" {
		e.Action, e.Rows, e.Refused = audit.Upload, 0, true
	}
	return h.audit.Append(ctx, e)
}

// unnamed leaves rows without names: the answer stays beside the file, where a name
// alone would not be found again when it is to be forgotten.
func unnamed(out *importing) {
	for i := range out.Files {
		for n := range out.Files[i].Notes {
			out.Files[i].Notes[n].Company = ""
		}
	}
	for i := range out.Others {
		out.Others[i].Name = "компания"
	}
}

// readIn reads a file as readFiles does those that a command line names.
func readIn(name string, f *os.File) (*importing, []*xlsx.Returned, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	file := imported{File: intake.File{Name: name}}
	book, err := xlsx.Read(xlsx.Input{Name: name, Content: f, Size: info.Size(), Modified: info.ModTime(), Now: time.Now()})
	var why *heading.Refusal
	switch {
	case errors.As(err, &why):
		file.Refused, file.err = why.Advice, why.Err
	case err != nil:
		return nil, nil, fmt.Errorf("read %s: %w", name, err)
	}
	return &importing{Files: []imported{file}}, []*xlsx.Returned{book}, nil
}
