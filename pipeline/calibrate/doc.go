// Package calibrate holds the weights of the segments file against what came of
// the calls.
//
// Below a threshold of outcomes it only counts, signal by signal. Above it, it
// fits what the program's own formula would have to be for the outcomes to be
// likely: the chance of interest is logistic in the score, and the score stays a
// sum of points, capped by group. Today's points, times a slope of their own,
// are where it starts from, and how far it may leave them is decided by
// cross-validation; of who is interested, which few outcomes tell, the mean of
// many fits is taken. Nothing is changed by itself: what comes out is a
// suggestion beside today's file.
package calibrate
