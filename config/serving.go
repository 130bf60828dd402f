package config

import (
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"github.com/adhocore/gronx"
)

// Schedule is when the server makes the night's list by itself.
type Schedule struct {
	Enabled  bool   `mapstructure:"enabled"`
	Cron     string `mapstructure:"cron"`      // five fields of crontab(5)
	TimeZone string `mapstructure:"time_zone"` // IANA; "" = the seller's
	CatchUp  bool   `mapstructure:"catch_up"`  // a night that was missed is made as soon as the server runs
}

// Inbox is the folder that takes files in.
type Inbox struct {
	Enabled bool          `mapstructure:"enabled"`
	Dir     string        `mapstructure:"dir"`   // relative to data_dir
	Every   time.Duration `mapstructure:"every"` // how often it is looked into
}

// Backups are those that the server makes after each night.
type Backups struct {
	Keep int    `mapstructure:"keep"` // 0 = none are made
	Dir  string `mapstructure:"dir"`  // relative to data_dir
	Full bool   `mapstructure:"full"` // with the registry
}

// Web is the pages.
type Web struct {
	Listen         string        `mapstructure:"listen"`     // host:port
	PublicURL      string        `mapstructure:"public_url"` // as browsers see it; "" = as listened on
	TLSCert        string        `mapstructure:"tls_cert"`   // PEM files; "" = no TLS
	TLSKey         string        `mapstructure:"tls_key"`
	TrustedProxies []Prefix      `mapstructure:"trusted_proxies"` // whose X-Forwarded-For is believed
	MetricsListen  string        `mapstructure:"metrics_listen"`  // host:port of /metrics; "" = none
	SessionIdle    time.Duration `mapstructure:"session_idle"`    // without a request, a login ends
	SessionMost    time.Duration `mapstructure:"session_most"`    // and after so long in any case
	UploadMiB      int           `mapstructure:"upload_mib"`      // the largest file that is taken in
}

// Secure tells whether browsers reach the pages over TLS.
func (w Web) Secure() bool { return w.TLSCert != "" || strings.HasPrefix(w.PublicURL, "https://") }

// Proxies returns the trusted proxies.
func (w Web) Proxies() []netip.Prefix {
	out := make([]netip.Prefix, len(w.TrustedProxies))
	for i, p := range w.TrustedProxies {
		out[i] = p.Prefix
	}
	return out
}

// Notices are how the operator hears of a night that failed or fell short.
type Notices struct {
	Good bool   `mapstructure:"good"` // also of nights without fault
	Mail Mail   `mapstructure:"mail"`
	Hook string `mapstructure:"hook"` // address that takes a POST with JSON; "" = none
}

// Mail is an SMTP server and whom to write to.
type Mail struct {
	Server   string   `mapstructure:"server"` // host:port; "" = no mail
	TLS      string   `mapstructure:"tls"`    // "starttls", "tls", "none"
	From     string   `mapstructure:"from"`
	To       []string `mapstructure:"to"`
	User     string   `mapstructure:"user"`          // "" = no login
	Password string   `mapstructure:"password"`      // secret
	Secret   string   `mapstructure:"password_file"` // a file with it; before Password
}

// Ways to protect the connection to an SMTP server.
const (
	MailStartTLS = "starttls"
	MailTLS      = "tls"
	MailPlain    = "none"
)

func (c *checker) serving(cfg *Config) {
	s := &cfg.Schedule
	c.need(cronForm(s.Cron), "schedule.cron", s.Cron, `want five fields as in crontab such as "30 1 * * *": minute, hour, day, month, day of the week`)
	_, err := time.LoadLocation(s.TimeZone)
	c.need(err == nil && s.TimeZone != "Local", "schedule.time_zone", s.TimeZone, `want a name of the IANA data base such as "Europe/Moscow", or "" for the seller's`)
	c.text("inbox.dir", cfg.Inbox.Dir)
	c.need(cfg.Inbox.Every >= time.Second && cfg.Inbox.Every <= 24*time.Hour, "inbox.every", cfg.Inbox.Every, "want a duration from 1s to 24h")
	c.between("backups.keep", cfg.Backups.Keep, 0, 1000)
	c.text("backups.dir", cfg.Backups.Dir)
	c.web(&cfg.Web)
	c.notices(&cfg.Notices)
}

func cronForm(s string) bool { return len(strings.Fields(s)) == 5 && gronx.IsValid(s) }

func (c *checker) web(w *Web) {
	c.need(hostPort(w.Listen), "web.listen", w.Listen, `want host:port such as "127.0.0.1:8080"; ":8080" is every address of the machine`)
	c.need(w.MetricsListen == "" || hostPort(w.MetricsListen), "web.metrics_listen", w.MetricsListen, `want host:port such as "127.0.0.1:9464", or "" for none`)
	c.need(w.PublicURL == "" || originForm(w.PublicURL), "web.public_url", w.PublicURL, `want the beginning of an address such as "https://obzvon.example", without a path`)
	c.need((w.TLSCert == "") == (w.TLSKey == ""), "web.tls_key", w.TLSKey, "tls_cert and tls_key go together: give both or none")
	c.need(w.SessionIdle >= time.Minute && w.SessionIdle <= 30*24*time.Hour, "web.session_idle", w.SessionIdle, "want a duration from 1m to 720h")
	c.need(w.SessionMost >= w.SessionIdle && w.SessionMost <= 90*24*time.Hour, "web.session_most", w.SessionMost, "want a duration from session_idle to 2160h")
	c.between("web.upload_mib", w.UploadMiB, 1, 200)
}

func (c *checker) notices(n *Notices) {
	if !hookForm(n.Hook) {
		c.fail("notices.hook", "", "want an address that begins with https:// or http://") // it may hold a secret
	}
	m := &n.Mail
	if m.Server == "" {
		return
	}
	c.need(hostPort(m.Server), "notices.mail.server", m.Server, `want host:port such as "smtp.example:587"`)
	c.need(m.TLS == MailStartTLS || m.TLS == MailTLS || m.TLS == MailPlain, "notices.mail.tls", m.TLS, "want starttls, tls or none")
	c.need(mailForm(m.From), "notices.mail.from", m.From, "want an e-mail address")
	c.need(len(m.To) > 0, "notices.mail.to", nil, "want at least one e-mail address")
	for _, to := range m.To {
		c.need(mailForm(to), "notices.mail.to", to, "want an e-mail address")
	}
	c.need(m.User == "" || m.TLS != MailPlain, "notices.mail.tls", m.TLS, "a password never goes over an open line: want starttls or tls")
}

func hostPort(s string) bool {
	_, port, err := net.SplitHostPort(s)
	return err == nil && port != ""
}

func originForm(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil &&
		u.Path == "" && u.RawQuery == "" && u.Fragment == ""
}

func hookForm(s string) bool {
	if s == "" {
		return true
	}
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != ""
}

func mailForm(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}
