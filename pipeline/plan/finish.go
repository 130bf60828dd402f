package plan

// report puts together what was added up.
func (a *account) report() *Report {
	return &Report{
		Until: a.until, Start: a.period.start, Month: a.month, From: a.inMonth.from, YearFrom: a.inYear.from, Empty: !a.any,
		Work: a.workers(), Days: a.daysWorked(), Stages: a.stages(), Months: a.months(),
		Conversions: a.conversions(), Money: a.sum(), Forecast: a.forecast(),
		BySegment: a.sorted(bySegment, a.segmentTitles()), BySource: a.sorted(bySource, nil), ByPool: a.sorted(byPool, nil),
		ByTenth: a.sorted(byTenth, tenths[:]),
	}
}

var tenths = [...]string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "10"}

// segmentTitles are in the order of their file.
func (a *account) segmentTitles() []string {
	var out []string
	for i := range a.segments.Segments {
		out = append(out, a.segments.Segments[i].Title)
	}
	return out
}

// stages is the month's funnel, with what its targets come to by now.
func (a *account) stages() []Stage {
	first, last := a.period.first(a.month), a.period.last(a.month)
	gone, all := a.period.workdays(first, a.until), max(a.period.workdays(first, last), 1)
	var out []Stage
	for s := range stageCount {
		goal := targetOf(&a.config.Plan, s)
		out = append(out, Stage{
			ID: stageIDs[s], Title: stageTitles[s], Count: a.countsOf(a.month)[s],
			From: goal.From, To: goal.To, DueBy: goal.From * gone / all,
		})
	}
	return out
}

func (a *account) months() []MonthLine {
	var out []MonthLine
	for month := 1; month <= a.month; month++ {
		line := MonthLine{Month: month, From: a.period.first(month), Counts: map[string]int{}, Dials: a.dials[month], Revenue: a.revenue[month]}
		for s := range stageCount {
			line.Counts[stageIDs[s]] = a.countsOf(month)[s]
		}
		if spent, told := a.spent(month); told {
			line.Spent = &spent
		}
		out = append(out, line)
	}
	return out
}

var conversionTitles = [stageCount - 1]string{
	"Из контакта в потребность", "Из потребности в КП", "Из КП в тестовую партию", "Из тестовой партии в договор", "Из договора в повторный заказ",
}

func (a *account) conversions() []Conversion {
	goals, month, year := &a.config.Plan.Conversions, &a.inMonth, &a.inYear
	out := []Conversion{{Title: "Из звонка в КП", Month: Pass{month.dials, month.offers}, Year: Pass{year.dials, year.offers}}}
	if of := a.config.Plan.DialOffer; len(of) == 2 {
		out[0].Goal, out[0].Most = of[0], of[1]
	}
	for s, goal := range []float64{goals.ContactQualified, goals.QualifiedOffer, goals.OfferTrial, goals.TrialContract, goals.ContractRepeat} {
		out = append(out, Conversion{
			Title: conversionTitles[s], Goal: goal,
			Month: Pass{month.of[s], month.got[s]}, Year: Pass{year.of[s], year.got[s]},
		})
	}
	return out
}

// running are the months of the running year.
func (r *Report) running() []MonthLine { return r.Months[max(0, len(r.Months)-yearMonths):] }
