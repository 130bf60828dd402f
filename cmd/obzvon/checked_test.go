package main

import (
	"net/http"
	"strings"
	"testing"

	"obzvon/pipeline/fetch/fetchtest"
)

// A check of a set asks its page once and fetches nothing, whatever is here.
func TestCheckAsksOnlyThePage(t *testing.T) {
	of := allPublished()[0]
	s := newSite(t, of)
	check := func(code int, words ...string) {
		t.Helper()
		s.Forget()
		e := s.obzvon("sources", "check", "set")
		if e.code != code {
			t.Errorf("exit %d, want %d: %s%s", e.code, code, e.out, e.err)
		}
		said(t, e.out+e.err, words...)
		for _, r := range s.Requests() {
			if strings.HasSuffix(r.Path, ".zip") {
				t.Errorf("asked for %s", r.Path)
			}
		}
		if n := len(s.Requests()); n == 0 {
			t.Error("asked for nothing")
		}
	}
	check(exitDone, "newest by its page: "+of.name+" of 2019-02-10; a run fetches it\n", "no release is here yet")
	if e := s.obzvon("sources"); e.code != exitDone || !strings.Contains(e.out, "ready") || strings.Contains(e.out, "here:") {
		t.Errorf("exit %d, %s%s", e.code, e.out, e.err)
	}
	if _, e := s.night(); e.code != exitDone {
		t.Fatal(e)
	}
	here := of.name + " of 2019-02-10, 241.2 KiB, read\n"
	check(exitDone, "here: "+here, "newest by its page: "+of.name+" of 2019-02-10; it is here", "380 rows read, 380 usable")
	if e := s.obzvon("sources"); e.code != exitDone || !strings.Contains(e.out, "set: here: "+here) {
		t.Errorf("exit %d, %s%s", e.code, e.out, e.err)
	}

	s.publish(of.later(), "2019-03-10")
	check(exitDone, "here: "+here, "newest by its page: "+of.later()+" of 2019-03-10; a run fetches it\n", "380 rows read")

	s.Always(folderOfSet, fetchtest.Status(http.StatusForbidden, ""))
	check(exitFailed, "here: "+here, "380 rows read", "check set: ask for the newest release: ", "403 Forbidden")
}
