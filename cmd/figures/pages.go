package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// pagesDocs is how many documents the release has over which the pages are read: its
// night lasts long enough to be read beside.
const pagesDocs = 1_500_000

// quiet is how long the pages are read before the night and after it.
const quiet = 30 * time.Second

// phase is a stretch of reading.
type phase struct {
	name   string
	took   time.Duration
	asked  []asked
	memory int64 // the most of the server, anonymous bytes
}

// server is the program as it serves pages.
type server struct {
	cmd     *exec.Cmd
	address string
	dir     string
	password
}

type password struct{ text string }

var serverOpen = regexp.MustCompile(`open (http://\S+)/`)

// served measures pages that are read while nothing goes on, while a night reads next
// month's release, and afterwards.
func (p *program) served(ctx context.Context) (phases []phase, err error) {
	docs := min(p.set.docs, pagesDocs)
	in, err := p.release(ctx, docs, 0.12, false)
	if err != nil {
		return nil, err
	}
	defer discard(filepath.Dir(in.path))
	listings, _, err := p.listings(in)
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(p.scratch, "house-pages")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make a house: %w", err)
	}
	defer discard(dir)
	h, err := newHouse(dir, in.path, listings, in.date)
	if err != nil {
		return nil, err
	}
	if _, err := p.run(ctx, h, "before the pages", p.day); err != nil {
		return nil, err
	}
	next, err := p.release(ctx, int(in.stats.Docs), 0.12, true)
	if err != nil {
		return nil, err
	}
	if h, err = newHouse(dir, next.path, listings, in.date); err != nil {
		return nil, err
	}
	s, err := p.serve(ctx, h)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	return p.readPages(ctx, s)
}

// serve starts the server and changes the first password, as its page demands.
func (p *program) serve(ctx context.Context, h house) (*server, error) {
	s := &server{dir: h.dir, password: password{"figures-" + strconv.Itoa(os.Getpid())}}
	s.cmd = exec.CommandContext(ctx, p.binary, "--quiet", "--config", h.config, "serve")
	s.cmd.Env = append(withoutOurs(os.Environ()), "OBZVON_WEB_LISTEN=127.0.0.1:0", "OBZVON_SCHEDULE_ENABLED=false", "OBZVON_BACKUPS_KEEP=0")
	s.cmd.Stderr = os.Stderr
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.cmd.Start(); err != nil {
		return nil, fmt.Errorf("start the server: %w", err)
	}
	lines := bufio.NewScanner(out)
	for s.address == "" && lines.Scan() {
		if m := serverOpen.FindStringSubmatch(lines.Text()); m != nil {
			s.address = m[1]
		}
	}
	if s.address == "" {
		return nil, errors.Join(errors.New("the server says no address"), s.stop())
	}
	go func() { _, _ = io.Copy(io.Discard, out) }() // until the pipe is closed
	if err := s.first(ctx); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	return s, nil
}

// first changes the one-time password of the first start.
func (s *server) first(ctx context.Context) error {
	note, err := os.ReadFile(filepath.Join(s.dir, "first-password.txt"))
	if err != nil {
		return fmt.Errorf("read the first password: %w", err)
	}
	once := regexp.MustCompile(`(?m)пароль: (\S+)$`).FindSubmatch(note)
	if once == nil {
		return errors.New("the file of the first password holds none")
	}
	r, err := enter(ctx, s.address, "admin", string(once[1]), 1)
	if err != nil {
		return err
	}
	defer r.close()
	form := url.Values{"old": {string(once[1])}, "fresh": {s.text}, "again": {s.text}}
	return send(ctx, r.clients[0], s.address+"/password", form)
}

func (s *server) stop() error {
	_ = s.cmd.Process.Signal(syscall.SIGTERM) // it may have ended
	return s.cmd.Wait()
}

// readPages reads in three phases; the second lasts as long as the night.
func (p *program) readPages(ctx context.Context, s *server) ([]phase, error) {
	r, err := enter(ctx, s.address, "admin", s.text, readersAtOnce)
	if err != nil {
		return nil, err
	}
	defer r.close()
	if r.pages, err = somePages(ctx, r, p.day.String()); err != nil {
		return nil, err
	}
	watching, stop := context.WithCancel(ctx)
	memory := make(chan seen, 1)
	go func() { memory <- watch(watching, s.cmd.Process.Pid) }()
	var ends []time.Time
	phases := []phase{{name: "nothing goes on"}, {name: "a night reads next month's release"}, {name: "afterwards"}}
	began := time.Now()
	for i := range phases {
		f := &phases[i]
		p.log.Info("reading pages", "phase", f.name)
		var until context.Context
		var done context.CancelFunc
		if i == 1 {
			form := url.Values{"day": {p.later.String()}, "skip": {"1"}}
			if err := send(ctx, r.clients[0], s.address+"/night/start", form); err != nil {
				stop()
				return nil, fmt.Errorf("start a night: %w", err)
			}
			until, done = nightIn(ctx, r.clients[0], s.address)
		} else {
			until, done = context.WithTimeout(ctx, quiet)
		}
		start := time.Now()
		f.asked = r.read(until)
		f.took = time.Since(start)
		done()
		ends = append(ends, time.Now())
	}
	stop()
	all := <-memory
	for i := range phases {
		phases[i].memory = all.between(began, ends[i])
		began = ends[i]
	}
	return phases, ctx.Err()
}

// nightIn is a context that ends with the night that goes on.
func nightIn(ctx context.Context, c *http.Client, address string) (context.Context, context.CancelFunc) {
	until, done := context.WithCancel(ctx)
	go func() {
		defer done()
		for {
			select {
			case <-until.Done():
				return
			case <-time.After(500 * time.Millisecond):
			}
			text, err := fetch(until, c, address+"/night")
			if err != nil || strings.Contains(string(text), "Сейчас ночь не идёт") {
				return
			}
		}
	}()
	return until, done
}

var cardLink = regexp.MustCompile(`href="(/companies/[^"]+)"`)

// somePages are the pages that people have open, with some companies' cards.
func somePages(ctx context.Context, r *readers, day string) ([]readPage, error) {
	list := "/lists/" + day + "?manager=manager-1"
	text, err := fetch(ctx, r.clients[0], r.address+list)
	if err != nil {
		return nil, fmt.Errorf("read the list: %w", err)
	}
	cards := cardLink.FindAllSubmatch(text, -1)
	if len(cards) < 3 {
		return nil, errors.New("the list has no companies")
	}
	pages := []readPage{{"the list", list}, {"the plan", "/plan"}, {"the night", "/night"}, {"the workbook", "/lists/" + day + "/file?manager=manager-1"}}
	for i, c := range cards[:3] {
		pages = append(pages, readPage{"a company's card", strings.ReplaceAll(string(c[1]), "&amp;", "&")})
		pages = append(pages, pages[i%2])
	}
	return pages, nil
}
