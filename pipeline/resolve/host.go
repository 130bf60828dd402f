package resolve

// host tells whether the registered domain of an address may be a listed one.
// An address of ASCII without "%" and Punycode has its domain in its letters,
// behind a dot or alone: every such end of everything that may be a host is
// looked up.
func (s *sieve) host(address string) bool {
	if s == nil {
		return true
	}
	h, letters, found, plain := uint64(hashSeed), 0, false, true
	for i := len(address) - 1; i >= 0; i-- {
		c := address[i]
		switch {
		case c >= 0x80 || c == '%':
			return true
		case c == '.' && letters == 0:
			continue // of «vega.ru.» the last dot is none
		case c == '.' || !hostByte(c):
			found = found || s.hosts[h]
		case c == '-' && i > 0 && address[i-1] == '-':
			plain = false // «xn--»
		}
		if h, letters = hashOn(h, lowerASCII(c)), letters+1; !hostByte(c) {
			h, letters = hashSeed, 0
		}
	}
	return found || !plain || s.hosts[h]
}

// hashHost hashes a domain from its end; false if it is not of ASCII: then only
// addresses that host never dismisses can have it.
func hashHost(domain string) (uint64, bool) {
	h := uint64(hashSeed)
	for i := len(domain) - 1; i >= 0; i-- {
		if domain[i] >= 0x80 {
			return 0, false
		}
		h = hashOn(h, lowerASCII(domain[i]))
	}
	return h, true
}

func hostByte(c byte) bool {
	return c == '-' || c == '.' || '0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}

func lowerASCII(c byte) byte {
	if 'A' <= c && c <= 'Z' {
		return c + 'a' - 'A'
	}
	return c
}
