package twogis

import (
	"encoding/json"
	"strings"
)

// weekdays as the service names them, and as people write them.
var weekdays = [...][2]string{
	{"Mon", "Пн"}, {"Tue", "Вт"}, {"Wed", "Ср"}, {"Thu", "Чт"}, {"Fri", "Пт"}, {"Sat", "Сб"}, {"Sun", "Вс"},
}

// hoursOf writes a schedule as the exports do: «Пн: 09:00-18:00; Вт: …».
func hoursOf(schedule map[string]json.RawMessage) string {
	var all bool
	if raw, ok := schedule["is_24x7"]; ok && json.Unmarshal(raw, &all) == nil && all {
		return "круглосуточно"
	}
	var out []string
	for _, day := range weekdays {
		var d struct {
			Hours []struct {
				From string `json:"from"`
				To   string `json:"to"`
			} `json:"working_hours"`
		}
		raw, ok := schedule[day[0]]
		if !ok || json.Unmarshal(raw, &d) != nil {
			continue
		}
		var spans []string
		for _, h := range d.Hours {
			if from, to := line(h.From), line(h.To); from != "" && to != "" {
				spans = append(spans, from+"-"+to)
			}
		}
		if len(spans) > 0 {
			out = append(out, day[1]+": "+strings.Join(spans, ", "))
		}
	}
	return line(strings.Join(out, "; "))
}
