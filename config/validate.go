package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"obzvon/pipeline/company"
)

// checker looks at what types cannot tell.
type checker struct {
	problems problems
	where    func(path string) place
}

func (c *checker) fail(path, value, allowed string) {
	at := c.where(path)
	c.problems.add(&Error{File: at.file, Line: at.line, Key: path, Value: value, Allowed: allowed})
}

// need complains unless ok holds; a nil value is not shown.
func (c *checker) need(ok bool, path string, value any, allowed string) {
	if ok {
		return
	}
	shown := fmt.Sprint(value)
	switch value.(type) {
	case nil:
		shown = ""
	case string, Code, INN, Day, Clock:
		shown = show(shown)
	}
	c.fail(path, shown, allowed)
}

// idForm says what validID takes.
const idForm = "small latin letters, digits, - and _"

var idPattern = regexp.MustCompile(`^[a-z0-9_-]{1,40}$`)

func validID(s string) bool { return idPattern.MatchString(s) }

func (c *checker) id(path, id string, taken *[]string) {
	c.need(validID(id), path, id, "want 1 to 40 "+idForm)
	c.need(!slices.Contains(*taken, id), path, id, "stands here twice")
	*taken = append(*taken, id)
}

func (c *checker) text(path, s string) {
	c.need(strings.TrimSpace(s) != "", path, s, "want a text that is not empty")
}

func (c *checker) share(path string, v float64) {
	c.need(v >= 0 && v <= 1, path, v, "want a number from 0 to 1")
}

func (c *checker) between(path string, v, low, high int) {
	c.need(v >= low && v <= high, path, v, fmt.Sprintf("want a whole number from %d to %d", low, high))
}

func (c *checker) clocks(path string, from, until Clock, fromKey, untilKey string) {
	for key, clock := range map[string]Clock{fromKey: from, untilKey: until} {
		c.need(clock != "", join(path, key), clock, "missing: want "+wanted(clockType))
	}
	if from != "" && until != "" {
		c.need(from.Minutes() < until.Minutes(), join(path, untilKey), until, fmt.Sprintf("want a time after %s (%q)", fromKey, from))
	}
}

func (c *checker) region(path string, code Code) {
	_, known := company.RegionByCode(string(code))
	c.need(known, path, code, `want the two digits of a region in quotes such as "77"`)
}

func (c *checker) okved(path string, code Code) {
	v, err := company.ParseOKVED(string(code))
	if err == nil {
		_, known := v.Name()
		c.need(known, path, code, "not in the classifier ОКВЭД2")
		return
	}
	c.need(string(code) == string(v), path, code, "want an ОКВЭД code in quotes: NN, NN.N, NN.NN, NN.NN.N or NN.NN.NN")
}

// config checks the operator's file.
func (c *checker) config(cfg *Config) {
	c.text("data_dir", cfg.DataDir)
	c.text("seller.name", cfg.Seller.Name)
	c.region("seller.region", cfg.Seller.Region)
	_, err := time.LoadLocation(cfg.Seller.TimeZone)
	c.need(err == nil && cfg.Seller.TimeZone != "" && cfg.Seller.TimeZone != "Local",
		"seller.time_zone", cfg.Seller.TimeZone, `want a name of the IANA data base such as "Europe/Moscow"`)
	c.need(cfg.Strategy.StartDate != "", "strategy.start_date", cfg.Strategy.StartDate, "want "+wanted(dayType))
	c.managers(cfg.Managers)
	c.need(cfg.Store.LockTimeout >= 0, "store.lock_timeout", cfg.Store.LockTimeout, "want a duration of 0s or more")
	c.need(cfg.Run.Deadline != "", "run.deadline", cfg.Run.Deadline, "want "+wanted(clockType))
	c.share("run.quarantine_limit", cfg.Run.QuarantineLimit)
	c.fetch(&cfg.Fetch)
	for i, code := range cfg.Collect.ExtraCodes {
		c.okved(fmt.Sprintf("collect.extra_codes[%d]", i), code)
	}
	for _, kind := range []SectionKind{Sources, Enrichers, Exports} {
		c.sections(cfg.Sections(kind), kind)
	}
	c.waterfall(&cfg.Waterfall, cfg.Enrich)
	c.apart(cfg)
	c.resolve(&cfg.Resolve)
	c.calendar(&cfg.Calendar)
	c.callList(&cfg.CallList)
	c.between("personal_data.retention_months", cfg.PersonalData.RetentionMonths, 0, 240)
	c.plan(&cfg.Plan)
	c.serving(cfg)
}

func (c *checker) managers(all []Manager) {
	c.need(len(all) > 0, "managers", nil, "want at least one manager")
	var taken []string
	for i, m := range all {
		path := fmt.Sprintf("managers[%d]", i)
		c.id(path+".id", m.ID, &taken)
		c.text(path+".name", m.Name)
		c.between(path+".dials", m.Dials, 1, 200)
		c.clocks(path, m.From, m.Until, "from", "until")
		c.employment(path, &m)
	}
}

func (c *checker) employment(path string, m *Manager) {
	c.need(m.Role == RoleAcquisition || m.Role == RoleRetention, path+".role", string(m.Role), "want "+string(RoleAcquisition)+" or "+string(RoleRetention))
	c.need(m.Since == "" || m.Through == "" || m.Since.Date() <= m.Through.Date(), path+".through", m.Through, "want a day not before since")
	for i, a := range m.Absences {
		at := fmt.Sprintf("%s.absences[%d]", path, i)
		c.need(a.From != "" && a.Until != "" && a.From.Date() <= a.Until.Date(), at, nil, `want {from: "YYYY-MM-DD", until: "YYYY-MM-DD"}, until not before from`)
	}
}

