package dadata

import (
	"encoding/json"
	"math"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// party is what an answer says of one company. Keys that are missing and keys that are
// null are both normal.
type party struct {
	INN   string `json:"inn"`
	OGRN  string `json:"ogrn"`
	KPP   string `json:"kpp"`
	Kind  string `json:"type"` // LEGAL, INDIVIDUAL
	OKVED string `json:"okved"`
	Codes []struct {
		Main bool   `json:"main"`
		Kind string `json:"type"` // "2014" = ОКВЭД2
		Code string `json:"code"`
	} `json:"okveds"`
	CodesKind string `json:"okved_type"`
	Name      struct {
		Full  string `json:"full_with_opf"`
		Short string `json:"short_with_opf"`
	} `json:"name"`
	State struct {
		Status     string `json:"status"`
		Actual     moment `json:"actuality_date"`
		Registered moment `json:"registration_date"`
	} `json:"state"`
	Branch     string `json:"branch_type"` // MAIN, BRANCH; "" for sole proprietors
	Management *struct {
		Name         string `json:"name"`
		Post         string `json:"post"`
		Disqualified *bool  `json:"disqualified"`
	} `json:"management"`
	Invalid   *bool    `json:"invalid"`
	Address   *address `json:"address"`
	Employees *float64 `json:"employee_count"`
	Finance   *struct {
		Income  *float64 `json:"income"`
		Expense *float64 `json:"expense"`
		Year    int      `json:"year"`
	} `json:"finance"`
	Capital *struct {
		Value float64 `json:"value"`
	} `json:"capital"`
	Documents *struct {
		SMB *struct {
			Category string `json:"category"` // MICRO, SMALL, MEDIUM
			Since    moment `json:"issue_date"`
		} `json:"smb"`
	} `json:"documents"`
	Phones []value `json:"phones"`
	Emails []value `json:"emails"`
	Sites  []value `json:"sites"`
}

type address struct {
	Value string `json:"value"`
	Whole string `json:"unrestricted_value"`
	Data  *place `json:"data"`
}

type place struct {
	Region     string `json:"region_kladr_id"`
	City       string `json:"city"`
	Settlement string `json:"settlement"`
	Zone       string `json:"timezone"` // "UTC+3"
}

// value is {value: …}, or in places the text itself.
type value string

// UnmarshalJSON implements json.Unmarshaler; what has another form is not given.
func (v *value) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		*v = value(text)
		return nil
	}
	var o struct {
		Value string `json:"value"`
	}
	if json.Unmarshal(raw, &o) == nil {
		*v = value(o.Value)
	}
	return nil
}

// moment is milliseconds of Unix, at midnight of UTC; 0 = not known.
type moment int64

func (m moment) day() company.Date {
	t := time.UnixMilli(int64(m)).UTC()
	if m == 0 || t.Year() < 1900 || t.Year() > 2200 {
		return 0
	}
	return company.DateOf(t)
}

// statuses are those of the vendor's table of states.
var statuses = map[string]company.Status{
	"ACTIVE": company.StatusActive, "LIQUIDATING": company.StatusLiquidating, "LIQUIDATED": company.StatusLiquidated,
	"BANKRUPT": company.StatusBankrupt, "REORGANIZING": company.StatusReorganizing,
}

var categories = map[string]string{"MICRO": "1", "SMALL": "2", "MEDIUM": "3"}

// whole is an amount of roubles or persons as it is kept; ok is false for one that
// cannot be.
func whole(v *float64) (int64, bool) {
	if v == nil || math.IsNaN(*v) || math.Abs(*v) > 1e15 {
		return 0, false
	}
	return int64(*v), true
}

// clean takes what no workbook can hold out of a text.
func clean(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\x00", "")), " ")
}
