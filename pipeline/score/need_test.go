package score

import (
	"strings"
	"testing"

	"obzvon/pipeline/company"
)

// needs of a company: its service code and whatever else.
func needy(facts ...fact) *company.Company {
	return firm(inn10(1), append(facts, f(company.FieldOKVEDMain, "45.20"), f(company.FieldStatus, "active")))
}

func explainWatched(t *testing.T, w Watch, c *company.Company) *Explanation {
	t.Helper()
	return explain(t, Options{Watched: w}, c)
}

func TestNeedEvidence(t *testing.T) {
	tender1 := []fact{
		fk(company.FieldTenderDeadline, "1", "2026-12-02"), fk(company.FieldTenderDay, "1", "2026-11-12"),
		fk(company.FieldTenderSubject, "1", "Поставка подшипников  качения"), fk(company.FieldTenderPrice, "1", "1250000"),
	}
	fair := []fact{fk(company.FieldFairDay, "m", "2026-12-13"), fk(company.FieldFairTitle, "m", "Металлообработка-2026")}
	supply := []fact{
		fk(company.FieldSupplyDay, "7", "2026-03-12"), fk(company.FieldSupplyFrom, "7", "ООО «Образец-Опора»"), fk(company.FieldSupplyPrice, "7", "480000"),
	}
	tests := []struct {
		name, signal string
		facts        []fact
		want         string
		points       Points
	}{
		{"open", "tender", tender1, "приём заявок до 02.12.2026, осталось 9 дней: Поставка подшипников качения, 1,3 млн ₽", 10 * Point},
		{"two days left", "tender", []fact{fk(company.FieldTenderDeadline, "1", "2026-11-25")}, "приём заявок до 25.11.2026, осталось 2 дня", 5 * Point},
		{"its last day", "tender", []fact{fk(company.FieldTenderDeadline, "1", "2026-11-23")}, "приём заявок до 23.11.2026, сегодня последний день", 5 * Point},
		{"closed", "tender", []fact{fk(company.FieldTenderDeadline, "1", "2026-11-22")}, "открытых нет, последний закрыт 22.11.2026", 0},
		{"of two the longest", "tender", append(tender1, fk(company.FieldTenderDeadline, "0", "2026-11-24")), "приём заявок до 02.12.2026, осталось 9 дней: Поставка подшипников качения, 1,3 млн ₽", 10 * Point},
		{"notice", "tender_past", tender1, "последнее извещение 12.11.2026, 11 дней назад: Поставка подшипников качения", 6 * Point},
		{"notice of last spring", "tender_past", []fact{fk(company.FieldTenderDay, "1", "2026-05-12")}, "последнее извещение 12.05.2026, 195 дней назад", 3 * Point},
		{"notice of long ago", "tender_past", []fact{fk(company.FieldTenderDay, "1", "2024-05-12")}, "последнее извещение 12.05.2024, 925 дней назад", 0},
		{"no day of the notice", "tender_past", []fact{fk(company.FieldTenderDeadline, "1", "2026-12-02")}, "приём заявок до 02.12.2026, когда объявлен, не сказано", 6 * Point},
		{"a fair to come", "exhibition", fair, "выставка «Металлообработка-2026», начало 13.12.2026, осталось 20 дней", 4 * Point},
		{"a fair of the summer", "exhibition", []fact{fk(company.FieldFairDay, "m", "2026-07-01")}, "выставка, начало 01.07.2026, 145 дней назад", 2 * Point},
		{"a fair of last year", "exhibition", []fact{fk(company.FieldFairDay, "m", "2025-07-01")}, "выставка, начало 01.07.2025, 510 дней назад", 0},
		{"contract", "competitor_client", supply, "контракт от 12.03.2026, 256 дней назад: ООО «Образец-Опора», 480 тыс. ₽", 5 * Point},
		{"contract of three years ago", "competitor_client", []fact{fk(company.FieldSupplyDay, "7", "2023-03-12")}, "контракт от 12.03.2023, 1\u00a0352 дня назад", 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			c := contributionOf(t, explainWatched(t, Watch{}, needy(tt.facts...)), tt.signal)
			if !c.Known || c.Evidence != tt.want || c.Points != tt.points || c.Source != "rsmp" {
				t.Errorf("%+v, want %q for %s", c, tt.want, tt.points)
			}
		})
	}
}

