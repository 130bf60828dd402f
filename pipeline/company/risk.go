package company

// Risk is what a registry of trouble says of a company.
type Risk string

// The risks.
const (
	RiskBankruptcy   Risk = "bankruptcy"   // messages of a bankruptcy case that goes on (ЕФРСБ)
	RiskUnfair       Risk = "unfair"       // on the list of unfair suppliers (РНП, 44-ФЗ art. 104)
	RiskMassAddress  Risk = "mass_address" // an address of mass registration
	RiskMassHead     Risk = "mass_head"    // the head or founder of very many firms
	RiskDisqualified Risk = "disqualified" // a disqualified person among the heads
	RiskDoubt        Risk = "doubt"        // the registry doubts what it holds of the firm
	RiskTaxDebt      Risk = "tax_debt"     // owes taxes that bailiffs collect
	RiskNoReports    Risk = "no_reports"   // has not reported for a year and more
)

// Title is how people read it.
func (r Risk) Title() string { return riskTitles[r] }

var riskTitles = map[Risk]string{
	RiskBankruptcy:   "идёт дело о банкротстве",
	RiskUnfair:       "в реестре недобросовестных поставщиков",
	RiskMassAddress:  "адрес массовой регистрации",
	RiskMassHead:     "массовый руководитель или учредитель",
	RiskDisqualified: "дисквалифицированное лицо в руководстве",
	RiskDoubt:        "сведения в реестре недостоверны",
	RiskTaxDebt:      "долг по налогам у приставов",
	RiskNoReports:    "больше года без отчётности",
}
