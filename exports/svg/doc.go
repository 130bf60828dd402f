// Package svg draws charts as SVG documents that need nothing else: no script, no
// font file, no address. Texts are those of the chart, numbers are written as
// Russians do. The same chart gives the same bytes.
package svg
