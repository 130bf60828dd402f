// Package company holds the words every other part of the program speaks in:
// the Russian identifiers (ИНН, ОГРН, КПП, ОКВЭД), names, phones, e-mails,
// sites and regions, and the three layers of knowledge about a firm:
// an Observation is what one source says, a Fact is one value in it, and a
// Company is derived from all observations of one ИНН.
//
// It imports nothing else of this program.
package company
