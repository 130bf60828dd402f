// Package census invents a registry of companies and the listings that
// directories have of them, with known truth, to judge how well listings are
// joined to companies. It knows nothing of how they are joined.
//
// A world is a function of its Spec: companies are made one by one, in the
// order of their ИНН, and never held. What happens how often stands in rates.go.
//
// # Who is counted
//
// Precision is the share of right joins among all joins of listings, those of
// firms that the registry does not have included: every such join is wrong.
//
// Recall is counted over three bases, each smaller than the one before:
//
//   - all listings whose firm is in the registry;
//   - of these the linked ones: something that they show, or that a site or
//     another listing of the same firm shows that goes with them, agrees with
//     something that a source with an ИНН says of the firm. Names agree whatever
//     the spelling; to be in one town, or in one trade, is no agreement;
//   - of these the decidable ones: no other firm agrees in all in which the firm
//     agrees. Other firms are all of the world, those that the registry does not
//     have included (a quarter as many as it has): they are listed as often. So
//     a listing «Вектор» is not decidable by its name alone in a town where a
//     second firm is called so or has the sign; it is where there is none,
//     however common the name is elsewhere. Nor is a listing whose name says
//     nothing by its address alone where another firm is in the house. A phone,
//     mailbox or domain of the firm's own, the ИНН that its site prints, name
//     with address, name with the domain of a group always decide.
//
// The figure to reach is that over the decidable ones. Joins that are right by
// luck where nothing decides count for precision and for the recall over all,
// and not among the decidable.
//
// Decidable does not mean certain. Whoever sees one «Стройсервис» registered in
// a town cannot know that the town has no second one which is not registered,
// so no matcher joins all decidable listings without mistakes. One that joins
// whatever a contact or an address with the name ties, and of the others those
// classes of names (by how many companies bear one, and the size of the town)
// that are right most often, comes to a recall of some 0.93 at a precision of
// 0.995, of 100,000 listings against 1,000,000 companies.
//
// # What is left out
//
// Two firms of one owner, a company and a sole proprietor, that share phone,
// sign and address outside of a group: of which of them a listing is has no
// answer that a census could call true. Names are spelled without the slips
// that keying Cyrillic on a Latin layout makes, and addresses without typos.
//
// What sites print (observations of SourceSite) is tallied apart: joining it is
// easy where an ИНН is printed, and would make the figures of listings better
// than they are.
package census
