package index

import (
	"errors"
	"math"
)

// Tab is what is searched or how it is shown.
type Tab string

// The tabs that list documents.
const (
	Articles   Tab = "articles"
	Agreements Tab = "agreements"
)

// Sort is an order of hits.
type Sort string

// The orders. The empty Sort means Relevance where words were typed, Newest where none were.
const (
	Relevance Sort = "relevance"
	Newest    Sort = "newest"
	Oldest    Sort = "oldest"
)

// DefaultSize and MaxSize bound a page: the engine holds size hits in memory for each request.
const (
	DefaultSize = 20  // hits
	MaxSize     = 100 // hits
)

// Query is what the reader chose.
type Query struct {
	Text      string // as typed
	Selection Selection
	Tab       Tab
	Match     string // "all": every word is asked for; "most": whatever has enough counts; "": those with all words first
	Sort      Sort
	Cursor    string   // opaque, from Page.Next
	Size      int      // hits; 0 means DefaultSize
	NoExpand  bool     // x=0: no expansion across languages
	NoRepair  bool     // repair=0
	Keep      []string // words that are taken as typed, whatever is repaired
	TotalOnly bool     // only Page.Total and Page.Uncertain are wanted: no hits, no counts

	// CountsOnly asks for all but hits: a page of numbers reads no text.
	CountsOnly bool

	// Bare asks for rows of a file: no counts, notes and snippets, but where each hit comes from. Hits that have some of the
	// words only are left out.
	Bare bool

	// Fold asks for one hit a story, its first in the order: the others stand under it and are counted. A page has Size articles,
	// and so fewer hits.
	Fold bool

	// MinConfidence leaves out agreements that are less sure, as if they were not there; 0 means Shown, Any none.
	MinConfidence Percent
}

// ErrCursor says that a cursor is not one of ours.
var ErrCursor = errors.New("cursor is damaged: begin at the first page")

// Request goes to an engine.
type Request struct {
	Tree      Tree // nil matches every document
	Selection Selection
	Tab       Tab
	Sort      Sort // never empty
	After     *Cursor
	Size      int  // hits wanted; 0 with Counts asks for total and counts only
	Counts    bool // whether facet counts are wanted
	Places    bool // whether hits tell where the tree's words stand, if they are articles and the engine knows
	// Only are the ids of those that may be hits, and counted: others are as if they did not match. nil: all may.
	Only []string
	// Beside is asked once with the hits; those of the ids it gives that match come back in Result.Beside, wherever in the list they
	// stand. nil: nothing is. What it fails with is the search's error.
	Beside func(hits []Scored) ([]string, error)

	Full bool // of an Enough that is not Loose only those that hold all parts are wanted as hits

	// MinConfidence leaves out agreements that are less sure, and what articles would be found or counted by for them.
	MinConfidence Percent
}

// Undated stands for the day of a document without a date in a Cursor, and UndatedKey for its value in the date facet.
const (
	Undated    = math.MaxInt32
	UndatedKey = "undated"
)

// Cursor is a place in a list of hits: the last hit seen.
type Cursor struct {
	Rest  bool    // whether it was among those that lack a part of an Enough
	Score float64 // exact, where sorted by relevance
	Date  int     // days since 1970-01-01, where sorted by date; Undated where there is none
	ID    string
	Seq   uint64 // of the archive when the list was made
}

// Result comes back from an engine.
type Result struct {
	Total     int // of an Enough that is not Loose: those that hold all parts
	More      int // those that hold enough, but not all; 0 where they were not asked for
	Uncertain int // agreements of Total that are less sure than Sure
	Hits      []Scored
	Beside    []Scored           // in the order of the list, without values: see Request.Beside
	Counts    map[string][]Count // facet name → values with a count above zero, or chosen; most frequent first
	Next      *Cursor            // nil on the last page
	Seq       uint64             // of the snapshot that answered
	Partial   bool               // a part of the index did not answer: there are more
}

// Scored is a document's id with its score and what the engine keeps of it.
type Scored struct {
	ID        string
	Score     float64
	Rest      bool                // it is one of Result.More
	Values    map[string][]string // facet name → its values, most mentioned first; of an article's agreements those shown
	Agreement *Agreement          // of a document that is one
	Places    *Places             // of an article, where they were asked for; nil: read the text
}

// Begun is a word of the index that begins as somebody typed.
type Begun struct {
	Form      string // as it stands in texts, in small letters
	Documents int    // that have it
}

// Count is how many documents a facet's value would leave if it were the only one chosen there.
type Count struct {
	Key                string
	Count              int
	Selected, Excluded bool
}
