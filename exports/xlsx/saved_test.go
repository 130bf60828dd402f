package xlsx_test

import (
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// A book's decisions are as old as the file says that it was saved, never older
// than the book.
func TestReturnedSaved(t *testing.T) {
	at := func(hour, minute int) time.Time {
		return time.Date(2026, time.November, 20, hour, minute, 0, 0, time.UTC)
	}
	tests := []struct {
		name, issued, modified string
		want                   time.Time
	}{
		{"not saved since", "2026-11-20 23:10 МСК", "", at(20, 10)},
		{"saved", "2026-11-20 23:10 МСК", "2026-11-21T15:00:00Z", at(39, 0)},
		{"saved elsewhere", "2026-11-20 23:10 МСК", "2026-11-21T18:00:00+03:00", at(39, 0)},
		{"before it was made", "2026-11-20 23:10 МСК", "2006-09-16T00:00:00Z", at(20, 10)},
		{"no date", "2026-11-20 23:10 МСК", "вчера", at(20, 10)},
		{"a seller in Yekaterinburg", "20.11.2026 23:10 МСК+2", "", at(18, 10)},
		{"a seller in Kaliningrad", "20.11.2026 23:10 МСК-1", "", at(21, 10)},
		{"no zone on earth", "20.11.2026 23:10 МСК+99999999999", "", at(20, 10)},
		{"nothing known", "никогда", "never", at(72, 0)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			book := short(false)
			book.Issued = tt.issued
			got, err := returned(t, write(t, book)[0].Path, func(f *excelize.File, _ func(string, int) string) {
				if tt.modified == "" {
					return
				}
				if err := f.SetDocProps(&excelize.DocProperties{Modified: tt.modified}); err != nil {
					t.Fatal(err)
				}
			})
			if err != nil {
				t.Fatal(err)
			}
			if !got.Saved.Equal(tt.want) {
				t.Errorf("saved %v, want %v", got.Saved, tt.want)
			}
		})
	}
	f := func(f *excelize.File, _ func(string, int) string) {
		f.Pkg.Delete("docProps/core.xml")
	}
	got, err := returned(t, write(t, short(false))[0].Path, f)
	if err != nil || !got.Saved.Equal(at(20, 10)) {
		t.Errorf("without properties: saved %+v, %v", got, err)
	}
}
