package resolve

//go:generate go run github.com/tinylib/msgp@v1.6.5 -file recordnote.go -o recordnote_gen.go -io=false -tests=false -unexported

// As record.go.
//
//msgp:tuple joinsNote listingID
//msgp:limit arrays:100000

// joinsNote stands beside the joins: what they were made from and what came of
// it. Of the listings it holds no content.
type joinsNote struct {
	Tag        string
	Decided    string
	Mark       uint64
	Listings   int64
	Joined     int64
	Manual     int64
	Decidable  int64
	Reasons    map[string]int64
	ByEvidence map[string]int64

	// What is to be reviewed, as it was asked for.
	ReviewAtMost  int
	InterestBasis string
	Review        []listingID
}

type listingID struct{ Source, Key string }
