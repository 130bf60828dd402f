package fetch

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline"
)

// repairs is how often bytes are fetched again.
const repairs = 3

// errWhole asks for the whole archive once more: parts cannot be had, or too
// much of it is wrong.
var errWhole = errors.New("parts of the archive cannot be fetched again")

// fetch makes the part complete and sound. It returns unchanged when what
// stands in place is the newest. What cannot be repaired is put aside.
func (d *download) fetch(ctx context.Context) (unchanged bool, err error) {
	for again := false; ; again = true {
		unchanged, err := d.bring(ctx)
		if err != nil || unchanged {
			return unchanged, err
		}
		err = d.repair(ctx)
		switch {
		case errors.Is(err, errWhole) && !again:
			if err := d.reset(); err != nil {
				return false, err
			}
		case errors.Is(err, pipeline.ErrDamaged):
			return false, d.putAside(err)
		default:
			return false, err
		}
	}
}

// repair verifies the part, fetches wrong bytes again and looks at them again.
func (d *download) repair(ctx context.Context) error {
	var only []int
	for round := 0; ; round++ {
		v, err := d.verify(ctx, only)
		if err != nil || v.err == nil {
			return err
		}
		if v.lost && !errors.Is(v.err, pipeline.ErrDamaged) {
			return damagedWords(v.err) // bytes do not make it larger or of another form
		}
		if round == repairs {
			return fmt.Errorf("fetched again %d times: %w", repairs, damagedWords(v.err))
		}
		wrong, list := d.wrongBytes(v, round)
		if err := d.patchAll(ctx, wrong); err != nil {
			if errors.Is(err, errWhole) {
				d.fault = faultText(v.err)
				return fmt.Errorf("%w: %w", damagedWords(v.err), err)
			}
			return err
		}
		if only = v.bad; list {
			only = nil // places in another list mean nothing
		}
	}
}

// patchesMax is how many requests are still better than the whole archive.
const patchesMax = 100

func (d *download) patchAll(ctx context.Context, wrong []span) error {
	if len(wrong) > patchesMax {
		return errWhole
	}
	for _, s := range wrong {
		if err := d.patch(ctx, s); err != nil {
			return err
		}
	}
	return nil
}

// tailLen is fetched again when not even the list of members can be found.
const tailLen = 4 << 20

// wrongBytes are those to fetch again. From the second round on the list is
// doubted too: a checksum may be wrong there as well as data.
func (d *download) wrongBytes(v verdict, round int) (wrong []span, list bool) {
	l, err := layoutOf(d.file, d.have)
	if err != nil {
		return []span{{max(0, d.have-tailLen), d.have}}, true
	}
	var out []span
	if v.lost {
		out = l.lostHeaders(d.file)
	}
	files := l.files()
	for _, i := range v.bad {
		if i < len(files) {
			out = append(out, files[i].span)
		}
	}
	if list = round > 0 || len(out) == 0 || !errors.Is(v.err, pipeline.ErrDamaged); list {
		out = append(out, l.list)
	}
	return merge(out), list
}

// putAside keeps what cannot be used where nobody uses it.
func (d *download) putAside(why error) error {
	if errors.Is(why, errWhole) {
		d.side.Stuck = &stuck{Since: d.c.clock.Now().UTC().Truncate(time.Second), Fault: d.fault, NoParts: d.noRange}
		if err := d.side.save(d.disk, d.part()); err != nil {
			return errors.Join(why, err)
		}
		why = fmt.Errorf("%w: %s; %s", pipeline.ErrDamaged, d.fault, d.side.Stuck.words())
	}
	if err := d.file.Close(); err != nil {
		return errors.Join(why, onDisk("write the archive", err))
	}
	if err := move(d.disk, d.part(), d.path+DamagedSuffix); err != nil {
		return errors.Join(why, err)
	}
	return fmt.Errorf("%w; it is kept as %s", why, filepath.Base(d.path)+DamagedSuffix)
}

// stillDamaged is the answer to an archive that has not changed since it was
// put aside.
func (d *download) stillDamaged() error {
	s := d.aside.Stuck
	return fmt.Errorf("%w: still damaged there, since %s: %s; %s; it is kept as %s", pipeline.ErrDamaged,
		s.Since.Format("2006-01-02 15:04 MST"), s.Fault, s.words(), filepath.Base(d.path)+DamagedSuffix)
}

func (s stuck) words() string {
	why := "too much of it is wrong to fetch only that"
	if s.NoParts {
		why = "the server sends no parts"
	}
	return why + ", so the whole file will be fetched again when it changes there; the damaged copy may be deleted"
}

// faultText is what is wrong with an archive, to be read after ErrDamaged.
func faultText(err error) string {
	return strings.TrimPrefix(err.Error(), pipeline.ErrDamaged.Error()+": ")
}

// merge sorts spans and joins those that touch.
func merge(spans []span) []span {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.from, b.from) })
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && s.from <= out[n-1].to {
			out[n-1].to = max(out[n-1].to, s.to)
			continue
		}
		out = append(out, s)
	}
	return out
}

// damagedWords is what to call an archive that has been given up.
func damagedWords(err error) error {
	if errors.Is(err, pipeline.ErrDamaged) {
		return err
	}
	return fmt.Errorf("%w: %w", pipeline.ErrDamaged, err)
}
