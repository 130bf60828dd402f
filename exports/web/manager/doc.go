// Package manager is the pages of those who call: the list of the day, what came
// of each call, the upload of filled lists, and a company's card. A manager sees
// what is his; the head sees what every manager sees.
package manager
