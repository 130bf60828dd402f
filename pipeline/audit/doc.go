// Package audit keeps who did what on the pages, when and from where: logins, what was
// downloaded, uploaded and changed. It is a file of JSON lines beside the store, only
// ever appended to; full ones are put aside under a number, and the oldest go.
//
// It holds nothing of those who are called: no phone, no ИНН, no name of a company,
// no e-mail. Personal data must be erasable, and a log that is rewritten proves
// nothing. So what a line tells of is named in a small alphabet (list and day, section,
// name of a file that this program gave), and whatever looks otherwise is withheld, not
// written: what strangers type into the field for a name may be anything. Names of
// accounts and addresses of the people who work with the pages stand in it.
package audit
