// Package fetch is the one way in which the program asks other people's
// servers for something: under its own name with a contact, at a pace per
// host, waiting when told to, within limits of time and size, and never at an
// address inside the house.
//
// Get brings a page, Download a zip archive, however often the connection
// breaks. Both ask only for what has changed.
//
// A Guest is the same for going through strangers' sites: an http.RoundTripper
// that obeys robots.txt and dials only addresses that it has checked.
//
// Besides the errors below there are pipeline.ErrTooLarge, ErrUnknownForm (an
// HTML page where a zip was expected), ErrEmpty and ErrDamaged. No error holds
// more of a URL than scheme, host and path.
package fetch
