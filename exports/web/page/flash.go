package page

import (
	"net/http"
	"net/url"
)

const flashCookie = "flash"

// Back sends the browser to a page by GET, after something was done, with a word
// about it that is shown once.
func (k *Kit) Back(w http.ResponseWriter, r *http.Request, to, said string) error {
	if said != "" {
		http.SetCookie(w, k.cookie(flashCookie, url.QueryEscape(said), 60))
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}

func (k *Kit) takeFlash(w http.ResponseWriter, r *http.Request) string {
	c, err := r.Cookie(k.CookieName(flashCookie))
	if err != nil {
		return ""
	}
	http.SetCookie(w, k.cookie(flashCookie, "", -1))
	said, err := url.QueryUnescape(c.Value)
	if err != nil {
		return ""
	}
	return said
}

// cookie is one that scripts and other sites do not get. Age is in seconds, below
// 0 it removes the cookie, 0 = until the browser is closed.
func (k *Kit) cookie(name, value string, age int) *http.Cookie {
	return &http.Cookie{
		Name: k.CookieName(name), Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: k.Secure, SameSite: http.SameSiteLaxMode,
	}
}

// CookieName is the name under which a cookie goes: over TLS with the prefix that
// binds it to this very host (RFC 6265bis, 4.1.3.2).
func (k *Kit) CookieName(name string) string {
	if k.Secure {
		return "__Host-" + name
	}
	return name
}

// SetCookie sets a cookie of the pages, as cookie says.
func (k *Kit) SetCookie(w http.ResponseWriter, name, value string, age int) {
	http.SetCookie(w, k.cookie(name, value, age))
}
