// Package page is what all pages have in common: who looks at them, how they are
// laid out, how what went wrong is said, and how words and figures are written.
// The packages beside it are the pages of one kind of reader each; they know
// this package and nothing of each other.
package page
