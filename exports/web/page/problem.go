package page

import (
	"fmt"
	"net/http"
)

// Problem is what the reader is told when something cannot be done. It says what
// to do about it.
type Problem struct {
	Status int    // of HTTP
	Title  string // Russian, short
	Text   string // Russian: what to do
	Err    error  // for the log; may be nil
}

func (p *Problem) Error() string {
	if p.Err != nil {
		return fmt.Sprintf("%d %s: %v", p.Status, http.StatusText(p.Status), p.Err)
	}
	return fmt.Sprintf("%d %s: %s", p.Status, http.StatusText(p.Status), p.Text)
}

// Unwrap gives the cause.
func (p *Problem) Unwrap() error { return p.Err }

// NotFound says that there is no such thing.
func NotFound(text string) error {
	return &Problem{Status: http.StatusNotFound, Title: "Здесь ничего нет", Text: text}
}

// Forbidden says that the thing is somebody else's.
func Forbidden(text string) error {
	return &Problem{Status: http.StatusForbidden, Title: "Сюда нельзя", Text: text}
}

// Wrong says what is wrong with what was sent.
func Wrong(text string, err error) error {
	return &Problem{Status: http.StatusBadRequest, Title: "Не получилось", Text: text, Err: err}
}

// Busy says that something else goes on that does not bear this.
func Busy(text string, err error) error {
	return &Problem{Status: http.StatusConflict, Title: "Сейчас занято", Text: text, Err: err}
}

// TooLarge says that what was sent is too large.
func TooLarge(text string, err error) error {
	return &Problem{Status: http.StatusRequestEntityTooLarge, Title: "Слишком большой файл", Text: text, Err: err}
}
