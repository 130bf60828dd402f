// Package egrul reads the registers of legal entities (ЕГРЮЛ) and of sole
// proprietors (ЕГРИП) as ФНС hands them out: XML files, alone or in zips, in
// windows-1251 or UTF-8.
//
// Both envelopes are read: EGRUL and EGRIP with СвЮЛ and СвИП right below (the
// archives for subscribers), and Файл/Документ/СвЮЛ or СвИП (the exchange of
// open data, whose КолДок must equal the number of Документ). Structure
// versions 4.04 to 4.08 are known, later ones of the fourth kind are read, any
// other is refused. An element that this package does not know is no error.
//
// # What is a batch
//
// One XML file, be it a member of a zip, is one batch, in the order of the
// input. It is yielded only after its checksum, its end tag and its КолДок were
// found right, so nothing of a broken file counts as read. The schema allows
// 1 000 companies in a file and the exchange puts 200 into one; a file of more
// than 256 MiB or 100 000 documents is refused with words.
//
// # What is taken
//
// A company is taken when its main code or the main code of its own reporting
// (from 4.08) is wanted, when additional codes count and one of them is wanted,
// or when its ИНН is held already.
//
// One that has ended is taken if it is held, or if its code is wanted and it
// ended at most 400 days before Request.Now: another registry may show it still,
// and whoever has it from there must learn that it is gone. Without a day of the
// end, or without a clock, only being held counts. So of the same input a pull
// of a later night can take fewer.
//
// The same ИНН several times in one file is one observation: of one ОГРН the
// latest ДатаВып decides, of equal dates the greater content, of several ОГРНИП
// of one person the one that has not ended; all its rows count alike. A person's
// registration that has ended is dated by the entry that says so, so that it is
// no news of a present one that comes in another file.
//
// What comes in several files is for the reader of the batches, who keeps the
// newest of a key. Where the newest is not taken, since its codes are no longer
// wanted or it ended too long ago, what an older file says stays; of the latter
// Advice warns when inputs are far apart.
//
// # What is missing
//
// Nothing can be told from absence. A daily archive holds what changed on that
// day, a full archive comes in many parts, of which one may have been left out,
// and neither says how many companies there are. So no release is whole.
//
// A file that is cut, damaged or not of these registers becomes a gap with as
// many unread rows as it declares, and the pull goes on. Only when nothing at
// all could be read does the pull end in an error.
//
// # Persons
//
// Names and telephones of officers are read only if the request asks for named
// people; their own ИНН never are. A rejected row keeps what names the company,
// not the blocks that name people.
package egrul
