// Package web serves the pages: one for each kind of reader, rendered here, in
// Russian, without a script that is not our own. It knows ports only; what
// stands behind them is wired by the command.
package web
