package bolt

//go:generate go run github.com/tinylib/msgp@v1.6.5 -file recordjoin.go -o recordjoin_gen.go -io=false -tests=false -unexported

// The rarer records of the registry file, in the same form as in record.go.
//
//msgp:tuple joined evidence rejected
//msgp:limit arrays:1000000

// joined is a join; its id is its key.
type joined struct {
	INN      string
	Manual   bool
	Evidence []evidence
}

type evidence struct {
	Kind   string
	Value  string
	Weight int64
}

type rejected struct {
	Unit   string
	Row    int64
	Reason string
	Detail string
	Raw    string
}
