package main

import "obzvon/pipeline/gate"

// desk is what the pages work on: the house that is in force now, and the gate
// that everybody passes who works on its store.
type desk struct {
	app  *app
	gate *gate.Gate
	live func() *house
}
