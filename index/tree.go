package index

import (
	"fmt"
	"slices"
	"strings"
)

// Tree is what was understood of a query's text. Its String is for people and tests.
type Tree interface{ String() string }

// The nodes of a Tree. A document's searchable words are its title and body (of an agreement: its quotes, subject
// and its parties' names); a node over words matches if either field does.
type (
	// AnyTerm matches a document that has any of Terms: one typed word in all its readings, with one document frequency.
	// Word is what was typed. A document that has only one of Near counts by its weight, in scores and for an Enough; one that
	// is Whole matches too.
	AnyTerm struct {
		Word  string
		Terms []string
		Near  []Near
		Title bool // it must stand in the title; of an agreement, among its parties
	}
	// Near is a term that may stand for a word: one like it, or a translation.
	Near struct {
		Term     string
		Weight   float64 // of an occurrence, 0–1
		Likeness float64 // how like the word it is, 0–1; 0 for a translation
		Whole    bool    // a document that has it has the word: it says as much
	}
	// Phrase matches the slots one after another in one paragraph, each slot by any of its terms. With Slop n, up to n
	// words may stand between the first and the last beyond the slots themselves, in this order.
	Phrase struct {
		Text  string
		Slots [][]string
		Slop  int
		Title bool
	}
	// Sentence matches where all of Of stand in one sentence, in any order. Their own Title means nothing.
	Sentence struct{ Of []Phrase }
	// Value matches a document with a facet's value: a recognised institution or country.
	Value struct{ Facet, Key string }
	// And matches where all do.
	And []Tree
	// Or matches where any does.
	Or []Tree
	// Not matches where Of does not. It stands only inside an And or alone.
	Not struct{ Of Tree }
	// Should lifts the score where Of matches, by Weight times Of's own, and never excludes. It stands only inside an And or
	// Enough.
	Should struct {
		Of     Tree
		Weight float64
	}
	// Name matches where all of Words do, or any of Keys, what they name. A key weighs Weight times the sum of the words; and
	// what has it has all of the words, for an Enough. A Keyed one matches by its keys only, if any document has one: the words
	// then lift the score.
	Name struct {
		Words  []Tree
		Keys   []Value
		Weight float64
		Keyed  bool
	}
	// Enough matches where parts of Of are held that are worth Share of all of them: the worth of a part is its idf, and
	// what no document holds is worth nothing. Documents that hold all parts are the full ones. They score more, stand first, and
	// only they count in totals and facets, unless Loose counts whatever matches. Mixed ones stand by relevance as they score.
	// It stands only at the top of a tree.
	Enough struct {
		Share float64 // 0–1
		Of    []Tree  // AnyTerm and Name, and Should
		Loose bool
		Mixed bool
	}
)

func (n AnyTerm) String() string { return inTitle(n.Title) + "(" + strings.Join(n.Terms, "|") + ")" }

func inTitle(title bool) string {
	if title {
		return "title:"
	}
	return ""
}

func (n Phrase) String() string {
	s := make([]string, len(n.Slots))
	for i, t := range n.Slots {
		s[i] = strings.Join(t, "|")
	}
	out := inTitle(n.Title) + `"` + strings.Join(s, " ") + `"`
	if n.Slop > 0 {
		out += fmt.Sprintf("~%d", n.Slop)
	}
	return out
}
func (n Sentence) String() string {
	of := make([]Tree, len(n.Of))
	for i, t := range n.Of {
		of[i] = t
	}
	return list("sentence", of)
}
func (n Value) String() string  { return n.Facet + ":" + n.Key }
func (n And) String() string    { return list("and", n) }
func (n Or) String() string     { return list("or", n) }
func (n Not) String() string    { return "-" + n.Of.String() }
func (n Should) String() string { return n.Of.String() + "?" }
func (n Name) String() string {
	of := slices.Clone(n.Words)
	for _, k := range n.Keys {
		of = append(of, k)
	}
	if n.Keyed {
		return list("named", of)
	}
	return list("name", of)
}
func (n Enough) String() string {
	switch {
	case n.Loose:
		return list("most", n.Of)
	case n.Mixed:
		return list("mixed", n.Of)
	}
	return list("enough", n.Of)
}

func list(op string, of []Tree) string {
	s := make([]string, len(of))
	for i, t := range of {
		s[i] = t.String()
	}
	return "[" + op + " " + strings.Join(s, " ") + "]"
}

// Parts are the parts of a node, nil where it has none.
func Parts(t Tree) []Tree {
	switch t := t.(type) {
	case And:
		return t
	case Or:
		return t
	case Enough:
		return t.Of
	case Not:
		return []Tree{t.Of}
	case Should:
		return []Tree{t.Of}
	case Name:
		out := slices.Clone(t.Words)
		for _, k := range t.Keys {
			out = append(out, k)
		}
		return out
	}
	return nil
}

// HasValue reports whether a tree looks for mentions.
func HasValue(t Tree) bool {
	_, ok := t.(Value)
	return ok || slices.ContainsFunc(Parts(t), HasValue)
}
