// Package robots reads robots.txt as RFC 9309 tells: of all groups that name
// our product token, or else of those for everybody, the rules together; of
// the rules that match a URI the longest counts, and Allow before Disallow
// when they are as long; "*" and a last "$" are special; both sides are
// compared with their octets percent-encoded alike.
//
// The public parsers that resolve were weighed: temoto/robotstxt compiles
// wildcards to expressions that may match in the middle of a path and drops
// the whole file for one bad line; jimsmart/grobotstxt, a port of Google's,
// reads the file anew at each question, knows no Crawl-delay and does not
// decode octets that need no encoding (RFC 9309, section 2.2.2).
package robots
