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
		f.agrees, f.weight = true, max(0, weight(mForm, common.share()))
	case named == 0 && ours&formsOfEntities != 0:
		f.agrees, f.weight = true, max(0, weight(mForm, shareOfEntities))
	case (ours&formPerson != 0) != (theirs&formPerson != 0):
		f.weight = weight(otherNature, (1 - shareOfEntities))
	default:
		f.weight = weight(otherForm, shareOfEntities)
	}
	f.value = ours.String()
	return f
}
