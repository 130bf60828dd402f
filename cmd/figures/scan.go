package main

import (
	"context"
	"fmt"
	"math"
	"strings"
	"time"

	"obzvon/cmd/figures/dump"
)

// scan measures reading a whole release beside the limit.
func (p *program) scan(ctx context.Context, in input) ([]summary, error) {
	p.log.Info("scanning", "share", in.share, "rounds", p.set.rounds)
	return p.compare(ctx, p.set.rounds,
		inflating(in.path, math.MaxInt, in.stats.Docs),
		pulling(in.path, p.wanted))
}

// peers measures what one would pick today on the first members, beside the
// same limit.
func (p *program) peers(ctx context.Context, in input) ([]summary, error) {
	members := p.set.slice / dump.MemberDocs
	docs := min(int64(members)*dump.MemberDocs, in.stats.Docs)
	readers := []reader{inflating(in.path, members, docs), decoding(in.path, members, p.wanted)}
	if p.machine.lxml != "" {
		readers = append(readers, parsing(p.set.python, in.path, min(members, in.stats.Members), p.wanted))
	}
	p.log.Info("scanning with others", "share", in.share, "documents", docs)
	return p.compare(ctx, p.set.rounds, readers...)
}

func (p *program) compare(ctx context.Context, count int, readers ...reader) ([]summary, error) {
	samples, err := rounds(ctx, count, readers...)
	if err != nil {
		return nil, err
	}
	return summarise(readers, samples), nil
}

// scanTable lays out all that was read. Peers that read only a part are
// extrapolated to the whole and marked so.
func (p *program) scanTable() table {
	t := table{
		title: "Reading a release",
		notes: []string{
			fmt.Sprintf("%d interleaved rounds after one to warm up, the file in the page cache, %d workers, GOGC=%d. A ratio is the median of the ratios to the inflate of its own round [least to most]; "+
				"allocations are those of this process.", p.set.rounds, p.machine.cores, gcPercent),
			"Inflate and CRC is what no reader of this zip can do without (klauspost/compress, memory used again): the limit. The scan refuses a wrong КолДок, encoding, DOCTYPE, end or sum; encoding/xml checks the XML alone, lxml is not asked to filter early.",
		},
		head: []string{"wanted", "reader", "documents", "median [least to most]", "documents/s", "to the limit", "allocations a document", "6.5 M documents"},
	}
	for _, s := range p.scans {
		for _, r := range s.readers {
			whole, allocs := spent(r.took), fmt.Sprintf("%.2f", r.allocsPerDoc)
			if r.docs != fullDocs {
				whole = "≈ " + spent(time.Duration(float64(r.took)*fullDocs/float64(r.docs))) + " extrapolated"
			}
			if r.foreign {
				allocs = ""
			}
			t.rows = append(t.rows, []string{
				fmt.Sprintf("%.0f %%", s.share*100), r.name, count(float64(r.docs)),
				fmt.Sprintf("%s [%s to %s]", spent(r.took), spent(r.least), spent(r.most)), count(r.docsPerSecond),
				fmt.Sprintf("%s [%.2f to %.2f]", times(r.ratio), r.ratioLeast, r.ratioMost), allocs, whole,
			})
		}
	}
	return t
}

// scanned are the readers of one release.
type scanned struct {
	share   float64
	readers []summary
}

// goalsOfScan fill the first lines of the table of goals.
func (p *program) goalsOfScan() {
	limits := map[float64]float64{0.12: 1.6, 0.30: 2}
	var others []string
	for _, s := range p.scans {
		for _, r := range s.readers[1:] {
			if r.name != oursName {
				others = append(others, "; "+r.name+" "+times(r.ratio))
			}
		}
	}
	for _, s := range p.scans {
		ours := s.readers[1]
		most := limits[s.share]
		if ours.name != oursName || most == 0 {
			continue
		}
		share := fmt.Sprintf("%.0f %%", s.share*100)
		p.page.goals = append(p.page.goals, goal{
			what: "inflate + scan + filter, " + share + " wanted", figure: times(ours.ratio) + ", " + spent(ours.took),
			beside: "parallel inflate with CRC 1 ×, " + spent(s.readers[0].took) + strings.Join(others, ""),
			reach:  fmt.Sprintf("≤ %g ×", most), verdict: judge(ours.ratio <= most),
		})
		if s.share != 0.12 {
			continue
		}
		p.page.goals = append(p.page.goals,
			goal{
				what: "documents a second, " + share + " wanted", figure: count(ours.docsPerSecond), beside: "inflate " + count(s.readers[0].docsPerSecond),
				reach: "≥ 850 k/s", verdict: judge(ours.docsPerSecond >= 850e3),
			},
			goal{
				what: "allocations a document seen, " + share + " wanted", figure: fmt.Sprintf("%.2f", ours.allocsPerDoc), beside: p.allocsOfPeer(),
				reach: "≤ 1", verdict: judge(ours.allocsPerDoc <= 1),
			})
	}
}

func (p *program) allocsOfPeer() string {
	for _, s := range p.scans {
		for _, r := range s.readers {
			if r.name == decodingName {
				return fmt.Sprintf("encoding/xml %.0f", r.allocsPerDoc)
			}
		}
	}
	return ""
}
