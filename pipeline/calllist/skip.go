package calllist

// Reasons why a good lead is not on the list. They are keys of
// List.Skipped; ReasonText says them in Russian.
const (
	SkipNoPhone  = "no_phone"
	SkipNoZone   = "no_zone"
	SkipNoWindow = "no_window"
	SkipSame     = "same_phone"
	SkipStopped  = "stopped"
	SkipPhase    = "phase"
	SkipOwner    = "owner_full"
	SkipAway     = "owner_away"
	SkipNorm     = "over_norm"
	SkipWaiting  = "waiting"  // called before, its turn comes later
	SkipResting  = "resting"  // called before, left in peace for a while
	SkipStuck    = "stuck"    // the head decides
	SkipClient   = "client"   // a client, nothing is planned
	SkipOut      = "out"      // not ours, or asked not to be called
	SkipCourtesy = "courtesy" // called often enough this week
	SkipVeto     = "veto"     // its turn has come, and a rule forbids it
	SkipPinned   = "pinned"   // to a manager who shares no hours with it
	SkipQuiet    = "quiet"    // its number was dialled lately under another ИНН
	SkipGone     = "gone"     // no source knows it any more
	SkipQueue    = "queue"    // its turn has come, and others came first
	SkipChosen   = "chosen"   // stands on the list already; not counted
)

// ReasonText says in Russian why good leads are not on the list.
func ReasonText(reason string) string {
	if text, ok := reasonTexts[reason]; ok {
		return text
	}
	return reason
}

var reasonTexts = map[string]string{
	SkipNoPhone:  "нет телефона, по которому можно позвонить",
	SkipNoZone:   "неизвестно, какое там время",
	SkipNoWindow: "нет общих рабочих часов",
	SkipSame:     "тот же телефон у компании выше в списке",
	SkipStopped:  "в стоп-листе",
	SkipPhase:    "приоритет не открыт на этом этапе стратегии",
	SkipOwner:    "её менеджер сегодня занят",
	SkipAway:     "её менеджера сегодня нет",
	SkipNorm:     "сверх нормы звонков на день",
	SkipWaiting:  "уже звонили, следующий звонок позже",
	SkipResting:  "уже звонили, пока не беспокоим",
	SkipStuck:    "решает руководитель: перезвонить просили слишком много раз",
	SkipClient:   "действующий клиент",
	SkipOut:      "по результату звонка больше не звоним",
	SkipCourtesy: "на этой неделе уже звонили достаточно",
	SkipPinned:   "закреплена за менеджером, с которым нет общих часов",
	SkipQuiet:    "на этот номер недавно звонили другой компании",
	SkipGone:     "её больше нет ни в одном источнике",
	SkipQueue:    "срок звонка подошёл, но места заняты: ждёт очереди",
	SkipVeto:     "подошёл срок звонка, но звонить нельзя: правило списка",
}
