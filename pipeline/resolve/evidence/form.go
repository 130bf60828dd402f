package evidence

import "obzvon/pipeline/company"

// forms is a set of kinds of legal form.
type forms uint8

const (
	formLimited forms = 1 << iota // ООО
	formStock                     // АО of all kinds: the law of 2014 renamed them
	formState                     // государственные and муниципальные предприятия and учреждения
	formPerson                    // ИП, глава КФХ
	formOther
	formEntity // some legal entity: the ИНН has ten digits
)

const formsOfEntities = formLimited | formStock | formState | formOther

var formKinds = map[company.LegalForm]forms{
	"ООО": formLimited, "ОДО": formLimited, "ТОО": formLimited,
	"АО": formStock, "ПАО": formStock, "НАО": formStock, "ЗАО": formStock, "ОАО": formStock,
	"ФГУП": formState, "ГУП": formState, "МУП": formState, "МП": formState, "ГП": formState, "ФКП": formState, "МКП": formState, "УП": formState,
	"ФГБУ": formState, "ФГКУ": formState, "ФКУ": formState, "ФГБОУ": formState, "ФГАОУ": formState,
	"ГБУ": formState, "ГАУ": formState, "ГКУ": formState, "МБУ": formState, "МАУ": formState, "МКУ": formState,
	"ИП": formPerson,
	// A farm may be either: its head is an ИП, but there are farms with an ИНН
	// of ten digits.
	"КФХ": formPerson | formOther,
}

func formKind(f company.LegalForm) forms {
	if f == "" {
		return 0
	}
	if k, ok := formKinds[f]; ok {
		return k
	}
	return formOther
}

// formOfINN tells a person from a legal entity.
func formOfINN(inn company.INN) forms {
	switch {
	case inn == "":
		return 0
	case inn.Person():
		return formPerson
	}
	return formEntity
}

// share is how many of a hundred firms have the rarest form of the set, by the
// numbers that ФНС publishes of legal entities and sole proprietors.
func (f forms) share() float64 {
	least := 1.0
	for i, part := range [...]float64{0.45, 0.02, 0.01, 0.5, 0.02} {
		if f&(1<<i) != 0 {
			least = min(least, part)
		}
	}
	return least
}

// shareOfEntities is how many of a hundred firms are legal entities.
const shareOfEntities = 0.5

// String names the set for people.
func (f forms) String() string {
	switch {
	case f&formLimited != 0:
		return "ООО"
	case f&formStock != 0:
		return "АО"
	case f&formPerson != 0:
		return "ИП"
	case f&formState != 0:
		return "государственное или муниципальное"
	}
	return "другая"
}
