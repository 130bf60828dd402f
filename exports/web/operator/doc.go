// Package operator is the pages of whoever runs the server: the night, health,
// accounts, the stop list, forgetting, and the log of what was done.
package operator
