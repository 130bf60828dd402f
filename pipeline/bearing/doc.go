// Package bearing knows designations of rolling bearings: what a number means by
// ГОСТ 3189 and by ISO 15, which is which, and how makers write the same bearing.
// The same digits can name two different bearings; such a number is said to be
// unclear and never guessed.
package bearing
