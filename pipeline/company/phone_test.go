package company

import (
	"slices"
	"strings"
	"testing"
)

func TestParsePhones(t *testing.T) {
	tests := []struct {
		cell, region, city string
		want               string // Value and, after a space, note in brackets; "|" between
		rest               string
	}{
		{cell: "83912150140", want: "+73912150140"},
		{cell: "8 800 201-5575", want: "+78002015575"},
		{cell: "+7 (343) 319-4070", want: "+73433194070"},
		{cell: "78002007799", want: "+78002007799"},
		{cell: "tel:+74812604900", want: "+74812604900"},
		{cell: "+7 846 231-60-14 доб. 139", want: "+78462316014;ext=139"},
		{cell: "+7 846 231-60-14, доб. 139", want: "+78462316014;ext=139"},
		{cell: "+7 846 231-60-14 доб. 139, 140", want: "+78462316014;ext=139", rest: "140"},
		{cell: "+7 846 231-60-14 (доб. 139), (доб. 140)", want: "+78462316014;ext=139|+78462316014;ext=140"},
		{cell: "+7 (843) 203-9253 (доб./ext. 210)", want: "+78432039253;ext=210"},
		{cell: "8(391)215-01-40 вн.12", want: "+73912150140;ext=12"},
		{cell: "+73912150140;ext=12", want: "+73912150140;ext=12"},
		{cell: "+7 907 000-00-01 #7", want: "+79070000001;ext=7"},
		{cell: "83912000000 (отдел продаж)", want: "+73912000000 (отдел продаж)"},
		{cell: "Отдел продаж: 83912000000", want: "+73912000000 (Отдел продаж)"},
		{cell: "тел./факс: 8 (391) 200-00-00", want: "+73912000000 (тел./факс)"},
		{cell: "Тел.: 8 (391) 200-00-00", want: "+73912000000"},
		{cell: "+7 911 2410309", want: "+79112410309"},
		{cell: "+7 (812) 324-5479, 740-1163", want: "+78123245479|+78127401163"},
		{cell: "+7 (495) 128-0008, (925) 532-2206", want: "+74951280008|+79255322206"},
		{cell: "+7 (921) 404-9470, 871-3888", want: "+79214049470|+79218713888"},
		{cell: "+7 (4852) 58-19-21, 58-19-31", want: "+74852581921|+74852581931"},
		{cell: "83852774280, 774211", want: "+73852774280|+73852774211"},
		{cell: "+7 (844) 776-9146/33", want: "+78447769146|+78447769133"},
		{cell: "+7 (863) 210-8270/80/90", want: "+78632108270|+78632108280|+78632108290"},
		{cell: "+7 (495) 644-4620 / 1", want: "+74956444620|+74956444621"},
		{cell: "+7 (495) 727-5341, 24-54-79", want: "+74957275341", rest: "24-54-79"},
		{cell: "8 800 100-8826, +7 (980) 581-8819", want: "+78001008826|+79805818819"},
		{cell: "8 800 100-8826, 100-8827", want: "+78001008826", rest: "100-8827"},
		{cell: "+7 (812) 318-4420, 8 800 700-4420, (812) 394-1258", want: "+78123184420|+78007004420|+78123941258"},
		{cell: "+7 907 000-00-01 и +7 907 000-00-02", want: "+79070000001|+79070000002"},
		{cell: "+7 907 000-00-01\n8 907 000 00 02; 9070000003", want: "+79070000001|+79070000002|+79070000003"},
		{cell: "89070000001 89070000002", want: "+79070000001|+79070000002"},
		{cell: "+79070000001+79070000002", want: "+79070000001|+79070000002"},
		{cell: "89070000001, 8-907-000-00-01", want: "+79070000001"},
		{cell: "24-54-79", region: "55", city: "Омск", want: "+73812245479"},
		{cell: "24-54-79", region: "55", want: "+73812245479"},
		{cell: "24-54-79", city: "г Омск", want: "+73812245479"},
		{cell: "24-54-79", region: "55", city: "Тара", rest: "24-54-79"},
		{cell: "324-5479", region: "78", city: "Санкт-Петербург", want: "+78123245479"},
		{cell: "24-54-79", region: "63", city: "Тольятти", want: "+78482245479"},
		{cell: "24-54-79", region: "63", rest: "24-54-79"},
		{cell: "24-54-79", rest: "24-54-79"},
		{cell: "+7 701 123 4567", want: "+77011234567"},
		{cell: "+86 431 85256891", want: "+8643185256891"},
		{cell: "8-10-86-431-85256891", want: "+8643185256891"},
		{cell: "+86 769 85382030/85382230", want: "+8676985382030|+8676985382230"},
		{cell: "+7 8 (391) 215-01-40", want: "+73912150140"},
		{cell: "+8 (391) 215-01-40", want: "+73912150140"},
		{cell: "8-3912-15-01-40, 15-01-41", want: "+73912150140|+73912150141"},
		{cell: "+7 (39159) 5-12-34, 5-12-35", want: "+73915951234|+73915951235"},
		{cell: "8(391)215-01-40доб12", want: "+73912150140;ext=12"},
		{cell: "Приёмная +7 907 000-00-01 доб. 3 (с 9 до 18); склад: 8 907 000-00-02", want: "+79070000001;ext=3 (Приёмная, с 9 до 18)|+79070000002 (склад)"},
		{cell: "112", rest: "112"},
		{cell: "нет", rest: "нет"},
		{cell: "+7 907 000-00-01, круглосуточно 24/7", want: "+79070000001", rest: "круглосуточно 24|7"},
		{cell: "8 (391) 200-00-00 офис 5", want: "+73912000000 (офис 5)"},
		{cell: "  "},
		{cell: ",;/"},
	}
	for _, tt := range tests {
		phones, rest := ParsePhones(tt.cell, tt.region, tt.city)
		var got []string
		for _, p := range phones {
			s := p.Value()
			if p.Note != "" {
				s += " (" + p.Note + ")"
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("ParsePhones(%q, %q, %q) = %s, want %s", tt.cell, tt.region, tt.city, g, tt.want)
		}
		if r := strings.Join(rest, "|"); r != tt.rest {
			t.Errorf("ParsePhones(%q) rest %q, want %q", tt.cell, r, tt.rest)
		}
	}
}

func TestPhoneKindAndRegion(t *testing.T) {
	tests := []struct {
		value    string
		kind     PhoneKind
		dialable bool
		regions  []string
	}{
		{"+73912150140", PhoneLandline, true, []string{"24"}},
		{"+74951234567", PhoneLandline, true, []string{"77"}},
		{"+78185312345", PhoneLandline, true, []string{"83"}},
		{"+78182212345", PhoneLandline, true, []string{"29"}},
		{"+79000000001", PhoneMobile, true, []string{"23"}},
		{"+79000062500", PhoneMobile, true, []string{"61"}},
		{"+79161234567", PhoneMobile, true, []string{"50", "77"}},
		{"+79070000001", PhoneMobile, true, nil}, // code 907 is not given out
		{"+78002007799", PhoneTollFree, true, nil},
		{"+78092345678", PhoneOther, false, nil},
		{"+77011234567", PhoneForeign, false, nil},
		{"+79402345678", PhoneForeign, false, nil},
		{"+8643185256891", PhoneForeign, false, nil},
	}
	for _, tt := range tests {
		p, ok := PhoneFromValue(tt.value)
		if !ok {
			t.Errorf("PhoneFromValue(%q) not ok", tt.value)
			continue
		}
		if p.Kind != tt.kind || p.Dialable() != tt.dialable || !slices.Equal(p.Regions(), tt.regions) {
			t.Errorf("%s: kind %v, dialable %v, regions %v; want %v, %v, %v",
				tt.value, p.Kind, p.Dialable(), p.Regions(), tt.kind, tt.dialable, tt.regions)
		}
		if code, ok := p.Region(); ok != (len(tt.regions) == 1) || ok && code != tt.regions[0] {
			t.Errorf("%s: Region() = %q, %v", tt.value, code, ok)
		}
	}
}

func TestPhoneFromValueRefuses(t *testing.T) {
	for _, v := range []string{"", "+", "+7", "74951234567", "+7 495 123-45-67", "+74951234567;ext=", "+74951234567;ext=a", "+70000000000", "8 495", "+74951234567;ext=1234567"} {
		if p, ok := PhoneFromValue(v); ok {
			t.Errorf("PhoneFromValue(%q) = %v, want refusal", v, p)
		}
	}
}

func TestPretty(t *testing.T) {
	tests := map[string]string{
		"+74951234567;ext=12": "+7 495 123-45-67 доб. 12",
		"+79070000001":        "+7 907 000-00-01",
		"+8643185256891":      "+86 431 8525 6891",
	}
	for v, want := range tests {
		p, _ := PhoneFromValue(v)
		if got := p.Pretty(); got != want {
			t.Errorf("Pretty(%s) = %q, want %q", v, got, want)
		}
	}
}
