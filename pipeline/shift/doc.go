// Package shift is who works the nights of a server: it begins them by the clock,
// makes up for those that were missed, tries failed ones again, tells how far the
// one in hand has come, and never runs two at once.
package shift
