package main

import (
	"fmt"

	"obzvon/pipeline/company"
)

// Numbers of invented subjects: digits 3-4 of the ИНН are 00, which no tax
// office has, and the serial is the subject's own number in the sample.

func companyINN(region string, serial int) string {
	return complete(fmt.Sprintf("%s00%05d", region, serial), 1, func(s string) error {
		_, err := company.ParseINN(s)
		return err
	})
}

func personINN(region string, serial int) string {
	return complete(fmt.Sprintf("%s00%06d", region, serial), 2, func(s string) error {
		_, err := company.ParseINN(s)
		return err
	})
}

func companyOGRN(region string, year, serial int) string {
	return complete(fmt.Sprintf("1%02d%s00%05d", year%100, region, serial), 1, checkOGRN)
}

func soleOGRN(region string, year, serial int) string {
	return complete(fmt.Sprintf("3%02d%s00%07d", year%100, region, serial), 1, checkOGRN)
}

func checkOGRN(s string) error {
	_, err := company.ParseOGRN(s)
	return err
}

// complete appends the control digits that the check agrees with.
func complete(head string, digits int, check func(string) error) string {
	limit := 1
	for range digits {
		limit *= 10
	}
	for i := range limit {
		if s := fmt.Sprintf("%s%0*d", head, digits, i); check(s) == nil {
			return s
		}
	}
	panic("no control digits fit " + head)
}

// spoil changes the last digit, so that the checksum is wrong.
func spoil(number string) string {
	last := number[len(number)-1]
	return number[:len(number)-1] + string('0'+(last-'0'+1)%10)
}
