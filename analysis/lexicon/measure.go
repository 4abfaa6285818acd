package lexicon

import (
	"math"

	"kelisim/analysis"
)

// Parallel is a text and its translation.
type Parallel struct{ From, To *analysis.Text }

// Figures say how well a lexicon foresees translations.
type Figures struct {
	Recall    float64 // share of the translations' content words that the words' translations cover
	Precision float64 // share of the words' translations that stand in the text's translation
	Weighted  float64 // the same, each counted by its weight
	Mean      float64 // their mean weight: Precision, were weights exact
	Loss      float64 // how far weights are from what stands there: mean negative logarithm of its probability
}

// Measure tells how the words of texts, as a reader would type them, foresee the texts' translations. Every text must have
// been read in its language; pairs without one give zeros.
func (l *Lexicon) Measure(texts []Parallel) Figures {
	var f Figures
	var covered, words, there, all, right, weight float64
	for _, x := range texts {
		has := map[string]bool{}
		for _, t := range x.To.Tokens {
			for _, k := range analysis.IndexTerms(t) {
				has[k] = true
			}
		}
		said := map[string]bool{}
		for _, g := range l.Expand(typed(x.From)) {
			for _, t := range g.Translations {
				if t.Lang != x.To.Lang {
					continue
				}
				ok := stands(t.Words, has, said)
				all, weight = all+1, weight+t.Weight
				p := 1 - t.Weight
				if ok {
					there, right, p = there+1, right+t.Weight, t.Weight
				}
				f.Loss -= math.Log(max(p, 1e-4))
			}
		}
		for _, t := range x.To.Tokens {
			if t.Kind != analysis.Word || t.Stop || t.Lang != x.To.Lang {
				continue
			}
			words++
			for _, k := range t.Terms {
				if said[k] {
					covered++
					break
				}
			}
		}
	}
	if words > 0 {
		f.Recall = covered / words
	}
	if all > 0 {
		f.Precision, f.Mean, f.Weighted, f.Loss = there/all, weight/all, right/weight, f.Loss/all
	}
	return f
}

// typed are the terms of a text's words.
func typed(x *analysis.Text) (words [][]string) {
	for _, t := range x.Tokens {
		words = append(words, analysis.QueryTerms(t))
	}
	return words
}

// stands reports whether every word of a translation is there, and notes its terms.
func stands(words [][]string, there, said map[string]bool) bool {
	all := true
	for _, stems := range words {
		any := false
		for _, s := range stems {
			any = any || there[s]
			said[s] = true
		}
		all = all && any
	}
	return all
}
