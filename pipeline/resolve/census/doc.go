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
//   - of these the decidable ones: no other company of the registry agrees in
//     all in which the firm agrees. Without a phone, an address or a domain that
//     agrees, a listing «Вектор» in a town with two «Вектор» of equal legal form
//     is not decidable, nor is one in a town where neither is; a name that only
//     one company of the town has is, however common it is elsewhere.
//
// The figure to reach is that over the decidable ones. Joins that are right by
// luck where nothing decides count for precision and for the recall over all,
// and not among the decidable.
//
// What sites print (observations of SourceSite) is tallied apart: joining it is
// easy where an ИНН is printed, and would make the figures of listings better
// than they are.
package census