// Of what no source in force tells nothing is known; where one tells, silence means
// that there is none.
func TestNeedsAreUnknownUntilASourceTells(t *testing.T) {
	for _, tt := range []struct {
		signal, none string
		field        company.Field
	}{
		{"tender", "открытых тендеров нет", company.FieldTenderDeadline},
		{"tender_past", "тендеров не видно", company.FieldTenderDay},
		{"exhibition", "в списках участников выставок нет", company.FieldFairDay},
		{"competitor_client", "контрактов с другими поставщиками не видно", company.FieldSupplyDay},
	} {
		silent := explainWatched(t, Watch{}, needy())
		if c := contributionOf(t, silent, tt.signal); c.Known || !strings.HasPrefix(c.Evidence, "неизвестно") {
			t.Errorf("%s: no source tells, and yet %+v", tt.signal, c)
		}
		var w Watch
		w.Gives(tt.field)
		told := explainWatched(t, w, needy())
		if c := contributionOf(t, told, tt.signal); !c.Known || c.Points != 0 || c.Evidence != tt.none {
			t.Errorf("%s: a source tells of others, and yet %+v", tt.signal, c)
		}
		if told.Known <= silent.Known {
			t.Errorf("%s: %d ‰ known with a source, %d ‰ without", tt.signal, told.Known, silent.Known)
		}
	}
}

func TestWhyTellsOfNeeds(t *testing.T) {
	facts := []fact{
		fk(company.FieldTenderDeadline, "1", "2026-12-02"), fk(company.FieldSupplyDay, "7", "2026-03-12"), fk(company.FieldSupplyFrom, "7", "ООО «Образец-Опора»"),
		fk(company.FieldFairDay, "m", "2026-12-13"), fk(company.FieldFairTitle, "m", "Металлообработка-2026"),
	}
	why := explainWatched(t, Watch{}, needy(facts...)).Why
	for _, want := range []string{"открыт тендер до 02.12.2026", "покупает у другого поставщика (контракт от 12.03.2026)"} {
		if !strings.Contains(why, want) {
			t.Errorf("no %q in %q", want, why)
		}
	}
	if strings.Contains(why, "Образец-Опора") {
		t.Errorf("%q names the competitor", why)
	}
}

func TestRisks(t *testing.T) {
	for _, tt := range []struct {
		name   string
		risks  []company.Risk
		veto   string
		status Points // of one point
		text   string
		note   string
	}{
		{"none", nil, "", Point, "действующая", ""},
		{"a case goes on", []company.Risk{company.RiskBankruptcy, company.RiskDoubt}, VetoBankruptcy, 0, "", ""},
		{"unfair", []company.Risk{company.RiskUnfair}, "", Point, "действующая", "Внимание: в реестре недобросовестных поставщиков."},
		{"two others", []company.Risk{company.RiskMassAddress, company.RiskNoReports}, "", 0, "адрес массовой регистрации, больше года без отчётности", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var facts []fact
			for _, r := range tt.risks {
				facts = append(facts, f(company.FieldRisk, string(r)))
			}
			e := explainWatched(t, Watch{}, needy(facts...))
			if tt.veto != "" {
				if e.Lead || len(e.Vetoes) != 1 || e.Vetoes[0] != NewVeto(tt.veto) || e.Vetoes[0].Text != "идёт дело о банкротстве" {
					t.Errorf("vetoes %+v", e.Vetoes)
				}
				return
			}
			c := contributionOf(t, e, "status_clean")
			if !c.Known || c.Points != tt.status || c.Evidence != tt.text || !e.Lead {
				t.Errorf("%+v", c)
			}
			if !strings.HasSuffix(e.Why, tt.note) || (tt.note == "") != (len(e.Notes) == 0) {
				t.Errorf("why %q, notes %q", e.Why, e.Notes)
			}
		})
	}
}

// A risk tells of the status also where no registry names it.
func TestRiskWithoutStatus(t *testing.T) {
	e := explain(t, Options{}, firm(inn10(1), []fact{f(company.FieldOKVEDMain, "45.20"), f(company.FieldRisk, "doubt")}))
	if c := contributionOf(t, e, "status_clean"); !c.Known || c.Points != 0 || c.Evidence != "сведения в реестре недостоверны" {
		t.Errorf("%+v", c)
	}
}

func TestRiskBitsAreOnePerRisk(t *testing.T) {
	var all Risks
	for _, r := range []company.Risk{
		company.RiskBankruptcy, company.RiskUnfair, company.RiskMassAddress, company.RiskMassHead,
		company.RiskDisqualified, company.RiskDoubt, company.RiskTaxDebt, company.RiskNoReports,
	} {
		bit := riskOf(r)
		if bit == 0 || all&bit != 0 || r.Title() == "" {
			t.Errorf("%s has the bit %08b beside %08b", r, bit, all)
		}
		all |= bit
	}
	if all != 0xff || riskOf("another") != 0 {
		t.Errorf("bits %08b", all)
	}
}
