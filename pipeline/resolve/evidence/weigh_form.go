package evidence

// findForm compares legal forms. Where the firm's is known by its ИНН only, it
// is some entity or a person.
func (c *comparison) findForm() finding {
	f := finding{kind: kindForm}
	ours, theirs := c.listing.forms, c.firm.forms
	if ours == 0 || theirs == 0 {
		return f
	}
	named := theirs &^ formEntity
	switch common := ours & named; {
	case common != 0:
		f.agrees, f.weight, f.odds = true, max(0, weight(sameForm.m, common.share())), sameForm.odds()
	case named == 0 && ours&formsOfEntities != 0:
		f.agrees, f.weight, f.odds = true, max(0, weight(sameForm.m, shareOfEntities)), sameForm.odds()
	case (ours&formPerson != 0) != (theirs&formPerson != 0):
		f.weight, f.odds = weight(otherNature.m, 1-shareOfEntities), otherNature.odds()
	default:
		f.weight, f.odds = weight(otherForm.m, shareOfEntities), otherForm.odds()
	}
	f.value = ours.String()
	return f
}
