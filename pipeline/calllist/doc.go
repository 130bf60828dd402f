// Package calllist makes the day's call list: which working day it is for,
// whom the strategy's phase lets in, who can be dialled in common hours, in
// what order, by which manager. A list once issued is frozen; only the stop
// list takes rows out of it afterwards.
package calllist
