package evidence

// hashOf hashes a kind and the parts of a value, alike in every run: FNV-1a
// with the last step of MurmurHash3, so that every bit depends on all.
func hashOf(k Kind, parts ...string) uint64 {
	h := (uint64(hashBasis) ^ uint64(k)) * hashPrime
	for _, p := range parts {
		h = hashText(h, p)
	}
	return hashEnd(h)
}

const (
	hashBasis = 0xcbf29ce484222325
	hashPrime = 0x100000001b3
	hashGap   = 0xff // no byte of UTF-8
)

func hashText(h uint64, s string) uint64 {
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * hashPrime
	}
	return (h ^ hashGap) * hashPrime
}

func hashWord(h, v uint64) uint64 { return hashEnd((h ^ v) * hashPrime) }

func hashEnd(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
