package record

import "obzvon/pipeline/company"

// numbered are the fields in the order of their numbers, from 1. The numbers
// stand in stores: add at the end only.
var numbered = [...]company.Field{
	company.FieldNameFull, company.FieldNameShort, company.FieldNameBrand, company.FieldDescription,
	company.FieldOGRN, company.FieldKPP,
	company.FieldOKVEDMain, company.FieldOKVEDExtra, company.FieldOKVEDReported, company.FieldOKVEDRepExtra,
	company.FieldRubric, company.FieldRegion, company.FieldCity, company.FieldDistrict, company.FieldAddress,
	company.FieldZone, company.FieldPhone, company.FieldEmail, company.FieldSite,
	company.FieldHeadcount, company.FieldRevenue, company.FieldProfit,
	company.FieldSME, company.FieldSMESince, company.FieldRegistered, company.FieldStatus, company.FieldStatusText,
	company.FieldBranch, company.FieldHours, company.FieldHeadName, company.FieldHeadPost,
	company.FieldLicence, company.FieldProduct, company.FieldCard,
	company.FieldExpense, company.FieldTax, company.FieldDebt, company.FieldFine, company.FieldRegime,
	company.FieldCapital, company.FieldManager, company.FieldAddressDoubt,
	company.FieldPrintedINN, company.FieldPrintedOGRN, company.FieldMessenger,
	company.FieldContactDuty, company.FieldContactPost, company.FieldContactName, company.FieldContactPhone,
	company.FieldContactEmail, company.FieldContactPage,
	company.FieldTenderDeadline, company.FieldTenderSubject, company.FieldTenderPage,
	company.FieldTenderDay, company.FieldTenderPrice,
	company.FieldSupplyDay, company.FieldSupplySubject, company.FieldSupplyFrom, company.FieldSupplyPrice, company.FieldSupplyPage,
	company.FieldFairTitle, company.FieldFairDay, company.FieldFairStand, company.FieldRisk,
}

var numbers = func() map[company.Field]byte {
	m := make(map[company.Field]byte, len(numbered))
	for i, f := range numbered {
		m[f] = byte(i + 1)
	}
	return m
}()

// numberOf is 0 for a field without a number.
func numberOf(f company.Field) byte { return numbers[f] }

// fieldOf is "" for a number that no field has.
func fieldOf(n byte) company.Field {
	if n == 0 || int(n) > len(numbered) {
		return ""
	}
	return numbered[n-1]
}
