// Package rsmp reads the registry of small and medium business that ФНС
// publishes each month as open data set 7707329152-rsmp.
//
// Input is the published zip, or XML files taken out of it. A zip is read
// member by member, several at a time; each member becomes one batch, in the
// order of the input, and only after its checksum, its root element and its
// number of documents were found right. Structure versions 4.01 to 4.06 are
// read, and later ones of the same fourth kind.
//
// # What is taken
//
// A document is taken when its main code or the main code of the firm's own
// reporting is wanted, when additional codes count and one of them is wanted,
// or when its ИНН is held already. Everything else is counted as not wanted.
// The same ИНН twice in one member is folded into one observation: the later
// ДатаСост stays, of equal dates the greater content; both rows count as
// taken.
//
// # How a file is read
//
// By a scanner of its own, since encoding/xml takes some twenty times as long
// as inflating. It goes from one '<' to the next. A document that has the form
// of the published ones is first looked at for its ИНН and codes; if the ИНН is
// right and not held and no code is wanted it is passed over. Any other is read
// wholly and checked for everything XML asks for: names, quotes, end tags,
// attributes twice, references, characters, UTF-8. The whole file is held to
// UTF-8 as its encoding, no DOCTYPE, one root element Файл with ТипИнф
// РЕЕСТРМСП and its end tag, КолДок documents, at most 32 levels, 64 attributes
// of an element and 4 MiB of a document; a member of a zip also to its length
// and checksum.
//
// In documents passed over, and only there, the scanner does not see: wrong
// names of end tags as long as their number is right, wrong syntax of
// attributes and attributes twice, unknown references, bytes that are no UTF-8
// or no characters, and more levels or attributes than allowed. It does see
// tags that are missing or too many, for which it also takes a raw '<' in a
// value. The tests hold it against encoding/xml: see compare there for what
// agreement is.
//
// Names with a prefix are foreign, of elements as of attributes, and names are
// of Latin and Russian letters.
//
// # Which release it is
//
// Absence from a whole release means gone, so all batches of one must carry
// one Release.ID. With whole: yes all inputs are one, named by the newest
// ДатаСост that their first members begin with. With auto an input named as a
// whole release is one by itself; of several, those of an older ДатаСост are
// left unread, and Source.Advice says so.
//
// # What is left out
//
// A wrong ИНН costs the document: it is quarantined with its bytes. Any other
// value that is not what it should be costs only itself: an ОГРН with a wrong
// control digit (the published data has them), a code of another shape or of
// the old classifier (ВерсОКВЭД 2001), an unknown region, a headcount that is
// no number, a date that is none.
//
// # What is missing
//
// A member that is cut, damaged or not of this registry becomes a gap with as
// many unread rows as it declares, an input that cannot be opened becomes a
// gap too, and the pull goes on. Only when nothing at all could be read does
// the pull end in an error.
package rsmp
