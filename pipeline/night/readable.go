package night

import (
	"strconv"
	"strings"

	"obzvon/pipeline/company"
)

// readable is a stored value as people write it.
func readable(f company.Field, value string) string {
	switch f {
	case company.FieldContactDuty:
		if title := company.Duty(value).Title(); title != "" {
			return title
		}
	case company.FieldPhone, company.FieldContactPhone:
		if p, ok := company.PhoneFromValue(value); ok {
			return p.Pretty()
		}
	case company.FieldMessenger:
		return messengerText(value)
	case company.FieldRegion:
		if r, ok := company.RegionByCode(value); ok {
			return r.Name
		}
	case company.FieldRegistered, company.FieldSMESince, company.FieldTenderDeadline, company.FieldTenderDay, company.FieldSupplyDay, company.FieldFairDay:
		if d, err := company.ParseDate(value); err == nil {
			return d.Russian()
		}
	case company.FieldOKVEDMain, company.FieldOKVEDReported, company.FieldOKVEDExtra, company.FieldOKVEDRepExtra:
		if name, ok := company.OKVED(value).Name(); ok {
			return value + " " + name
		}
	case company.FieldRevenue, company.FieldProfit, company.FieldExpense, company.FieldTax, company.FieldDebt,
		company.FieldFine, company.FieldCapital, company.FieldTenderPrice, company.FieldSupplyPrice:
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			return thousands(n) + " ₽"
		}
	case company.FieldSME:
		return categoryText(value)
	case company.FieldRisk:
		if title := company.Risk(value).Title(); title != "" {
			return title
		}
	case company.FieldStatus:
		return statusText(company.Status(value))
	}
	return value
}

// messengerText names a messenger as its owner does: «Telegram @firma».
func messengerText(value string) string {
	service, id, ok := strings.Cut(value, ":")
	title := messengers[service]
	if !ok || title == "" {
		return value
	}
	if p, ok := company.PhoneFromValue(id); ok {
		id = p.Pretty()
	}
	return title + " " + id
}

var messengers = map[string]string{"telegram": "Telegram", "whatsapp": "WhatsApp", "viber": "Viber", "max": "MAX", "skype": "Skype"}

// beside puts fields that came to the list of fields later where people look
// for them: after the field given.
var beside = map[company.Field]company.Field{
	company.FieldExpense: company.FieldRevenue, company.FieldTax: company.FieldProfit, company.FieldDebt: company.FieldTax,
	company.FieldFine: company.FieldDebt, company.FieldCapital: company.FieldFine, company.FieldRegime: company.FieldCapital,
	company.FieldContactDuty: company.FieldHeadPost, company.FieldContactName: company.FieldContactDuty,
	company.FieldContactPost: company.FieldContactName, company.FieldContactPhone: company.FieldContactPost,
	company.FieldContactEmail: company.FieldContactPhone, company.FieldContactPage: company.FieldContactEmail,
	company.FieldMessenger: company.FieldEmail, company.FieldPrintedINN: company.FieldSite, company.FieldPrintedOGRN: company.FieldPrintedINN,
	company.FieldManager: company.FieldContactPage, company.FieldAddressDoubt: company.FieldAddress,
}

// readingOrder gives each field its place for a reader: money together,
// whatever numbers the fields have in the store.
func readingOrder() map[company.Field]int {
	order := map[company.Field]int{}
	var add func(company.Field)
	add = func(f company.Field) {
		order[f] = len(order)
		for _, other := range company.Fields() {
			if beside[other.Field] == f {
				add(other.Field)
			}
		}
	}
	for _, info := range company.Fields() {
		if beside[info.Field] == "" {
			add(info.Field)
		}
	}
	return order
}

func categoryText(code string) string {
	switch code {
	case "1":
		return "микропредприятие"
	case "2":
		return "малое предприятие"
	case "3":
		return "среднее предприятие"
	}
	return code
}

func statusText(s company.Status) string {
	switch s {
	case company.StatusActive:
		return "действующая"
	case company.StatusReorganizing:
		return "реорганизуется"
	case company.StatusLiquidating:
		return "ликвидируется"
	case company.StatusLiquidated:
		return "ликвидирована"
	case company.StatusBankrupt:
		return "банкротство"
	case company.StatusUnknown:
	}
	return string(s)
}

// thousands groups digits by three with a narrow no-break space: 17 100 000.
func thousands(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var b strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteRune('\u202f')
		}
		b.WriteRune(d)
	}
	return sign + b.String()
}
