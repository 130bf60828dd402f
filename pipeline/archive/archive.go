package archive

import (
	"archive/zip"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"obzvon/pipeline"
)

// Why a zip is refused that could be read; both come wrapped in
// pipeline.ErrDamaged.
var (
	ErrName    = errors.New("the name of a member leads outside the archive")
	ErrOverlap = errors.New("members share bytes")
)

// Limits bound what a zip may ask for. A zero field takes its default.
type Limits struct {
	Members int   // how many there may be; default 100 000
	Member  int64 // inflated bytes of one; default 1 GiB
	Total   int64 // inflated bytes of all as declared; default 256 GiB
	Ratio   int64 // inflated to packed bytes of one beyond 1 MiB; default 200
}

// ratioFloor is the inflated size below which any ratio is harmless.
const ratioFloor = 1 << 20

func (l Limits) withDefaults() Limits {
	return Limits{
		Members: cmp.Or(l.Members, 100_000),
		Member:  cmp.Or(l.Member, 1<<30),
		Total:   cmp.Or(l.Total, 256<<30),
		Ratio:   cmp.Or(l.Ratio, 200),
	}
}

// Archive is an open zip. Its members may be read at the same time. It holds
// nothing that needs closing; the reader under it stays the caller's.
type Archive struct {
	limits  Limits
	members []Member
	pool    sync.Pool // of inflaters
}

// Open reads the directory of a zip of the given size in bytes. Limits on
// single members show when the member is opened, so that one of them does not
// cost the others.
func Open(r io.ReaderAt, size int64, limits Limits) (*Archive, error) {
	a := &Archive{limits: limits.withDefaults()}
	if err := checkHead(r, size); err != nil {
		return nil, err
	}
	e, err := readEnd(r, size)
	if err != nil {
		return nil, err
	}
	if e.members > uint64(a.limits.Members) {
		return nil, fmt.Errorf("%w: %d members declared, %d allowed", pipeline.ErrTooLarge, e.members, a.limits.Members)
	}
	if e.size > directoryMax {
		return nil, fmt.Errorf("%w: a list of members of %d bytes", pipeline.ErrTooLarge, e.size)
	}
	if err := countMembers(r, e); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged(err.Error())
	}
	if uint64(len(z.File)) != e.members {
		return nil, damaged(fmt.Sprintf("%d members declared, %d could be read", e.members, len(z.File)))
	}
	if err := a.take(z.File, int64(e.offset)); err != nil {
		return nil, err
	}
	return a, nil
}

// Members lists what is in the zip, in the order of its directory, without
// folders.
func (a *Archive) Members() []Member { return slices.Clone(a.members) }

func checkHead(r io.ReaderAt, size int64) error {
	head := make([]byte, min(size, SniffLen))
	if err := readAt(r, head, 0); err != nil {
		return err
	}
	switch form := Sniff(head); form {
	case FormZip, FormXLSX, FormODS:
		return nil
	case FormEmpty:
		return fmt.Errorf("%w: want a zip archive", pipeline.ErrEmpty)
	default:
		return fmt.Errorf("%w: want a zip archive, it looks like %s", pipeline.ErrUnknownForm, form)
	}
}

// take checks all entries and keeps those that are files.
func (a *Archive) take(files []*zip.File, dataEnd int64) error {
	spans := make([]span, 0, len(files))
	var total uint64
	for _, f := range files {
		name := nameOf(f)
		if !safeName(name) {
			return fmt.Errorf("%w: %w: %q", pipeline.ErrDamaged, ErrName, name)
		}
		s, err := spanOf(f, dataEnd)
		if err != nil {
			return fmt.Errorf("member %q: %w", name, err)
		}
		spans = append(spans, s)
		if f.UncompressedSize64 > uint64(a.limits.Total) || total+f.UncompressedSize64 > uint64(a.limits.Total) {
			return fmt.Errorf("%w: members of more than %d bytes inflated", pipeline.ErrTooLarge, a.limits.Total)
		}
		total += f.UncompressedSize64
		if !strings.HasSuffix(f.Name, "/") {
			a.members = append(a.members, Member{
				Name: name, Size: int64(f.UncompressedSize64), Packed: int64(f.CompressedSize64), a: a, f: f,
			})
		}
	}
	return checkOverlap(spans)
}

// span is the part of the file that a member takes.
type span struct {
	from, to int64
	name     string
}

func spanOf(f *zip.File, dataEnd int64) (span, error) {
	data, err := f.DataOffset()
	if err != nil {
		return span{}, damaged("no local header where the list says: " + err.Error())
	}
	from := data - localLen - int64(len(f.Name))
	if from < 0 || data > dataEnd || f.CompressedSize64 > uint64(dataEnd-data) {
		return span{}, damaged("reaches past the end of the data")
	}
	return span{from: from, to: data + int64(f.CompressedSize64), name: f.Name}, nil
}

// checkOverlap refuses the zip bomb that reads the same bytes many times.
func checkOverlap(spans []span) error {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to)) })
	for i := 1; i < len(spans); i++ {
		if spans[i].from < spans[i-1].to {
			return fmt.Errorf("%w: %w: %q and %q", pipeline.ErrDamaged, ErrOverlap, spans[i-1].name, spans[i].name)
		}
	}
	return nil
}
