package manager

import (
	"errors"
	"net/http"

	"obzvon/exports/web/page"
	"obzvon/pipeline/company"
)

// managerOf is whose list a request is about: its user's own, or, for the head,
// that of whom it names; "" = whoever comes first.
func (p *pages) managerOf(r *http.Request) (string, error) {
	asks, wanted := who(r), r.FormValue("manager")
	switch {
	case asks.Head && wanted != "":
		return wanted, nil
	case asks.Manager == "" && !asks.Head:
		return "", page.Forbidden("За вашей учётной записью не закреплён менеджер, поэтому списка нет. Попросите администратора назвать его в учётной записи.")
	case wanted == "" || wanted == asks.Manager:
		return asks.Manager, nil
	}
	if err := p.kit.Refuse(r, "list", r.PathValue("day")); err != nil {
		return "", err
	}
	return "", page.Forbidden("Это список другого менеджера: чужие списки видит только руководитель.")
}

// dayOf is the list that a request names.
func dayOf(r *http.Request) (company.Date, error) {
	day, err := company.ParseDate(r.PathValue("day"))
	if err != nil || !day.Known() {
		return 0, page.NotFound("В адресе нет дня списка. Откройте список из меню «Сегодня».")
	}
	return day, nil
}

// innOf is the company that a request names.
func innOf(r *http.Request) (company.INN, error) {
	inn, err := company.ParseINN(r.PathValue("inn"))
	if err != nil {
		return "", page.NotFound("В адресе нет верного ИНН. Откройте карточку компании из списка.")
	}
	return inn, nil
}

// told puts the errors of a Desk into words.
func told(err error) error {
	switch {
	case errors.Is(err, ErrNoList):
		return page.NotFound("На этот день списка нет. Выберите другой день в «Прошлых списках».")
	case errors.Is(err, ErrNoManager):
		return page.NotFound("В списке на этот день нет такого менеджера.")
	case errors.Is(err, ErrNoRow):
		return page.NotFound("Этой компании нет в вашем списке на этот день. Обновите страницу списка.")
	case errors.Is(err, ErrNoCompany):
		return page.NotFound("Такой компании нет в базе: ни один источник её не назвал.")
	case errors.Is(err, ErrPassword):
		return page.Wrong("Такой пароль для файла не подходит: нужно от 8 до 255 знаков.", err)
	}
	return err
}
