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
	var typed []string
	eachWord(parts, func(w *index.AnyTerm, named bool) {
		typed = append(typed, w.Word)
		if named || keeps(p.q, w.Word) {
			words = append(words, nil) // a name's key is found in every language, and КазНУ is no treasury
			return
		}
		words = append(words, w.Terms)
	})
	near := make([][]index.Near, len(words))
	var runs []translatedRun
	for _, g := range p.s.translations(words) {
		var taken []lexicon.Translation
		likeliest := map[analysis.Lang]float64{}
		for _, t := range g.Translations {
			likeliest[t.Lang] = max(likeliest[t.Lang], t.Weight)
		}
		for _, t := range g.Translations {
			weight := p.w.TranslationWeight * math.Pow(t.Weight, p.w.TranslationPower)
			if weight < leastTranslation || saysNoMore(t, words[g.First:g.Last], g.Translations) {
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
		runs = append(runs, translatedRun{typed[g.First:g.Last], words[g.First:g.Last], taken})
	}
	for i, of := range p.elsewhere(words, near) {
		near[i] = append(near[i], of...)
		if run := (translatedRun{typed[i : i+1], words[i : i+1], p.asWords(of)}); len(run.to) > 0 && p.err == nil {
			runs = append(runs, run)
		}
	}
	i := 0
	eachWord(parts, func(w *index.AnyTerm, _ bool) {
		w.Near = append(w.Near, near[i]...)
		i++
	})
	translated, spelled := p.there(runs)
	p.notes = append(append(p.notes, spelled.notes(p.q, "spelled")...), translated.notes(p.q, "translated")...)
}

// elsewhere gives the index's stems of other languages that are one word with those typed: of words that lists have no translation of, or
// none that an article has. Such are names mostly, and they sound alike everywhere.
func (p *parser) elsewhere(words [][]string, near [][]index.Near) [][]index.Near {
	if p.s.Engine == nil || p.err != nil {
		return nil
	}
	terms := make([][]string, len(near))
	for i, of := range near {
		for _, n := range of {
			terms[i] = append(terms[i], n.Term)
		}
	}
	n, err := p.s.Engine.Frequencies(p.ctx, index.Articles, index.Any, terms)
	unknown := slices.Clone(words)
	for i := range n {
		if n[i] > 0 {
			unknown[i] = nil
		}
	}
	var found [][]index.Near
	if err == nil {
		found, err = p.s.Engine.Similar(p.ctx, unknown)
	}
	if err != nil {
		p.err = fmt.Errorf("look up translations: %w", err)
		return nil
	}
	out := make([][]index.Near, len(words))
	for i, like := range found {
		for _, t := range unknown[i] {
			if twin := index.Twin(t); twin != "" && !slices.Contains(words[i], twin) {
				like = append(slices.Clip(like), index.Near{Term: twin})
			}
		}
		for _, n := range like {
			if n.Likeness == 0 || slices.ContainsFunc(words[i], func(t string) bool { return index.OneWord(t, n.Term) }) {
				out[i] = append(out[i], index.Near{Term: n.Term, Weight: p.w.TranslationWeight, Whole: true})
			}
		}
	}
	return out
}

// asWords are terms as a note names them.
func (p *parser) asWords(of []index.Near) (out []lexicon.Translation) {
	for _, n := range of {
		form, err := p.s.formOf(p.ctx, n.Term)
		p.err = cmp.Or(p.err, err)
		out = append(out, lexicon.Translation{Text: form, Words: [][]string{{n.Term}}})
	}
	return out
}

// translatedRun are words that were typed with what they are in other languages, the likeliest first.
type translatedRun struct {
	typed []string
	terms [][]string // of each
	to    []lexicon.Translation
}

// spells reports whether a translation is what was typed, as it is written in another alphabet, in another language or with all its letters:
// «talin», «Көкшетау», «кос диплом».
func (r translatedRun) spells(t lexicon.Translation) bool {
	if len(t.Words) != len(r.terms) {
		return false
	}
	for i, as := range r.terms {
		if !slices.ContainsFunc(as, func(a string) bool {
			return slices.ContainsFunc(t.Words[i], func(b string) bool { return spelledAlike(a, b) })
		}) {
			return false
		}
	}
	return true
}

func spelledAlike(a, b string) bool {
	_, x, ok := strings.Cut(a, ":")
	_, y, _ := strings.Cut(b, ":")
	return ok && analysis.Struck(x) == analysis.Struck(y) || index.OneWord(a, b) || index.Twin(a) == b
}

// saysNoMore reports whether what a translation finds is found already, since it holds all words of the run («договор», «международный
// договор») or, taking more words than the run, those of another translation («treaty», «international treaty»). Its other words
// would stand for the run alone.
func saysNoMore(t lexicon.Translation, run [][]string, all []lexicon.Translation) bool {
	return holds(t.Words, run) || len(t.Words) > len(run) && slices.ContainsFunc(all, func(u lexicon.Translation) bool {
		return len(u.Words) < len(t.Words) && holds(t.Words, u.Words)
	})
}

func holds(translation, run [][]string) bool {
	for _, w := range run {
		if !slices.ContainsFunc(translation, func(t []string) bool {
			return slices.ContainsFunc(t, func(term string) bool { return slices.Contains(w, term) })
		}) {
			return false
		}
	}
	return true
}

// there tells of each of the first runs the likeliest translation that the index has; those that are another spelling only, apart.
func (p *parser) there(runs []translatedRun) (translated, spelled besides) {
	runs = runs[:min(len(runs), mostSaid)]
	for try := 0; len(runs) > 0 && p.err == nil; try++ {
		runs = slices.DeleteFunc(runs, func(r translatedRun) bool { return len(r.to) <= try })
		var words [][]string
		for _, r := range runs {
			words = append(words, r.to[try].Words...)
		}
		n := slices.Repeat([]int{1}, len(words))
		if p.s.Engine != nil && len(words) > 0 {
			if n, p.err = p.s.Engine.Frequencies(p.ctx, cmp.Or(p.q.Tab, index.Articles), index.Any, words); p.err != nil {
				p.err = fmt.Errorf("look up translations: %w", p.err)
				return nil, nil
			}
		}
		runs = slices.DeleteFunc(runs, func(r translatedRun) bool {
			size := len(r.to[try].Words)
			lacks := slices.Contains(n[:size], 0)
			if n = n[size:]; lacks || strings.EqualFold(r.to[try].Text, strings.Join(r.typed, " ")) {
				return false // «форум» is so in both languages, which is no news
			}
			to := &translated
			if r.spells(r.to[try]) {
				to = &spelled
			}
			to.add(r.typed, r.to[try].Text)
			return true
		})
	}
	return translated, spelled
}

const (
	leastTranslation = .05 // of a weight
	wholeShare       = .5  // of the likeliest's weight: as likely a translation says as much as the word
	mostSaid         = 6   // translations that notes name
)
