package index

import (
	"fmt"
	"strings"
)

// Tree is what was understood of a query's text. Its String is for people and tests.
type Tree interface{ String() string }

// The nodes of a Tree. A document's searchable words are its title and body (of an agreement: its quotes, subject
// and its parties' names); a node over words matches if either field does.
type (
	// AnyTerm matches a document that has any of Terms: one typed word in all its readings. Word is what was typed.
	AnyTerm struct {
		Word  string
		Terms []string
	}
	// Phrase matches the slots one after another in one paragraph, each slot by any of its terms. With Slop n, up to n
	// words may stand between the first and the last beyond the slots themselves, in this order.
	Phrase struct {
		Text  string
		Slots [][]string
		Slop  int
	}
	// Value matches a document with a facet's value: a recognised institution or country.
	Value struct{ Facet, Key string }
	// And matches where all do.
	And []Tree
	// Or matches where any does.
	Or []Tree
	// Not matches where Of does not. It stands only inside an And or alone.
	Not struct{ Of Tree }
	// Should lifts the score where Of matches, and never excludes. It stands only inside an And.
	Should struct{ Of Tree }
	// AtLeast matches where Min or more of Of do.
	AtLeast struct {
		Min int
		Of  []Tree
	}
)

func (n AnyTerm) String() string { return "(" + strings.Join(n.Terms, "|") + ")" }

func (n Phrase) String() string {
	s := make([]string, len(n.Slots))
	for i, t := range n.Slots {
		s[i] = strings.Join(t, "|")
	}
	out := `"` + strings.Join(s, " ") + `"`
	if n.Slop > 0 {
		out += fmt.Sprintf("~%d", n.Slop)
	}
	return out
}
func (n Value) String() string  { return n.Facet + ":" + n.Key }
func (n And) String() string    { return list("and", n) }
func (n Or) String() string     { return list("or", n) }
func (n Not) String() string    { return "-" + n.Of.String() }
func (n Should) String() string { return n.Of.String() + "?" }
func (n AtLeast) String() string {
	return list(fmt.Sprintf("at least %d", n.Min), n.Of)
}

func list(op string, of []Tree) string {
	s := make([]string, len(of))
	for i, t := range of {
		s[i] = t.String()
	}
	return "[" + op + " " + strings.Join(s, " ") + "]"
}
