package query

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
	"kelisim/index"
)

// translate lets the translations of words stand for them, and says so of the likeliest that the index has: those of the longest run of words that has some («қос
// диплом» before «қос»). A translation of several words stands in the places of the run's words, in their order; where it has
// fewer, its last stands for the rest («жоғары оқу орны», «вуз»). A text with a likely one has the word, for match=all too,
// unless the translation takes more words than the run.
func (p *parser) translate(parts []Part) {
	if p.q.NoExpand || p.s.Lexicon == nil {
		return
	}
	var words [][]string
	eachWord(parts, func(w *index.AnyTerm, named bool) {
		if named {
			words = append(words, nil) // its key is found in every language, and КазНУ is no treasury
			return
		}
		words = append(words, w.Terms)
	})
	near := make([][]index.Near, len(words))
	var runs [][]lexicon.Translation
	for _, g := range p.s.Lexicon.Expand(words) {
		var taken []lexicon.Translation
		likeliest := map[analysis.Lang]float64{}
		for _, t := range g.Translations {
			likeliest[t.Lang] = max(likeliest[t.Lang], t.Weight)
		}
		for _, t := range g.Translations {
			weight := p.w.TranslationWeight * math.Pow(t.Weight, p.w.TranslationPower)
			if weight < leastTranslation {
				continue
			}
			run := g.Last - g.First
			whole := len(t.Words) <= run && t.Weight >= wholeShare*likeliest[t.Lang]
			places := len(t.Words)
			if whole {
				places = run
			}
			for j := range places {
				at := min(g.First+j, g.Last-1)
				for _, term := range t.Words[min(j, len(t.Words)-1)] {
					if !slices.Contains(words[at], term) {
						near[at] = append(near[at], index.Near{Term: term, Weight: weight, Whole: whole})
					}
				}
			}
			taken = append(taken, t)
		}
		slices.SortStableFunc(taken, func(a, b lexicon.Translation) int { return cmp.Compare(b.Weight, a.Weight) })
		runs = append(runs, taken)
	}
	i := 0
	eachWord(parts, func(w *index.AnyTerm, _ bool) {
		w.Near = append(w.Near, near[i]...)
		i++
	})
	said := p.there(runs)
	if len(said) == 0 {
		return
	}
	undo := p.q
	undo.NoExpand, undo.Cursor = true, ""
	slices.Sort(said)
	p.notes = append(p.notes, index.Note{Code: "translated", Args: []string{strings.Join(slices.Compact(said), ", ")}, Undo: &undo})
}

// there are the texts of the likeliest translation of each run that the index has, of the first runs.
func (p *parser) there(runs [][]lexicon.Translation) (out []string) {
	runs = runs[:min(len(runs), mostSaid)]
	for try := 0; len(runs) > 0 && p.err == nil; try++ {
		runs = slices.DeleteFunc(runs, func(of []lexicon.Translation) bool { return len(of) <= try })
		var words [][]string
		for _, of := range runs {
			words = append(words, of[try].Words...)
		}
		n := slices.Repeat([]int{1}, len(words))
		if p.s.Engine != nil && len(words) > 0 {
			if n, p.err = p.s.Engine.Frequencies(p.ctx, cmp.Or(p.q.Tab, index.Articles), index.Any, words); p.err != nil {
				p.err = fmt.Errorf("look up translations: %w", p.err)
				return nil
			}
		}
		runs = slices.DeleteFunc(runs, func(of []lexicon.Translation) bool {
			size := len(of[try].Words)
			lacks := slices.Contains(n[:size], 0)
			if n = n[size:]; !lacks {
				out = append(out, of[try].Text)
			}
			return !lacks
		})
	}
	return out
}

const (
	leastTranslation = .05 // of a weight
	wholeShare       = .5  // of the likeliest's weight: as likely a translation says as much as the word
	mostSaid         = 6   // translations that a note names
)
