package evidence

// makeDigest hashes all that Weigh looks at.
func (p *Party) makeDigest() uint64 {
	h := hashText(hashBasis, string(p.inn))
	h = hashWord(h, uint64(p.forms))
	h = hashWord(h, uint64(p.trades)<<32|uint64(p.further))
	for _, n := range p.numbers {
		h = hashWord(hashText(h, n.value), flags(n.own, n.entity))
	}
	for i, list := range [...][]contact{p.phones, p.domains, p.mailboxes} {
		h = hashWord(h, uint64(i))
		for _, c := range list {
			h = hashWord(hashText(h, c.value), flags(c.site, c.brought))
		}
	}
	h = hashWord(h, uint64(len(p.names)))
	for i := range p.names {
		n := &p.names[i]
		h = hashWord(hashText(hashText(h, n.text), n.joined), flags(n.legal, n.brought))
	}
	h = hashWord(h, uint64(len(p.people)))
	for i := range p.people {
		h = hashText(h, p.people[i].text)
	}
	h = hashWord(h, uint64(len(p.places)))
	for _, at := range p.places {
		h = hashWord(hashText(hashText(h, at.region), at.city), flags(at.brought, false))
	}
	h = hashWord(h, uint64(len(p.addresses)))
	for _, a := range p.addresses {
		h = hashWord(hashWord(hashText(h, a.text), a.place), flags(a.brought, false))
	}
	for _, t := range p.tokens {
		h = hashWord(h, t.Hash)
	}
	return h
}

func flags(a, b bool) uint64 {
	n := uint64(0)
	if a {
		n = 1
	}
	if b {
		n += 2
	}
	return n
}
