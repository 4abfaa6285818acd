// Package claims answers: which numbers of documents, partners or branches does this text state?
//
// «20-дан астам құжатқа қол қойылды» and «1 453 договора» are claims: a number that an article states and that nobody can
// turn into records. Every number of a text is a candidate (page.go); features (feature.go) say what it counts and what its
// sentence speaks of; a log-linear model with the weights of data/weights.tsv decides and names the kind (model.go).
// learn.go fits the weights to texts with gold. A word is a line of data/words.txt; RULES.md of agreements says how to learn.
package claims

import "kelisim/analysis"

// Claim is a number of documents, partners or programmes that a text states. It is never turned into records.
type Claim struct {
	Number string `json:"number"` // «1453», «20+», «~140»
	Kind   string `json:"kind"`   // one of Kinds
	Text   string `json:"text"`   // as written
	Start  int    `json:"start"`
	End    int    `json:"end"`
}

// Kinds are what claims count.
var Kinds = []string{"agreement", "branch", "document", "double-degree", "other", "partner", "university"}

// Find reads the claims out of a text, in their order.
func Find(x *analysis.Text) []Claim { return builtin().Find(x) }

// Find reads a text as Find does, by the model's weights.
func (m *Model) Find(x *analysis.Text) (out []Claim) {
	for _, c := range newPage(x).candidates() {
		if m.sum("told", c.features) > threshold {
			out = append(out, Claim{c.String(), m.kind(c.features), x.Source[c.Start:c.End], c.Start, c.End})
		}
	}
	return out
}
