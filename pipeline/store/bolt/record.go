package bolt

//go:generate go run github.com/tinylib/msgp@v1.6.5 -file record.go -o record_gen.go -io=false -tests=false -unexported

// Events in the registry file, as MessagePack arrays: the order of fields is
// the format. Another order or number of fields is another format of the file.
//
//msgp:tuple happening change
//msgp:limit arrays:1000000

// happening is an event; its day and id are its key.
type happening struct {
	INN     string
	Kind    string
	Changes []change
	Before  []byte // the record before the day's first write; empty = none
}

type change struct {
	Field    string
	Key      string
	From, To string
}
