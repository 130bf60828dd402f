package bolt

// findings of one look.
type findings struct {
	pairs   []pair
	missing [][]byte
	taken   int    // items that are done
	from    []byte // where to look next
	more    bool   // there is more to look at
	noted   bool   // something was written beside the tree
}

type pair struct {
	item item
	old  []byte
	has  bool
}

func (f *findings) clear() {
	*f = findings{pairs: f.pairs[:0], missing: f.missing[:0]}
}

// look compares items with what is stored, at most a batch.
func (m *merge) look(t tree, items []item, toEnd bool) {
	f := &m.found
	f.from = m.from
	t.seek(m.from)
	for steps := 0; ; steps++ {
		key, value := t.at()
		last := len(items) == f.taken
		switch {
		case last && (!toEnd || key == nil):
			return
		case steps == m.batch:
			f.more = true
			return
		case last || key != nil && string(key) < items[f.taken].key:
			if !m.whole {
				t.seek([]byte(items[f.taken].key))
				continue
			}
			f.missing = append(f.missing, key)
			f.from = append(append(f.from[:0:0], key...), 0)
			t.next()
			continue
		}
		p := pair{item: items[f.taken]}
		if key != nil && string(key) == p.item.key {
			p.old, p.has = value, true
			t.next()
		}
		f.pairs = append(f.pairs, p)
		f.taken++
		if f.taken == len(items) || steps+1 == m.batch {
			f.from = append([]byte(p.item.key), 0)
		}
	}
}
