package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"path/filepath"
	"strings"

	"obzvon/pipeline"
)

// errAgain asks for another leg from what the part holds now.
var errAgain = errors.New("the server did not send the part that was asked for")

// bring makes the part complete, one connection after another. It returns
// unchanged when what stands in place is the newest.
func (d *download) bring(ctx context.Context) (unchanged bool, err error) {
	best := d.have
	t := tries{c: d.c, host: d.url.Hostname()}
	for range legs {
		if d.have > 0 && d.have == d.side.Length {
			return false, nil
		}
		unchanged, err := d.leg(ctx)
		if err == nil {
			if unchanged || d.have == d.side.Length {
				return unchanged, nil
			}
			err = fmt.Errorf("%w: %d of %d bytes", ErrTruncated, d.have, d.side.Length)
		}
		if d.have > best {
			best, t.failed = d.have, 0
		}
		if err := t.again(ctx, err); err != nil {
			return false, err
		}
	}
	return false, fmt.Errorf("given up after %d connections: %w: %d of %d bytes", legs, ErrTruncated, d.have, d.side.Length)
}

// leg is one request and what comes of it.
func (d *download) leg(ctx context.Context) (unchanged bool, err error) {
	if d.have > 0 && d.noRange {
		if err := d.reset(); err != nil {
			return false, err
		}
	}
	resp := d.whole
	if d.whole = nil; resp == nil {
		if resp, err = d.c.follow(ctx, d.url, d.header()); err != nil {
			return false, err
		}
	}
	defer resp.Body.Close()
	switch resp.StatusCode {
	case http.StatusNotModified:
		if d.have == 0 && d.aside.Known() {
			return false, d.stillDamaged()
		}
		if d.have == 0 && d.here.Known() {
			return true, nil
		}
	case http.StatusOK:
		return d.begin(ctx, resp)
	case http.StatusPartialContent:
		if d.have > 0 {
			return false, d.goOn(ctx, resp)
		}
	case http.StatusRequestedRangeNotSatisfiable:
		if d.have > 0 {
			return false, d.pastTheEnd(resp)
		}
	}
	return false, d.c.status(resp.Response)
}

// header asks for what is missing: the rest of the part, or all of it if it is
// not what stands in place.
func (d *download) header() http.Header {
	h := http.Header{"Accept": {"*/*"}, "Accept-Encoding": {"identity"}}
	if d.have == 0 {
		if d.aside.Stuck != nil {
			d.aside.ask(h)
		} else {
			d.here.ask(h)
		}
		return h
	}
	h.Set("Range", fmt.Sprintf("bytes=%d-", d.have))
	if v := d.side.ifRange(); v != "" {
		h.Set("If-Range", v)
	}
	return h
}

// begin takes the archive from its first byte. What the part holds is given
// up only for something that looks like an archive.
func (d *download) begin(ctx context.Context, resp *answer) (unchanged bool, err error) {
	if d.have == 0 && d.aside.is(resp) {
		return false, d.stillDamaged()
	}
	if d.have == 0 && d.here.is(resp) {
		return true, nil
	}
	head, err := readHead(resp)
	if err != nil {
		return false, err
	}
	if err := d.expect(resp.ContentLength, 0); err != nil {
		return false, err
	}
	if d.have > 0 && d.side.same(resp.Header) {
		d.noRange = true // the same archive, and yet from its beginning
	}
	if err := d.reset(); err != nil {
		return false, err
	}
	// Without a length the end of the body may be a break: the server says.
	d.probe = resp.ContentLength < 0 && resp.Header.Get("Accept-Ranges") == "bytes" && !d.noRange
	d.side = sidecar{From: digest(d.url), Validators: validatorsOf(resp.Header), Length: resp.ContentLength}
	if err := d.side.save(d.disk, d.part()); err != nil {
		return false, err
	}
	return false, d.take(ctx, io.MultiReader(bytes.NewReader(head), resp.Body))
}

