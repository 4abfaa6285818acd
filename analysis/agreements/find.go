package agreements

import (
	"kelisim/analysis"
	"kelisim/analysis/agreements/weights"
	"kelisim/analysis/names"
)

// Find reads agreements out of a text. ms are the mentions that names.Surmise found in it; reported is
// the article's date (YYYY-MM-DD, or shorter, or ""). Each agreement found has one piece of evidence.
func Find(x *analysis.Text, ms []names.Mention, reported string) []Agreement {
	return find(builtin(), x, ms, reported)
}

func find(m *weights.Model, x *analysis.Text, ms []names.Mention, reported string) []Agreement {
	if len(x.Tokens) == 0 {
		return nil
	}
	s := newScene(x, ms, reported)
	cs := s.candidates()
	s.weigh(m, cs)
	var out []Agreement
	for _, d := range s.records(m, cs) {
		out = append(out, d.agreement(s))
	}
	return out
}

// longest keeps a page without full stops from costing more than it tells: no sentence of news has so many words.
const longest = 1500 // tokens
