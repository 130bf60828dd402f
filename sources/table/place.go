package table

import (
	"cmp"
	"regexp"
	"strings"

	"obzvon/pipeline/company"
)

var (
	cityMark   = regexp.MustCompile(`(?i)^(?:г\.|г|город|гор\.?)\s*\p{L}[\p{L}\s.-]*$|^\p{L}[\p{L}\s.-]*\s(?:г\.?|город)$`)
	townMark   = regexp.MustCompile(`(?i)^(?:городской пос[её]лок|рабочий пос[её]лок|пос[её]лок городского типа|пос[её]лок|пос\.?|п\.?г\.?т\.?|р\.?п\.?|п\.?|село|с\.?|деревня|дер\.?|д\.?|станица|ст-ца|хутор|х\.?|аул)\s+(\p{L}.*)$`)
	cityDistrc = regexp.MustCompile(`(?i)^(?:г\.\s*о\.|г/о|гор\.\s*окр|городской)`)
)

// cityIn finds the settlement in an address whose parts are set off by
// commas: one marked as such, else the first part that is a known town
// («302000, Орёл, ул. Мира, 5»); "" where there is none.
func cityIn(address string) string {
	town, bare := "", ""
	for part := range strings.SplitSeq(address, ",") {
		part = strings.TrimSpace(part)
		if m := townMark.FindStringSubmatch(part); m != nil {
			if town == "" {
				town = company.CleanCity(m[1])
			}
			continue
		}
		if cityDistrc.MatchString(part) {
			continue
		}
		if cityMark.MatchString(part) && (hasSpace(part) || strings.Contains(part, ".")) {
			return company.CleanCity(part)
		}
		if r, ok := company.FindRegion(part); ok && r.Kind == "город" {
			return r.Name
		}
		if bare == "" {
			bare = bareTown(part)
		}
	}
	return cmp.Or(town, bare)
}

// bareTown reads a part of an address that is the name of a known town and
// nothing else but a post index.
func bareTown(part string) string {
	part = strings.TrimLeft(part, "0123456789 \u00a0")
	if _, ok := company.TownRegion(part); !ok {
		return ""
	}
	if _, region := company.FindRegion(part); region {
		return "" // «Московская обл.»
	}
	return company.CleanCity(part)
}

func hasSpace(s string) bool { return strings.ContainsAny(s, " \u00a0") }

var russia = []string{"россия", "рф", "российская федерация", "russia", "russian federation", "ru", "rus"}

// abroad tells a country that is not Russia.
func abroad(country string) bool {
	key := strings.Join(company.FoldWords(country), " ")
	for _, r := range russia {
		if key == r {
			return false
		}
	}
	return key != ""
}

var offset = regexp.MustCompile(`^(?:UTC|GMT)?\s*([+-])([0-9]{1,2})(?::00)?$`)

// zoneOfOffset names a zone of a whole-hour offset from UTC as the tz
// database does, whose signs are the other way round: "+07:00" → "Etc/GMT-7".
func zoneOfOffset(s string) string {
	m := offset.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	hours := strings.TrimLeft(m[2], "0")
	if hours == "" || len(hours) > 1 && hours > "14" {
		return ""
	}
	if m[1] == "+" {
		return "Etc/GMT-" + hours
	}
	return "Etc/GMT+" + hours
}
