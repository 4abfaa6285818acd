package names

import "kelisim/analysis"

// Table knows countries, institutions and outlets.
type Table struct{}

// Default is the table that is built into the program. It is loaded once.
func Default() *Table { return &Table{} }

// Recognize finds the countries and institutions that x names, ordered by start. A country inside an institution's
// name follows the institution. The dateline is no evidence.
func (t *Table) Recognize(x *analysis.Text) []Mention { return nil }

// Label is the display name of a country, institution or outlet in a language (kk, ru, en), or key itself.
// facet is "country", "institution" or "outlet".
func (t *Table) Label(facet, key, lang string) string { return key }

// Outlet finds the key of the outlet that an article's stated outlet, address or text (dateline, «деп хабарлайды …»)
// names, or "".
func (t *Table) Outlet(stated, url string, x *analysis.Text) string { return "" }

// Lookup finds what a typed name, or a distinctive word of one, may mean, in any language, case form or script:
// «Нәрікбаев», «КазНУ», «Tallinn University», «Эстония». Nothing for words that many names share.
func (t *Table) Lookup(tokens []analysis.Token) []Match { return nil }

// Match is what a run of typed tokens names.
type Match struct {
	First, Last int      // tokens[First:Last]
	Kind        Kind     //
	Keys        []string // every key it may mean
	Whole       bool     // the run is a full name or alias; else a distinctive word of one
}
