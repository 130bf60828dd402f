package account

import (
	"errors"
	"fmt"
	"time"
)

// Errors that strangers may see. None tells whether there is such an account.
var (
	ErrWrong   = errors.New("the name or the password is wrong")
	ErrExpired = errors.New("the session is over")

	// ErrBlocked is ErrWrong for whoever sees it; it comes only after the right
	// password, so that the audit can tell it apart.
	ErrBlocked = fmt.Errorf("the account is blocked: %w", ErrWrong)
)

// Errors of those who change accounts. Rules come as a *RuleError.
var (
	ErrWeak         = errors.New("the password cannot be used")
	ErrName         = errors.New("the name cannot be used")
	ErrRole         = errors.New("the roles cannot be used")
	ErrExists       = errors.New("there is an account of that name already")
	ErrLastOperator = errors.New("it is the last account that may change accounts")
	ErrHash         = errors.New("not a hash of a password that this program makes")
)

// SlowDown refuses a login that comes too soon after wrong ones, or while too many
// are being looked at. Nothing was checked.
type SlowDown struct {
	Wait time.Duration // from now on, more than 0
}

func (e *SlowDown) Error() string {
	return fmt.Sprintf("too many logins: wait %v", e.Wait.Round(time.Second))
}

// RuleError is a rule that a name, a password or roles break. It is ErrName, ErrWeak
// or ErrRole.
type RuleError struct {
	Words string // in Russian, for pages
	kind  error
	says  string // in English
}

func (e *RuleError) Error() string { return e.kind.Error() + ": " + e.says }
func (e *RuleError) Unwrap() error { return e.kind }

func rule(kind error, says, words string) *RuleError {
	return &RuleError{Words: words, kind: kind, says: says}
}

// The rules. Each says what is wanted.
var (
	errNameForm = rule(ErrName, `want 2 to 32 small latin letters, digits, ".", "_" or "-", a letter first, at most 6 digits`,
		"Имя для входа: от 2 до 32 строчных латинских букв, цифр, точек и дефисов; первой – буква, цифр не больше шести.")
	errTitleForm = rule(ErrName, "a title has at most 100 characters in one line", "Имя для показа: не больше 100 знаков в одну строку.")

	errShort   = rule(ErrWeak, fmt.Sprintf("want at least %d characters", minPassword), fmt.Sprintf("Пароль короток: нужно не меньше %d знаков.", minPassword))
	errLong    = rule(ErrWeak, fmt.Sprintf("want at most %d bytes", maxPassword), fmt.Sprintf("Пароль слишком длинный: не больше %d знаков латиницей или %d кириллицей.", maxPassword, maxPassword/2))
	errControl = rule(ErrWeak, "want text without control characters", "В пароле есть знаки, которых не набрать с клавиатуры.")
	errIsName  = rule(ErrWeak, "it is the name", "Пароль не должен повторять имя.")
	errCommon  = rule(ErrWeak, "everybody tries it first", "Этот пароль подбирают первым: придумайте другой.")
	errSame    = rule(ErrWeak, "it is the old one", "Новый пароль совпадает с прежним.")

	errRoleless     = rule(ErrRole, "want at least one of manager, analyst, head, operator", "Выберите хотя бы одну роль.")
	errNoManager    = rule(ErrRole, "a manager needs the id of one in the config", "Роли «менеджер» нужен менеджер из настроек.")
	errStrayManager = rule(ErrRole, "only the role manager goes with a manager of the config", "Менеджер из настроек указывается только для роли «менеджер».")
)

func errNoRole(name string) error {
	return rule(ErrRole, fmt.Sprintf("there is no role %q: want manager, analyst, head, operator", name), "Такой роли нет.")
}
