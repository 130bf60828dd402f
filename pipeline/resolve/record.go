package resolve

//go:generate go run github.com/tinylib/msgp@v1.6.5 -file record.go -o record_gen.go -io=false -tests=false -unexported

// What the store keeps for this package and does not look into, as MessagePack
// arrays: the order of fields is the format. Another order or number of fields
// wants another method.
//
//msgp:tuple entryNote outcome candidate piece
//msgp:limit arrays:100000

// entryNote stands beside the tokens of an owner.
type entryNote struct {
	Digest  uint64   // of what the tokens were made of, and more
	Roles   []byte   // of the tokens, one by one
	Outcome *outcome // of a listing; nil = not matched since something changed
}

// outcome is what became of a listing.
type outcome struct {
	INN        string // "" = not joined
	Manual     bool
	Evidence   []piece // of the join
	Reason     string
	Why        string
	Candidates []candidate
}

type candidate struct {
	INN, Name, City string
	Probability     float64
	Evidence        []piece
}

type piece struct {
	Kind, Value string
	Weight      int64
}
