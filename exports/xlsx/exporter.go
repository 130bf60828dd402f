package xlsx

import (
	"context"
	"fmt"
	"io"
	"sync"

	"obzvon/pipeline"
)

// layoutVersion changes whenever the same book would be laid out otherwise.
const layoutVersion = 1

// Exporter writes workbooks into one folder. Its methods may be called from
// several goroutines; two processes must not share the folder.
type Exporter struct {
	name string
	dir  string
	mu   sync.Mutex
}

// New returns an exporter that writes into dir, which is made when missing
// (0700, files 0600: the lists hold personal data).
func New(name, dir string) *Exporter {
	return &Exporter{name: name, dir: dir}
}

// Describe implements pipeline.Exporter.
func (e *Exporter) Describe() pipeline.Descriptor {
	return pipeline.Descriptor{
		Name:    e.name,
		Title:   "Книги Excel",
		Kind:    pipeline.KindExport,
		Licence: "own work: what is in a book keeps the terms of its sources",
		Open:    true,
		Rhythm:  "every night",
		Decoder: layoutVersion,
	}
}

// Export implements pipeline.Exporter. The files appear under their names
// only when every one of them is complete and on disk. A file in their place into
// which people have written is set aside under a name that says so, and is an
// artefact too, behind the others.
func (e *Exporter) Export(ctx context.Context, book *pipeline.Book) ([]pipeline.Artefact, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	plans, err := planFiles(book)
	if err != nil {
		return nil, fmt.Errorf("plan workbooks: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("export workbooks: %w", err)
	}
	st, err := openStage(e.dir)
	if err != nil {
		return nil, fmt.Errorf("open output folder: %w", err)
	}
	made, err := e.export(ctx, st, plans)
	if cerr := st.close(); err == nil && cerr != nil {
		err = cerr
	}
	if err != nil {
		return nil, err
	}
	return made, nil
}

func (e *Exporter) export(ctx context.Context, st *stage, plans []plan) ([]pipeline.Artefact, error) {
	var names []string
	var made []pipeline.Artefact
	for _, p := range plans {
		err := st.write(p.file, func(w io.Writer) error { return writeBook(ctx, w, p) })
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", p.file, err)
		}
		names = append(names, p.file)
		made = append(made, pipeline.Artefact{Path: st.final(p.file), Title: p.title, Manager: p.manager.ID, Rows: len(p.book.Calls)})
	}
	filled, err := st.toSetAside(plans)
	if err != nil {
		return nil, fmt.Errorf("look for filled workbooks: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("export workbooks: %w", err)
	}
	aside, err := st.setAside(filled)
	if err == nil {
		err = st.publish(names)
	}
	if err != nil {
		for _, a := range aside { // no artefact tells of them now
			err = fmt.Errorf("%w (the filled one lies at %s)", err, a.Path)
		}
		return nil, fmt.Errorf("publish workbooks: %w", err)
	}
	return append(made, aside...), nil
}
