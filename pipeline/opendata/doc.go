// Package opendata brings the data sets that ФНС publishes as releases: one
// zip now and then, named on the page of the set (its passport) and in
// meta.csv. A Set keeps the newest releases in a folder; a Source reads them
// from there through an adapter that only knows files.
package opendata
