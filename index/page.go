package index

import (
	"kelisim/analysis"
	"time"
)

// Piece is a run of a snippet; Match marks a word that the query matched.
type Piece struct {
	Text  string
	Match bool
}

// Snippet is pieces in reading order. Cut ends are marked by the pieces' text («…»).
type Snippet []Piece

// MostQuoted bounds the evidence of an agreement that a page quotes and marks: each piece has a text to be read.
const MostQuoted = 50

// Hit is one document of a page.
type Hit struct {
	ID           string
	Score        float64
	Rest         bool    // it is one of Page.More
	Title        []Piece // the headline, or, where there is none, the lead cut at a sentence or word
	Untitled     bool    // Title is the lead
	Damaged      bool    // the archived text cannot be read: there is no title
	Published    Date
	Gone         Date   // since when an article is gone from its site, where somebody looked; zero where it is not
	Outlet       string // a key, or ""
	StatedOutlet string // what the article states, where there is no key
	Lang         string
	URL          string
	Countries    []string // ISO 3166-1 alpha-2, without KZ, most mentioned first
	Institutions []string // keys of listed institutions, most mentioned first
	Snippets     []Snippet
	Statuses     []Count     // of Told, by status
	Told         []Agreement // what an article tells that fits the query, that of the bodies it means first; nil on the tab agreements
	Silent       int         // how many agreements it tells that do not fit
	Story        string      // of an article: the id of its story, which is that of the story's earliest article
	Others       []Neighbour // of a folded article: the other articles of its story, the earliest first
	More         int         // others that are not in Others: of the longest stories
	Differences  []Difference
	Agreement    *Agreement // on the tab agreements
	Sources      []Source   // the articles of Agreement's evidence, one a piece; on a page of the first MostQuoted
}

// Source is where a piece of evidence stands.
type Source struct {
	Title     string // the headline, or, where there is none, the first words
	Untitled  bool   // Title are the first words
	Published Date
	URL       string
	Version   Version // of a Bare query
}

// FacetCounts are a facet's values in the order to show them.
type FacetCounts struct {
	Name   string
	Values []Count
}

// Note tells what was understood, repaired or expanded. Code is a key of web/text («note.CODE»); Undo is the query
// without it.
type Note struct {
	Code   string
	Args   []string
	Values []Value // facet values whose labels, in the reader's language, are the message's last argument
	Undo   *Query
}

// Page is the answer to a Query.
type Page struct {
	Query     Query // as understood: size and sort filled in
	Total     int   // with all words, where the query asks for enough of them
	More      int   // with some
	Uncertain int   // agreements of Total that are less sure than Sure
	Hits      []Hit
	Folded    int // articles of this page that stand under another one of their story, here or on an earlier page
	Facets    []FacetCounts
	Notes     []Note
	Next      string // cursor of the next page, "" on the last
	Holdings  Holdings
	Tree      string // what was understood, for the API and for people who debug
}

// Holdings is what the whole index holds.
type Holdings struct {
	Articles, Agreements int // agreements from Shown on
	First, Last          Date
	Outlets              int
	Seq                  uint64
	Updated              time.Time // when the newest article was read
}

// Suggestion is a way to go on with what is being typed: a value of a facet, or a word.
type Suggestion struct {
	Facet string // country or institution; "" of a word
	Key   string // of a value
	Text  string // its label, or the word
	Count int    // articles that Query would find if nothing else were typed
	Query Query  // what was typed with it
}

// Version is one state that an article was archived in.
type Version struct {
	Number  int // from 1
	SHA256  string
	Fetched time.Time
	Path    string
}

// Neighbour is an article that stands beside another one.
type Neighbour struct {
	Source
	ID           string
	Outlet       string // a key, or ""
	StatedOutlet string // what the article states, where there is no key
	Lang         string
	Shared       int  // agreements that both tell
	Outside      bool // of a hit: the query does not find it
}

// View is one article with all that its page shows.
type View struct {
	Record     Record
	Versions   []Version          // oldest first
	Story      string             // the id of its story, "" where the index has not read it
	Confidence map[string]Percent // id of an agreement → how sure it is, by all articles that tell it
}

// Lang is a language code; see analysis.
type Lang = analysis.Lang
