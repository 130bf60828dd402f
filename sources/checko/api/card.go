package api

import (
	"bytes"
	"encoding/json"
	"fmt"

	"obzvon/pipeline"
	"obzvon/pipeline/fetch/service"
)

// Card is a row of a search or a company's own card: whatever stands there. Names of
// keys that two descriptions of the interface give differently are both read.
type Card struct {
	INN        Text    `json:"ИНН"`
	OGRN       Text    `json:"ОГРН"`
	OGRNIP     Text    `json:"ОГРНИП"`
	KPP        Text    `json:"КПП"`
	Short      Text    `json:"НаимСокр"`
	Full       Text    `json:"НаимПолн"`
	Person     Text    `json:"ФИО"` // of a sole proprietor
	Kind       Text    `json:"Тип"`
	Registered Text    `json:"ДатаРег"`
	Ended      Text    `json:"ДатаЛикв"`
	Stopped    Text    `json:"ДатаПрекращ"`
	Status     Coded   `json:"Статус"`
	Region     Coded   `json:"Регион"`
	RegionCode Text    `json:"РегионКод"`
	Address    Address `json:"ЮрАдрес"`
	Activity   Coded   `json:"ОКВЭД"`
	Activity2  Coded   `json:"ЭконДеят"`
	Extra      coded   `json:"ОКВЭДДоп"`
	Extra2     coded   `json:"ДопЭконДеят"`
	Headcount  Number  `json:"СЧР"`
	HeadYear   Text    `json:"СЧРГод"`
	Contacts   contact `json:"Контакты"`
	Heads      heads   `json:"Руковод"`
	Taxes      taxes   `json:"Налоги"`
	SME        sme     `json:"РМСП"`
	SME2       sme     `json:"МСП"`
	Unfair     flag    `json:"НедобПост"`
}

// ParseCard reads the answer of a card. None is pipeline.ErrNotFound.
func ParseCard(body []byte) (*Card, Meta, error) {
	e, err := open(body)
	if err != nil {
		return nil, e.Meta, err
	}
	if none(e.Data) {
		return nil, e.Meta, fmt.Errorf("a card: %w", pipeline.ErrNotFound)
	}
	c, err := parseRow(e.Data)
	if err != nil {
		return nil, e.Meta, err
	}
	if c.INN == "" {
		return nil, e.Meta, fmt.Errorf("%w: a card without ИНН", service.ErrLayout)
	}
	return c, e.Meta, nil
}

// parseRow reads one card, or one row of a search.
func parseRow(raw json.RawMessage) (*Card, error) {
	var c Card
	if !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("{")) {
		return nil, fmt.Errorf("%w: a record that is no object", service.ErrLayout)
	}
	if err := json.Unmarshal(raw, &c); err != nil {
		return nil, fmt.Errorf("%w: a record of another form", service.ErrLayout)
	}
	return &c, nil
}

// Number of the registration, whichever key it stands under.
func (c *Card) Number() string {
	if c.OGRN != "" {
		return string(c.OGRN)
	}
	return string(c.OGRNIP)
}

// Name is by what the card names its subject.
func (c *Card) Name() string {
	switch {
	case c.Short != "":
		return string(c.Short)
	case c.Full != "":
		return string(c.Full)
	default:
		return string(c.Person)
	}
}
