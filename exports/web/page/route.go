package page

import (
	"io/fs"
	"net/http"
	"time"
)

// Handler answers a request. What it returns as an error is shown as a page: a
// *Problem in its own words, anything else as our own fault, and logged.
type Handler func(w http.ResponseWriter, r *http.Request) error

// Route is one address. Whoever is not logged in is sent to log in; whoever has
// none of the roles is refused.
type Route struct {
	Pattern string        // of http.ServeMux, with the method: "GET /lists/{day}"
	Roles   []Role        // who may; none = whoever is logged in
	Body    int64         // largest body of the request in bytes; 0 = 64 KiB
	Time    time.Duration // longest time of the answer; 0 = 30 s, below 0 = no end (a stream)
	Handle  Handler
}

// Link is an entry of the menu.
type Link struct {
	Title string // Russian
	Href  string
	Roles []Role
}

// Section is the pages of one package.
type Section struct {
	Name   string // its assets stand under /static/<name>/
	Title  string // Russian: the group of its links, for readers of several sections
	Links  []Link
	Routes []Route
	Assets fs.FS // scripts, styles, pictures at its root; nil = none
}
