package store

import (
	"context"
	"iter"

	"obzvon/pipeline/company"
)

// ScoreRow is the fixed-layout row of one company that scoring reads.
type ScoreRow struct {
	INN  company.INN
	Data []byte
}

// RowState tells what the scoring rows stand for.
type RowState struct {
	Tag  string // what ReplaceRows was given; "" = the rows are not whole
	All  bool   // any row may be stale: more has changed than is worth a list
	Mark uint64 // rises with every write that makes rows stale
}

// ScoreRows are kept beside the companies so that new weights rescore
// millions without decoding them. The store notes whose rows are stale: every
// write that changes a dossier, its dates and joins included, notes its ИНН
// (both, when an observation moves), in the same transaction. A new store is
// stale as a whole.
type ScoreRows interface {
	// RowState is asked before the first dossier is read for new rows.
	RowState(ctx context.Context) (RowState, error)

	// StaleRows pages through the ИНН whose dossiers have changed since their
	// rows were made, rising. One whose dossier is gone is among them. Not to
	// be relied on while RowState.All.
	StaleRows(ctx context.Context, after company.INN, limit int) ([]company.INN, error)

	// ReplaceRows makes the rows exactly those of the sequence, whose ИНН must
	// rise (ErrOrder), and remembers the tag. Unchanged rows are not written
	// again. What became stale up to the mark no longer is. It is a run of
	// transactions: the tag is taken away first and set last, so that rows
	// under a tag are whole. An error of the sequence ends it and removes
	// nothing. Data may be reused once the next row is asked for.
	ReplaceRows(ctx context.Context, tag string, mark uint64, seq iter.Seq2[ScoreRow, error]) error

	// PatchRows writes single rows by rising ИНН (ErrOrder); one without Data
	// is removed. Those that became stale up to the mark no longer are; others,
	// and the tag, stay as they are. It is a run of transactions, each whole by
	// itself. Data may be reused once the next row is asked for.
	PatchRows(ctx context.Context, mark uint64, seq iter.Seq2[ScoreRow, error]) error

	// Rows pages through them by rising ИНН.
	Rows(ctx context.Context, after company.INN, limit int) ([]ScoreRow, error)
}
