package exhibitors

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync/atomic"
	"testing"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
	"obzvon/pipeline/fetch/service/servicetest"
)

const picture = "<html><title>Подтвердите, что вы не робот</title></html>"

// TestPictureIsNotKept: a page with a picture, sent with status 200 in place of a card or
// of the list, is not taken from the shelf once the site answers again.
func TestPictureIsNotKept(t *testing.T) {
	for _, part := range []string{"list", "cards"} {
		var blocked atomic.Bool
		site := &catalogue{all: invented(25)}
		handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			list := r.URL.Path == showPath+"/list"
			if blocked.Load() && r.URL.Path != "/robots.txt" && list == (part == "list") {
				_, _ = w.Write([]byte(picture))
				return
			}
			site.ServeHTTP(w, r)
		})
		shelf := &servicetest.Shelf{}
		r := over(t, handler, options(), func(o *service.Options) { o.Shelf = shelf })
		shelf.Now = r.Clock.Now
		blocked.Store(true)
		if p := pullAll(t, r.source, pipeline.Request{}); !errors.Is(p.err, service.ErrLayout) || len(p.obs) != 0 {
			t.Errorf("%s: %d observations, %v", part, len(p.obs), p.err)
		}
		blocked.Store(false)
		if p := pullAll(t, r.source, pipeline.Request{}); p.err != nil || len(p.obs) != 25 {
			t.Errorf("%s, unblocked: %d observations, %v", part, len(p.obs), p.err)
		}
		r.Forget()
		if p := pullAll(t, r.source, pipeline.Request{}); p.err != nil || len(p.obs) != 25 || len(r.Asked()) != 0 {
			t.Errorf("%s, from the shelf: %d observations, %d calls, %v", part, len(p.obs), len(r.Asked()), p.err)
		}
	}
}

// TestPictureIsNotTheEnd: a refusal in place of a further page is not the end of the list.
func TestPictureIsNotTheEnd(t *testing.T) {
	var blocked atomic.Bool
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page, _ := strconv.Atoi(r.PostFormValue("page"))
		switch {
		case r.URL.Path == "/robots.txt":
		case page == 2:
			blocked.Store(true)
			fallthrough
		case blocked.Load():
			_, _ = w.Write([]byte(picture))
		default:
			_, _ = fmt.Fprintf(w, `<div class="card"><h5 class="card-title"><a href="/d/%d">Выдумка-%d</a></h5><p class="card-text">Россия</p></div>`, page, page)
		}
	})
	o := options()
	o.Layout, o.List = "itegroup", "/data"
	p := pullAll(t, over(t, handler, o, nil).source, pipeline.Request{})
	if !errors.Is(p.err, service.ErrLayout) || len(p.obs) != 1 {
		t.Errorf("%d observations, %v", len(p.obs), p.err)
	}
}
