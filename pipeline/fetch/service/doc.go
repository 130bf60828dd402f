// Package service asks the interfaces of company-data services, directories and
// registries: what all of them have in common, so that an adapter holds only what
// is its own. Pace per key, attempts with growing pauses, Retry-After, a budget
// that is debited before each call, answers kept so that what costs money is asked
// once, bounds of size, UTF-8 whatever came, and errors that are told apart.
//
// The network below (pace per host, addresses inside the house, the program's name)
// is package fetch's.
package service
