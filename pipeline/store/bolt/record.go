package bolt

//go:generate go run github.com/tinylib/msgp@v1.6.5 -file record.go -o record_gen.go -io=false -tests=false -unexported

// What stands in the registry file, as MessagePack arrays: the order of fields
// is the format. Another order or number of fields is another formatVersion.
//
//msgp:tuple fact stamp happening change
//msgp:limit arrays:1000000

// fact is one of the content of an observation.
type fact struct {
	Field   string
	Key     string
	Value   string
	Note    string
	Subject uint8
	Date    int32
}

// stamp is the part of an observation that is no part of its equality.
type stamp struct {
	Date      int32
	Origin    string
	FirstSeen []int32 // of each fact; equal ones at the end are left out but one
}

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
