package index

import (
	"cmp"
	"slices"
)

// Labels tells where the words for a facet's values come from.
type Labels uint8

// Where a value's words come from.
const (
	ByMessage Labels = iota // key «name.value» of web/text
	ByName                  // analysis/names knows the value's names
	ByPlain                 // the value is its own label
)

// Scope tells how a facet's values hang together where a reader filters articles.
type Scope uint8

// The scopes. Where a facet of scope OfAgreement is chosen, it and all facets of scope OfEither (and the date) must
// hold in one and the same agreement of an article; else those of OfEither mean what the article mentions.
const (
	OfArticle   Scope = iota // said of the article: its language, its outlet
	OfEither                 // mentioned by the article, or a party of an agreement
	OfAgreement              // said of an agreement only: its kind, its status
)

// Facet is one declaration: how records contribute to it, and where its values' words come from. A facet stands in a
// file of its own, which calls Register, and needs the keys «facet.NAME» (and those of its values) in web/text.
type Facet struct {
	Name      string                      // URL parameter, field and message key
	Order     int                         // place on the page, smallest first
	Labels    Labels                      //
	Scope     Scope                       //
	Quiet     bool                        // it is for links and files: the page lists its values only where one is chosen
	Unlisted  string                      // a value that filters, and is counted only where it is chosen; "" for none
	Article   func(r *Record) []string    // values of an article; nil: none
	Agreement func(a *Agreement) []string // values of an agreement, lang and outlet from its Evidence; nil: none
}

var facets []Facet

// Register adds a facet. It is called from init functions only.
func Register(f Facet) {
	facets = append(facets, f)
	slices.SortFunc(facets, func(a, b Facet) int { return cmp.Compare(a.Order, b.Order) })
}

// Facets are all facets but date, in the order of the page.
func Facets() []Facet { return facets }

// FacetNamed finds a facet; ok is false for an unknown name.
func FacetNamed(name string) (f Facet, ok bool) {
	for _, f := range facets {
		if f.Name == name {
			return f, true
		}
	}
	return Facet{}, false
}
