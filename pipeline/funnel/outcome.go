package funnel

// The results a manager can choose, in the order of the drop-down. They are
// part of the outside contract: workbooks that people have filled in carry
// them, so none may be renamed.
const (
	NoAnswer      = "Недозвон"
	NotDecider    = "Не ЛПР"
	CallBack      = "Перезвонить"
	NotInterested = "Не интересно"
	NotOurs       = "Не профиль"
	DoNotCall     = "Не звонить"
	NoSuchNumber  = "Нет такого номера"
	Interest      = "Интерес"
	OfferSent     = "КП отправлено"
	Trial         = "Тестовая партия"
	Contract      = "Контракт"
	RepeatOrder   = "Повторный заказ"
)
