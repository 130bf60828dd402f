package score

// trie finds which keys begin a text, byte by byte. It is filled, sealed and
// then walked by many goroutines.
type trie struct {
	edges map[edge]int
	nodes int // without the root

	class [256]uint8 // of the bytes that stand in keys, from 1
	width int
	next  []int32 // node × width + class: the next node; 0 = leads nowhere
}

// edge is a byte that follows what a node stands for. The root is node 0.
type edge struct {
	node int
	c    byte
}

// add puts a key in and returns its node.
func (t *trie) add(key string) int {
	if t.edges == nil {
		t.edges = map[edge]int{}
	}
	node := 0
	for i := range len(key) {
		e := edge{node, key[i]}
		if t.edges[e] == 0 {
			t.nodes++
			t.edges[e] = t.nodes
		}
		node = t.edges[e]
	}
	return node
}

// seal lays the tree out in a table.
func (t *trie) seal() {
	t.class, t.width = [256]uint8{}, 1
	for e := range t.edges {
		if t.class[e.c] == 0 {
			t.class[e.c] = uint8(t.width)
			t.width++
		}
	}
	t.next = make([]int32, (t.nodes+1)*t.width)
	for e, to := range t.edges {
		t.next[e.node*t.width+int(t.class[e.c])] = int32(to)
	}
	t.edges = nil
}

// step gives the node that the byte leads to; 0 = none.
func (t *trie) step(node int, c byte) int {
	return int(t.next[node*t.width+int(t.class[c])])
}
