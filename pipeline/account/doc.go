// Package account knows who may open the pages, and lets them in: roles, rules for
// names and passwords, hashes of passwords, sessions, and how slow it gets for whoever
// guesses.
//
// Users changes accounts, Door lets people in. Of one store there should be one Users
// at a time in a process: its changes read, then write. Neither ever writes a
// password or a token anywhere but First, which writes one to a file on purpose.
package account
