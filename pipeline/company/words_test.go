package company

import (
	"slices"
	"testing"
)

func TestFoldWords(t *testing.T) {
	tests := []struct {
		in   string
		want []string
	}{
		{"Ёлка–Сервис, №1", []string{"елка", "сервис", "1"}},
		{"РОМAШКА", []string{"ромашка"}},        // Latin A
		{"ВMW Центр", []string{"bmw", "центр"}}, // Cyrillic В
		{"SKF", []string{"skf"}},
		{"COPT", []string{"copt"}}, // may be a word
		{"ТОП-Сервис", []string{"топ", "сервис"}},
		{"TOP-Сервис", []string{"top", "сервис"}},
		{"ЭЛЕКТРОН-M", []string{"электрон", "м"}}, // Latin M
		{"Йод", []string{"йод"}},                  // й of two marks
		{"Рома́шка", []string{"ромашка"}},         // an accent
		{"А.А. Дуб", []string{"а", "а", "дуб"}},
		{"4А  созвездие\u00a0+", []string{"4а", "созвездие"}},
		{"İstanbul", []string{"istanbul"}},
		{"a\xffb", []string{"a", "b"}},
		{"  «»  ", nil},
		{"", nil},
	}
	for _, tt := range tests {
		if got := FoldWords(tt.in); !slices.Equal(got, tt.want) {
			t.Errorf("FoldWords(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}
