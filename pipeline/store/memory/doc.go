// Package memory is the store without a disk: the plainest implementation of
// the port, for tests and trials. It copies what goes in and what comes out.
package memory
