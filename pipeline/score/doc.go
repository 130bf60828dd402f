// Package score turns companies into leads: which segments a company fits,
// how many points it gets and why.
//
// It works in two steps. A Matcher compares a company with the segments' codes,
// words and rubrics and makes a Row: a few dozen bytes that hold everything
// scoring needs. A Scorer gives points to rows. New weights therefore rescore
// millions of stored rows without looking at one company again; only a new
// match part (codes, words, rubrics, vetoes) asks for new rows, see Tag.
//
// Points are whole thousandths, so that sums are exact: the contributions of
// an Explanation add up to the Total of Score to the last digit.
package score
