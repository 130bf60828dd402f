package osm

import (
	"regexp"
	"slices"
	"strings"
)

// tagTable are the tags of those who need bearings, and what they are in Russian: names
// that segments know as rubrics.
var tagTable = []string{
	"shop=car_repair Автосервис",
	"shop=car_parts Автозапчасти",
	"shop=tyres Шиномонтаж, шины",
	"shop=truck_repair Ремонт грузовых автомобилей",
	"shop=truck_parts Запчасти для грузовых автомобилей",
	"craft=agricultural_engines Ремонт сельскохозяйственной техники",
	"shop=agrarian Сельскохозяйственная техника и запчасти",
	"craft=electric_motor_repair Ремонт электродвигателей",
	"craft=metal_construction Металлообработка, металлоконструкции",
	"man_made=works Промышленное предприятие",
}

// services are what a car service says it does, and how a directory calls that.
var services = map[string]string{
	"tyres": "Шиномонтаж", "truck_repair": "Ремонт грузовых автомобилей", "car_repair": "Автосервис", "car_parts": "Автозапчасти",
	"transmission": "Ремонт МКПП и АКПП", "wheel_alignment": "Развал-схождение", "alignment": "Развал-схождение",
	"suspension": "Ремонт ходовой части", "steering": "Ремонт рулевого управления", "electrical": "Ремонт стартеров и генераторов",
}

// tag is one that is asked for.
type tag struct{ key, value, title string }

func (t tag) String() string { return t.key + "=" + t.value }

var tagForm = regexp.MustCompile(`^([a-z_][a-z0-9_:]{0,62})=([a-z0-9_:.-]{1,63})$`)

// parseTag reads "shop=car_repair Автосервис".
func parseTag(text string) (tag, bool) {
	name, title, _ := strings.Cut(strings.TrimSpace(text), " ")
	m := tagForm.FindStringSubmatch(name)
	if m == nil {
		return tag{}, false
	}
	return tag{m[1], m[2], strings.TrimSpace(title)}, true
}

// rubrics are what an object is, by the tags that are asked for; none = it is not.
func rubrics(tags map[string]string, asked []tag) (out []string, wanted bool) {
	add := func(title string) {
		if title = line(title); title != "" && !slices.Contains(out, title) {
			out = append(out, title)
		}
	}
	for _, t := range asked {
		if slices.Contains(values(tags[t.key]), t.value) {
			wanted = true
			add(t.title)
		}
	}
	if !wanted {
		return nil, false
	}
	for _, name := range values(tags["service"]) {
		add(services[name])
	}
	for key, value := range tags {
		if name, ok := strings.CutPrefix(key, "service:vehicle:"); ok && value != "no" {
			add(services[name])
		}
	}
	slices.Sort(out)
	return out, true
}

// values are those of a tag that may have several.
func values(text string) []string {
	var out []string
	for v := range strings.SplitSeq(text, ";") {
		if v = strings.TrimSpace(v); v != "" {
			out = append(out, v)
		}
	}
	return out
}