// goOn takes the rest of the part, if that is what the server sends.
func (d *download) goOn(ctx context.Context, resp *answer) error {
	from, _, total, ok := contentRange(resp.Header.Get("Content-Range"))
	switch {
	case !d.side.same(resp.Header), d.side.Length >= 0 && total >= 0 && total != d.side.Length:
		if err := d.reset(); err != nil {
			return err
		}
		return errAgain // the archive is another one by now
	case !ok, from != d.have, strings.HasPrefix(resp.Header.Get("Content-Type"), "text/html"):
		d.noRange = true
		return errAgain
	}
	if d.side.Length < 0 && total >= 0 {
		d.side.Length = total
		if err := d.side.save(d.disk, d.part()); err != nil {
			return err
		}
	}
	if err := d.expect(d.side.Length, d.have); err != nil {
		return err
	}
	return d.take(ctx, resp.Body)
}

// pastTheEnd is for a part that turns out to be whole, or too long.
func (d *download) pastTheEnd(resp *answer) error {
	_, _, total, ok := contentRange(resp.Header.Get("Content-Range"))
	if d.side.same(resp.Header) && (ok && total == d.have || !ok && d.side.Length < 0) {
		d.side.Length = d.have
		return d.side.save(d.disk, d.part())
	}
	if err := d.reset(); err != nil {
		return err
	}
	return errAgain
}

// expect holds a length against the limit and against the disk. What is there
// already of it needs no more space.
func (d *download) expect(length, have int64) error {
	if length > d.options.Limit {
		return fmt.Errorf("%w: %d bytes, %d allowed", pipeline.ErrTooLarge, length, d.options.Limit)
	}
	free, known, err := d.disk.Free(filepath.Dir(d.path))
	if err != nil {
		return onDisk("look for space", err)
	}
	need := max(length-have, 0)
	if more := need + spaceReserve - free; known && more > 0 {
		return fmt.Errorf("%w: needs %s and %s that must stay free; %s free in %s: free %s more",
			ErrNoSpace, atLeast(need), atLeast(spaceReserve), sizeText(free), filepath.Dir(d.path), atLeast(more))
	}
	return nil
}

// atLeast writes a number of bytes, not less than it is.
func atLeast(n int64) string {
	if n < 1<<20 {
		return sizeText(n + 1<<10 - 1)
	}
	return sizeText(n + 1<<20 - 1)
}

// sizeText writes a number of bytes, not more than it is.
func sizeText(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d KiB", n>>10)
	}
	return fmt.Sprintf("%d MiB", n>>20)
}

const (
	chunk      = 256 << 10
	spaceEvery = 64 << 20 // bytes of a body of unknown length between two looks at the disk
)

// take writes a body to the end of the part.
func (d *download) take(ctx context.Context, body io.Reader) error {
	buf := make([]byte, chunk)
	asked := d.have // when the disk was last asked for space
	for {
		n, err := body.Read(buf)
		if d.side.Length < 0 && d.have-asked >= spaceEvery {
			if err := d.expect(unknownLength, 0); err != nil {
				return err
			}
			asked = d.have
		}
		if n > 0 {
			switch to := d.have + int64(n); {
			case d.side.Length >= 0 && to > d.side.Length:
				d.noRange = true // only a part can be longer than it said
				return errAgain
			case to > d.options.Limit:
				return fmt.Errorf("%w: more than the %d bytes allowed", pipeline.ErrTooLarge, d.options.Limit)
			}
			if _, err := d.file.WriteAt(buf[:n], d.have); err != nil {
				return onDisk("write the archive", err)
			}
			d.have += int64(n)
			d.report(filepath.Base(d.path), d.have, d.side.Length)
		}
		switch {
		case err == nil:
		case ctx.Err() != nil:
			return ctx.Err()
		case errors.Is(err, io.EOF) && d.side.Length < 0 && d.probe:
			return fmt.Errorf("%w: perhaps, after %d bytes", ErrTruncated, d.have)
		case errors.Is(err, io.EOF) && d.side.Length < 0:
			d.side.Length = d.have
			return d.side.save(d.disk, d.part())
		case errors.Is(err, io.EOF):
			return nil // bring sees whether that was all
		case errors.Is(err, ErrTimeout):
			return err
		default:
			return fmt.Errorf("%w: %d of %d bytes: %w", ErrTruncated, d.have, d.side.Length, err)
		}
	}
}