// sections checks those of one kind. Names must stay apart as parts of
// variables too, where "-" is written as "_".
func (c *checker) sections(all []Section, kind SectionKind) {
	variables := map[string]string{}
	for _, s := range all {
		path := join(string(kind), s.Name)
		if other, taken := variables[envName(s.Name)]; taken {
			c.fail(path, "", "differs from "+other+" in - and _ only")
		}
		variables[envName(s.Name)] = s.Name
		c.section(&s, path)
	}
}

func (c *checker) section(s *Section, path string) {
	c.need(s.Name != ManagerSource, path, nil, "the name is taken: what managers write stands under it")
	c.need(validID(s.Adapter), join(path, "adapter"), s.Adapter, "want a name of "+idForm)
	c.between(join(path, "trust"), s.Trust, 0, 100)
	c.share(join(path, "quarantine_limit"), s.QuarantineLimit)
	c.need(s.Budget >= 0 && s.Budget <= budgetMost, join(path, "budget"), s.Budget, WantedBudget)
	c.need(s.CallsADay >= 0, join(path, "calls_a_day"), s.CallsADay, "want a whole number of 0 or more")
	c.need(s.CallsInAll >= 0, join(path, "calls_in_all"), s.CallsInAll, "want a whole number of 0 or more")
	c.need(s.Fresh >= 0 && s.Fresh <= 400*24*time.Hour, join(path, "fresh"), s.Fresh, "want a duration from 0s to 9600h")
	c.need(s.Every >= 0 && s.Every <= 400*24*time.Hour, join(path, "every"), s.Every, "want a duration from 0s to 9600h")
	for i, p := range s.Paths {
		c.text(fmt.Sprintf("%s[%d]", join(path, "paths"), i), p)
	}
}

// apart keeps sources and enrichers from sharing a name: under it stands in the store
// what they said.
func (c *checker) apart(cfg *Config) {
	for name, s := range cfg.Enrich {
		if _, taken := cfg.Sources[name]; taken {
			c.fail(join(string(Enrichers), name), "", fmt.Sprintf("a source has that name too: give this one another and name the adapter, such as %s_more: {adapter: %s}", name, s.Adapter))
		}
	}
}

func (c *checker) resolve(r *Resolve) {
	c.share("resolve.match_from", r.MatchFrom)
	c.share("resolve.review_from", r.ReviewFrom)
	c.need(r.ReviewFrom <= r.MatchFrom, "resolve.review_from", r.ReviewFrom, fmt.Sprintf("want at most match_from, %v", r.MatchFrom))
	c.need(r.MatchFrom >= 0.5, "resolve.match_from", r.MatchFrom, "want 0.5 to 1: below that the other company is as likely")
	c.between("resolve.review_at_most", r.ReviewAtMost, 0, 100_000)
	for key, hosts := range map[string][]string{"free_mail": r.FreeMail, "shared_hosts": r.SharedHosts} {
		for i, host := range hosts {
			ok := strings.Contains(host, ".") && !strings.ContainsAny(host, " /@:") && host == strings.ToLower(host)
			c.need(ok, fmt.Sprintf("resolve.%s[%d]", key, i), host, "want a domain in small letters such as mail.ru")
		}
	}
}

func (c *checker) calendar(cal *Calendar) {
	for key, days := range map[string][]Day{"holidays": cal.Holidays, "workdays": cal.Workdays} {
		for i, day := range days {
			path := fmt.Sprintf("calendar.%s[%d]", key, i)
			weekday := day.Date().Time().Weekday()
			weekend := weekday == time.Saturday || weekday == time.Sunday
			switch {
			case day == "":
				c.need(false, path, day, "want "+wanted(dayType))
			case slices.Contains(days[:i], day):
				c.need(false, path, day, "stands here twice")
			case key == "holidays":
				c.need(!weekend, path, day, "is a "+weekday.String()+", a day off anyway: want days off from Monday to Friday")
			default:
				c.need(weekend, path, day, "is a "+weekday.String()+", a working day anyway: want working Saturdays and Sundays")
			}
		}
	}
}

func (c *checker) callList(l *CallList) {
	c.clocks("call_list", l.LocalFrom, l.LocalUntil, "local_from", "local_until")
	c.need(l.MinWindow >= time.Minute && l.MinWindow <= 12*time.Hour, "call_list.min_window", l.MinWindow, "want a duration from 1m to 12h")
	c.between("call_list.targets", l.Targets, 0, 1000)
	c.between("call_list.base_rows", l.BaseRows, 1, 200_000)
	c.between("call_list.fresh_rows", l.FreshRows, 0, 200_000)
	c.share("call_list.new_share", l.NewShare)
	c.share("call_list.random_share", l.RandomShare)
	c.share("call_list.tender_share", l.TenderShare)
	c.need(l.RandomShare+l.TenderShare <= 1, "call_list.random_share", l.RandomShare, "want at most 1 together with tender_share")
	c.between("call_list.hold_days", l.HoldDays, 0, 30)
	c.between("call_list.calls_a_week", l.CallsAWeek, 1, 7)
}
