// Package website fills in what a company's own site says of it: numbers,
// addresses, whom to ask for, the ИНН that tells whose the site is.
//
// A visit is short: the home page, then the few pages that by their links most
// likely hold contacts or requisites. No script is run, no form is filled in, no
// file is fetched. How to behave on the way (robots.txt, pace, addresses inside
// the house, sizes) is the business of the Web that carries the requests; where
// to go and when to stop is this package's.
//
// What is found is the company's when the site prints its ИНН or ОГРН, or none at
// all. Where only others' are printed, it goes out without an ИНН and with what
// was printed, for matching to decide.
package website
