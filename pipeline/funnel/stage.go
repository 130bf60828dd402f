package funnel

// Stage is how far a company has come. It rises and never falls back, but for
// StageOut.
type Stage int8

// The stages in order.
const (
	StageLead Stage = iota
	StageProspect
	StageOffer
	StageTrial
	StageContract
	StageRepeat
	StageOut // no calls: not a customer, or it asked for none
)

// Title is the stage's name for people.
func (s Stage) Title() string {
	switch s {
	case StageLead:
		return "Лид"
	case StageProspect:
		return "Идёт разговор"
	case StageOffer:
		return "КП отправлено"
	case StageTrial:
		return "Тестовая партия"
	case StageContract:
		return "Контракт"
	case StageRepeat:
		return "Повторный заказ"
	case StageOut:
		return "Не звоним"
	}
	return ""
}

// Band is what a company waits for.
type Band int8

// The bands.
const (
	BandNew        Band = iota // never called
	BandAgreed                 // a call that was agreed
	BandRetry                  // nobody who decides was reached: another try
	BandFollow                 // a follow-up of «Интерес» or «КП отправлено»
	BandTrial                  // how the trial batch does
	BandOnboarding             // a new client's first weeks
	BandRest                   // left alone until Due, then tried again
	BandStuck                  // the repeats are used up: the head decides
	BandNoNumber               // no number is left to dial
	BandOut                    // no calls
	BandClient                 // a client with nothing planned
)

// Title is the band's name for people.
func (b Band) Title() string {
	switch b {
	case BandNew:
		return "ещё не звонили"
	case BandAgreed:
		return "договорились о звонке"
	case BandRetry:
		return "повторный звонок"
	case BandFollow:
		return "звонок после интереса или КП"
	case BandTrial:
		return "звонок после тестовой партии"
	case BandOnboarding:
		return "первые недели клиента"
	case BandRest:
		return "пауза"
	case BandStuck:
		return "решает руководитель"
	case BandNoNumber:
		return "нет рабочего номера"
	case BandOut:
		return "не звоним"
	case BandClient:
		return "клиент, звонок не запланирован"
	}
	return ""
}
