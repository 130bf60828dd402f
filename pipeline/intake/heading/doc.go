// Package heading understands tables that people bring: which row is the header,
// what each column is called in the contract of «Обзвон», and how a table saved
// as text (CSV) is cut into rows. It interprets no value.
//
// Where a table cannot be taken the error is a *Refusal: its Advice says in
// Russian what the person who brought the file can do.
package heading
