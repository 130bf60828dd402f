//go:build unix

package pagestest

import (
	"bytes"
	"fmt"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"obzvon/config"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/company"
)

const (
	pictureTall = 812        // of a wide picture
	phoneTall   = 844        // of a phone's
	pictureMost = 250 * 1000 // bytes of a file in the README
	workedDays  = 4          // of calls that the pictures look back on
	dialledRows = 34         // of each day's list

	moment = 10 * time.Millisecond
	still  = 300 * time.Millisecond // longer than a page goes without a word
)

// TestPictures makes the pictures of the README: `make pictures`. All of them show
// sample data, which has invented companies only.
func TestPictures(t *testing.T) {
	if os.Getenv("OBZVON_SHOTS") == "" {
		t.Skip("OBZVON_SHOTS names no folder: make pictures")
	}
	boss := open(t, wide)
	s := start(t, "OBZVON_SCHEDULE_ENABLED=false") // or the first night would be over before anybody looks
	s.command(t, annaPassword+"\n", "user", "add", "anna", "--title", "Анна", "--role", "manager", "--manager", "manager-1", "--password-stdin")
	days := workdaysBefore(t, workedDays)
	for _, day := range days {
		s.command(t, "", "run", "--skip-enrich", "--date", day.String())
		book := filepath.Join(s.dir, "data", "sample", "lists", "call-list-"+day.String()+"-manager-1-ОБРАЗЕЦ.xlsx")
		called(t, book, nextDay(t, days[len(days)-1]))
		s.command(t, "", "outcomes", "import", book)
	}
	boss.enter(s, "admin", s.password)
	boss.night(s)
	boss.see(`#now .badge`)
	boss.visit(s.address + "/plan")
	boss.see(`.funnel`)
	boss.shootTop("plan", wide, pictureTall, 1)
	boss.visit(s.address + "/weights")
	boss.write(`input[name="p.okved_main"]`, "12")
	boss.write(`input[name="p.rubric"]`, "24")
	boss.write(`input[name="p.proximity"]`, "0")
	boss.goes(`button[data-preview]`, `#result table`)
	look[bool](boss, `(document.querySelector("#result").scrollIntoView(), true)`)
	boss.shootTop("what-if", wide, pictureTall, 1)

	anna := open(t, wide)
	anna.enter(s, "anna", annaPassword)
	anna.see(`table.calls`)
	rows := look[[]string](anna, `[...document.querySelectorAll("table.calls tbody tr")].map(r => r.id.slice(2))`)
	first := row(rows[0])
	anna.click(first + ` .pick summary`)
	anna.goes(first+` button[value="Недозвон"]`, first+` .said`)
	anna.visit(s.address + "/lists")
	anna.shootTop("manager", wide, pictureTall, 1)
	anna.do(chromedp.EmulateViewport(phone, phoneTall))
	second := row(rows[1])
	anna.click(second + ` .pick summary`)
	look[bool](anna, fmt.Sprintf(`(document.querySelector(%q).scrollIntoView(), true)`, second))
	anna.shootTop("manager-phone", phone, phoneTall, 2)
}

// night takes a picture of a night that goes on. On the sample it is over within a
// second, so the server is let go on by moments until the page tells of visits.
func (p *tab) night(s *server) {
	p.Helper()
	c := s.login(p.T, "admin", s.password)
	p.visit(s.address + "/night")
	p.do(chromedp.WaitReady(chromedp.CSS(`#live-note[hidden]`))) // the page is told what goes on
	p.click(`details.card > summary`)                            // of the form, which is not what is shown
	begun := make(chan error, 1)
	go func() {
		resp, err := c.PostForm(s.address+"/night/start", url.Values{})
		if err == nil {
			err = resp.Body.Close()
		}
		begun <- err
	}()
	p.slowly(s, `/Дозаполнение: Сайты компаний\s+(сделано )?\d\d/.test(document.querySelector("#now").innerText)`)
	p.shootTop("night", wide, pictureTall, 1)
	p.signal(s, syscall.SIGCONT)
	if err := <-begun; err != nil {
		p.Fatal(err)
	}
}

// slowly lets the server go on by moments until something is so on the page; then it
// stands still.
func (p *tab) slowly(s *server, so string) {
	p.Helper()
	for until := time.Now().Add(patience); ; p.signal(s, syscall.SIGCONT) {
		<-time.After(moment) // another process: there is nothing to wait on
		p.signal(s, syscall.SIGSTOP)
		<-time.After(still)
		if look[bool](p, `!!(`+so+`)`) {
			return
		}
		if time.Now().After(until) {
			p.signal(s, syscall.SIGCONT) // it could not be ended
			p.Fatalf("never so: %s\non the page:\n%.2000s", so, p.main())
		}
	}
}

func (p *tab) signal(s *server, what os.Signal) {
	p.Helper()
	if err := s.cmd.Process.Signal(what); err != nil {
		p.Fatal(err)
	}
}

// workdaysBefore are the last working days before today.
func workdaysBefore(t *testing.T, n int) []company.Date {
	t.Helper()
	cfg, _, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	calendar := calllist.NewCalendar(cfg.Calendar)
	days := make([]company.Date, n)
	day := company.DateOf(time.Now())
	for i := n - 1; i >= 0; i-- {
		for day--; !calendar.Workday(day); day-- {
		}
		days[i] = day
	}
	return days
}

// outcomes of a day's calls, in turn: about as many answer as do in life.
var outcomes = []string{
	"Недозвон", "Интерес", "Недозвон", "Не ЛПР", "КП отправлено", "Недозвон", "Перезвонить", "Недозвон", "Не интересно",
	"Недозвон", "Интерес", "Недозвон", "КП отправлено", "Недозвон", "Нет такого номера", "Недозвон", "Тестовая партия",
}

// called fills a list in as after a day of calls; those who ask for another one are
// due on the given day.
func called(t *testing.T, path string, due company.Date) {
	t.Helper()
	done := 0
	each(t, path, func(f *excelize.File, column map[string]int, number int, _ []string) {
		if done == dialledRows {
			return
		}
		values := map[string]string{"Результат": outcomes[done%len(outcomes)]}
		if values["Результат"] == "Перезвонить" {
			values["Следующий контакт"], values["Комментарий"] = due.Russian()+" 11:00", "просят позвонить, когда будет снабженец"
		}
		for title, v := range values {
			cell, err := excelize.CoordinatesToCellName(column[title]+1, number)
			if err == nil {
				err = f.SetCellValue("Обзвон", cell, v)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if done++; done < dialledRows {
			return
		}
		if err := f.SetDocProps(&excelize.DocProperties{Modified: time.Now().UTC().Format(time.RFC3339)}); err != nil {
			t.Fatal(err)
		}
		if err := f.Save(); err != nil {
			t.Fatal(err)
		}
	})
	if done < dialledRows {
		t.Fatalf("%s has %d rows only", filepath.Base(path), done)
	}
}

// shootTop keeps a picture of what a screen of that size shows of the page.
func (p *tab) shootTop(name string, width, height int64, scale float64) {
	p.Helper()
	p.do(chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale)))
	shot, err := chromedp.Run(p.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		p.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		p.Fatal(err)
	}
	var small bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&small, picture); err != nil {
		p.Fatal(err)
	}
	if small.Len() > pictureMost {
		p.Errorf("%s.png has %d bytes", name, small.Len())
	}
	if err := os.WriteFile(filepath.Join(os.Getenv("OBZVON_SHOTS"), name+".png"), small.Bytes(), 0o644); err != nil { //nolint:gosec // a picture for everybody
		p.Fatal(err)
	}
}
