package website

import "net/url"

// home reads the home page under the first address that answers. Where none
// does, the error is that which tells most.
func (v *visit) home(host, last string) error {
	var why error
	gone, failed := map[string]bool{}, map[string]bool{}
	for _, u := range startsOf(host, last) {
		if gone[u.Host] {
			continue
		}
		err := v.page(step{link: link{url: u, topic: topicHome}}, nil)
		if err == nil {
			return nil
		}
		if to := destination(err); to != "" && failed[rooted(to)] {
			continue // it leads where nothing was to be had, commonly from http to https
		}
		failed[rooted(v.browser.hop.asked)] = true
		next, hostGone := otherAddress(err)
		if !next {
			return err // the site is there and says no
		}
		gone[u.Host] = hostGone
		if why == nil || tells(err) > tells(why) {
			why = err
		}
	}
	return why
}

// rooted writes the address of a home page with its slash.
func rooted(address string) string {
	if u, err := url.Parse(address); err == nil && u.Path == "" {
		u.Path = "/"
		return u.String()
	}
	return address
}

// startsOf lists the addresses under which the home page may stand: where it
// was last, then with and without encryption, then the same with www.
func startsOf(host, last string) []*url.URL {
	tries := []string{last}
	for _, h := range []string{host, "www." + host} {
		tries = append(tries, "https://"+h+"/", "http://"+h+"/")
	}
	var out []*url.URL
	seen := map[string]bool{}
	for _, s := range tries {
		if u, err := url.Parse(s); s != "" && err == nil && usualPort(u) && !seen[s] {
			seen[s] = true
			out = append(out, u)
		}
	}
	return out
}
