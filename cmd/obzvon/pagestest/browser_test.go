package pagestest

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Widths of the screens on which pages are looked at.
const (
	wide  = 1300
	phone = 390
)

// tab is a page that a person looks at.
type tab struct {
	*testing.T
	ctx context.Context
}

// chromium is where the browser is, or the end of the test.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("OBZVON_CHROMIUM") == "required" {
		t.Fatal("Chromium is missing: .ci/run installs it")
	}
	t.Skip("Chromium is missing: apt-get install chromium")
	return ""
}

// open starts a browser with a screen of some width.
func open(t *testing.T, width int64) *tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.Flag("lang", "ru-RU"))
	ctx, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	p := &tab{t, ctx}
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil { // starts the browser, which lives as long as ctx
		t.Fatal(err)
	}
	err := chromedp.Listen(p.ctx, func(e any) {
		if fault, ok := e.(*runtime.EventExceptionThrown); ok {
			t.Errorf("a script broke: %v", fault.ExceptionDetails)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	p.Helper()
	ctx, stop := context.WithTimeout(p.ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		p.Fatalf("%v\non the page:\n%.4000s", err, p.main())
	}
}

// main is the text of the page, for messages.
func (p *tab) main() string {
	text, err := chromedp.Run(p.ctx, chromedp.Evaluate[string](`location.pathname + "\n" + (document.querySelector("main") || document.body).innerText`))
	if err != nil {
		return err.Error()
	}
	return text
}

func (p *tab) click(selector string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)))
}

// goes clicks and waits for the page that comes.
func (p *tab) goes(selector, wait string) {
	p.Helper()
	p.do(chromedp.Click(chromedp.CSS(selector)), chromedp.WaitVisible(chromedp.CSS(wait)))
}

func (p *tab) see(selector string) {
	p.Helper()
	p.do(chromedp.WaitVisible(chromedp.CSS(selector)))
}

func (p *tab) write(selector, text string) {
	p.Helper()
	p.do(chromedp.SetValue(chromedp.CSS(selector), text))
}

func (p *tab) visit(address string) {
	p.Helper()
	p.do(chromedp.Navigate(address))
}

// look evaluates an expression on the page.
func look[T any](p *tab, expression string) T {
	p.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		p.Fatalf("%s: %v\non the page:\n%.2000s", expression, err, p.main())
	}
	return v
}

// enter logs in through the form.
func (p *tab) enter(s *server, name, password string) {
	p.Helper()
	p.visit(s.address + "/login")
	p.write(`input[name=name]`, name)
	p.write(`input[name=password]`, password)
	p.goes(`form[action="/login"] button`, `.who`)
}

// shoot keeps a picture of the page where OBZVON_SHOTS names a folder.
func (p *tab) shoot(name string) {
	p.Helper()
	dir := os.Getenv("OBZVON_SHOTS")
	if dir == "" {
		return
	}
	picture, err := chromedp.Run(p.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), picture, 0o600)
	}
	if err != nil {
		p.Fatal(err)
	}
}

// fits holds a page to the width of the screen: only tables may be scrolled, by
// themselves.
func (p *tab) fits(name string) {
	p.Helper()
	if over := look[int](p, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		p.Errorf("%s is %d pixels wider than the screen", name, over)
	}
}

// download clicks and waits for the file.
func (p *tab) download(selector string) string {
	p.Helper()
	dir := p.TempDir()
	done := make(chan string, 1)
	var mu sync.Mutex
	names := map[string]string{}
	err := chromedp.ListenBrowser(p.ctx, func(e any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := e.(type) {
		case *browser.EventDownloadWillBegin:
			names[e.GUID] = e.SuggestedFilename
		case *browser.EventDownloadProgress:
			if e.State == browser.DownloadProgressStateCompleted {
				done <- e.GUID
			}
		}
	})
	if err != nil {
		p.Fatal(err)
	}
	yes := true
	_, err = chromedp.CallBrowser(p.ctx, browser.SetDownloadBehavior, browser.SetDownloadBehaviorParams{
		Behavior: browser.SetDownloadBehaviorBehaviorAllowAndName, DownloadPath: dir, EventsEnabled: &yes,
	})
	if err != nil {
		p.Fatal(err)
	}
	p.click(selector)
	select {
	case id := <-done:
		mu.Lock()
		defer mu.Unlock()
		path := filepath.Join(dir, filepath.Base(names[id]))
		if err := os.Rename(filepath.Join(dir, id), path); err != nil {
			p.Fatal(err)
		}
		return path
	case <-time.After(patience):
		p.Fatal("the file does not come")
	}
	return ""
}
