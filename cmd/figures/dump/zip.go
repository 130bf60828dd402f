package dump

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"hash/crc32"
	"io"
	"runtime"
	"strconv"
	"sync"

	"github.com/klauspost/compress/flate"
)

// Stats tell what was written.
type Stats struct {
	Docs    int64
	Wanted  int64
	Members int
	XML     int64 // bytes inflated
	Zip     int64 // bytes of the file
}

// level is of deflate; with it the ratio is within the 10 to 13 of published
// releases.
const level = 6

// member is one finished file of the zip.
type member struct {
	name   string
	packed bytes.Buffer
	sum    uint32
	stats  Stats
	err    error
}

// Write streams the release as a zip to w. Members are made by as many
// goroutines as there are processors and written in order; memory holds a few
// members.
func (g *Generator) Write(ctx context.Context, w io.Writer) (Stats, error) {
	ctx, cancel := context.WithCancel(ctx)
	var running sync.WaitGroup
	defer running.Wait()
	defer cancel()
	out := &counting{w: w}
	z := zip.NewWriter(out)
	var total Stats
	free := make(chan *member, 4*runtime.GOMAXPROCS(0))
	for task := range g.start(ctx, &running, free) {
		m := <-task
		if m.err != nil {
			return total, m.err
		}
		if err := m.write(z, g); err != nil {
			return total, fmt.Errorf("write member %s: %w", m.name, err)
		}
		total = total.add(m.stats)
		select {
		case free <- m:
		default:
		}
	}
	if err := ctx.Err(); err != nil {
		return total, err
	}
	if err := z.Close(); err != nil {
		return total, fmt.Errorf("end the zip: %w", err)
	}
	total.Zip = out.n
	return total, nil
}

// start runs the makers; the channel returned gives the members in order.
func (g *Generator) start(ctx context.Context, running *sync.WaitGroup, free chan *member) <-chan chan *member {
	type job struct {
		n    int
		done chan *member
	}
	workers := runtime.GOMAXPROCS(0)
	ordered, jobs := make(chan chan *member, 2*workers), make(chan job)
	running.Go(func() {
		defer close(ordered)
		defer close(jobs)
		for n := range g.Members() {
			j := job{n, make(chan *member, 1)}
			select {
			case ordered <- j.done:
			case <-ctx.Done():
				return
			}
			jobs <- j // taken for sure: workers end with jobs
		}
	})
	for range workers {
		running.Go(func() {
			p := packer{maker: g.maker()}
			for j := range jobs {
				var m *member
				select {
				case m = <-free:
				default:
					m = &member{}
				}
				m.err = p.pack(m, j.n)
				j.done <- m
			}
		})
	}
	return ordered
}

func (m *member) write(z *zip.Writer, g *Generator) error {
	w, err := z.CreateRaw(&zip.FileHeader{
		Name: m.name, Method: zip.Deflate, CRC32: m.sum, Modified: g.opt.Date.Time(),
		CompressedSize64: uint64(m.packed.Len()), UncompressedSize64: uint64(m.stats.XML),
	})
	if err != nil {
		return err
	}
	_, err = w.Write(m.packed.Bytes())
	return err
}

// packer makes members one after another with memory of its own.
type packer struct {
	maker *maker
	docs  []byte
	head  []byte
	zip   *flate.Writer
}

func (p *packer) pack(m *member, n int) error {
	g := p.maker.g
	m.stats = Stats{Members: 1}
	p.docs = p.docs[:0]
	for i := n * MemberDocs; i < min((n+1)*MemberDocs, g.slots); i++ {
		if g.gone(i) {
			continue
		}
		f := p.maker.firm(i)
		m.stats.Docs++
		if f.wanted {
			m.stats.Wanted++
		}
		p.docs = p.maker.document(p.docs, f)
	}
	p.docs = append(p.docs, "</Файл>"...)
	m.name = p.appendEnvelope(n, m.stats.Docs)
	m.stats.XML = int64(len(p.head) + len(p.docs))
	m.sum = crc32.Update(crc32.ChecksumIEEE(p.head), crc32.IEEETable, p.docs)
	return p.deflate(&m.packed)
}

// appendEnvelope makes what stands before the first document and returns the
// member's name.
func (p *packer) appendEnvelope(n int, docs int64) string {
	g := p.maker.g
	seed := drawMember
	if g.opt.Next {
		seed += 1 << 16
	}
	// Members are dated a day after the registry, as published ones are.
	id := "VO_RRMSPSV_0000_9965_" + (g.opt.Date + 1).Time().Format("20060102") + "_"
	id += string(appendUUID(nil, g.draws(&p.maker.pcg, seed, n)))
	p.head = append(p.head[:0], `<?xml version="1.0" encoding="UTF-8"?><Файл ИдФайл="`...)
	p.head = append(append(p.head, id...), `" ВерсФорм="4.06" ТипИнф="РЕЕСТРМСП" КолДок="`...)
	p.head = strconv.AppendInt(p.head, docs, 10)
	p.head = append(p.head, `"><ИдОтпр><ФИООтв Фамилия="-" Имя="-"/></ИдОтпр>`...)
	return id + ".xml"
}

func (p *packer) deflate(to *bytes.Buffer) error {
	to.Reset()
	if p.zip == nil {
		var err error
		if p.zip, err = flate.NewWriter(to, level); err != nil {
			return fmt.Errorf("deflate: %w", err)
		}
	} else {
		p.zip.Reset(to)
	}
	for _, part := range [][]byte{p.head, p.docs} {
		if _, err := p.zip.Write(part); err != nil {
			return fmt.Errorf("deflate: %w", err)
		}
	}
	if err := p.zip.Close(); err != nil {
		return fmt.Errorf("deflate: %w", err)
	}
	return nil
}

func (s Stats) add(t Stats) Stats {
	return Stats{Docs: s.Docs + t.Docs, Wanted: s.Wanted + t.Wanted, Members: s.Members + t.Members, XML: s.XML + t.XML}
}

// counting counts what goes through it.
type counting struct {
	w io.Writer
	n int64
}

func (c *counting) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	return n, err
}
