package analysis

// Read analyses a text. prior is the language that the article states, "" where it states none.
func Read(source string, prior Lang) *Text { return &Text{Source: source} }

// Split gives the tokens of what a reader typed, without language or terms.
func Split(s string) []Token { return nil }

// QueryTerms gives the stem terms that a typed word may have in an index, over every language whose letters it can
// have; its Form, the exact term, comes first.
func QueryTerms(t Token) []string { return []string{t.Form} }

// IsStop reports whether a folded word is a stop word in any language whose letters it can have.
func IsStop(form string) bool { return false }
