// Package fetchtest is for tests of what is fetched: a server on the loopback
// that replays files and breaks in the ways that real ones do, a clock that
// waits for nobody, a disk that dies.
package fetchtest
