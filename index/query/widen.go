package query

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"kelisim/analysis"
	"kelisim/index"
)

// widen looks for the words that need not all be there among those of the index that are like them, and replaces one that
// the index lacks by the most like it.
func (p *parser) widen(ctx context.Context, parts []Part) error {
	var words [][]string
	eachWord(parts, func(w *index.AnyTerm, named bool) { words = append(words, w.Terms) })
	n, err := p.s.Engine.Frequencies(ctx, index.Articles, index.Any, words)
	if err != nil {
		return fmt.Errorf("read query: %w", err)
	}
	i := 0
	eachWord(parts, func(w *index.AnyTerm, _ bool) {
		if keeps(p.q, w.Word) {
			words[i] = nil
		}
		i++
	})
	if p.q.TotalOnly {
		// What is like a word that is there adds nothing to those with all words.
		for i := range words {
			if n[i] > 0 {
				words[i] = nil
			}
		}
	}
	like, err := p.s.Engine.Similar(ctx, words)
	if err != nil {
		return fmt.Errorf("read query: %w", err)
	}
	i = 0
	eachWord(parts, func(w *index.AnyTerm, named bool) {
		near := like[i]
		if n[i] == 0 && !named && len(w.Near) == 0 && len(near) > 0 && near[0].Likeness >= p.w.RepairLeast {
			near = p.replace(w, near)
		}
		w.Near = append(w.Near, near...)
		i++
	})
	return nil
}

// replace makes a word that the index lacks the one most like it, and gives what is left of those that are.
func (p *parser) replace(w *index.AnyTerm, near []index.Near) []index.Near {
	best := 0
	for best < len(near) && near[best].Likeness == near[0].Likeness {
		w.Terms = append(slices.Clip(w.Terms), near[best].Term)
		best++
	}
	cyrillic := func(s string) bool {
		return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Cyrillic, r) })
	}
	said := max(0, slices.IndexFunc(near[:best], func(n index.Near) bool { return cyrillic(n.Term) == cyrillic(w.Word) }))
	form, err := p.s.formOf(p.ctx, near[said].Term)
	p.err = cmp.Or(p.err, err)
	p.notes = append(p.notes, index.Note{Code: "repair", Args: []string{w.Word, form}, Undo: keeping(p.q, w.Word)})
	return near[best:]
}

// keeps reports whether a word, or what stands between white space, is taken as typed.
func keeps(q index.Query, word string) bool {
	return slices.ContainsFunc(q.Keep, func(k string) bool {
		return strings.EqualFold(k, word) || slices.ContainsFunc(analysis.Split(k), func(t analysis.Token) bool {
			return strings.EqualFold(t.Surface, word) || strings.EqualFold(t.Form, word)
		})
	})
}

// keeping is the query with some words taken as typed; what else was repaired stays so.
func keeping(q index.Query, words ...string) *index.Query {
	q.Keep, q.Cursor = append(slices.Clone(q.Keep), words...), ""
	return &q
}

// eachWord lets the words of parts that count be changed, in their order; named tells that a word belongs to a name.
func eachWord(parts []Part, change func(w *index.AnyTerm, named bool)) {
	for i := range parts {
		switch t := parts[i].Tree.(type) {
		case index.AnyTerm:
			change(&t, false)
			parts[i].Tree = t
		case index.Name:
			t.Words = slices.Clone(t.Words)
			for k, w := range t.Words {
				if w, ok := w.(index.AnyTerm); ok {
					change(&w, true)
					t.Words[k] = w
				}
			}
			parts[i].Tree = t
		}
	}
}

const (
	saidSimilar  = 4  // words that notes name
	leastSimilar = .3 // of their weight: the others count for next to nothing
)

// similar tells by notes which words of the index stand for a part of those that were typed. What was typed itself is no news, in whatever
// language it is read too; translations are left to their note.
func (s *Searcher) similar(ctx context.Context, q index.Query, t index.Tree) ([]index.Note, error) {
	type beside struct {
		index.Near
		typed string
	}
	var near []beside
	told := map[string]bool{}
	for _, w := range strings.Fields(q.Text) {
		told[strings.ToLower(w)] = true
	}
	var walk func(index.Tree)
	walk = func(t index.Tree) {
		if w, ok := t.(index.AnyTerm); ok {
			for _, t := range w.Terms {
				_, stem, _ := strings.Cut(t, ":")
				told[stem] = true
			}
			for _, n := range w.Near {
				if n.Likeness == 0 {
					_, stem, _ := strings.Cut(n.Term, ":")
					told[stem] = true
				} else if n.Weight >= leastSimilar {
					near = append(near, beside{n, w.Word})
				}
			}
		}
		for _, c := range index.Parts(t) {
			walk(c)
		}
	}
	walk(t)
	slices.SortStableFunc(near, func(a, b beside) int { return cmp.Compare(b.Weight, a.Weight) })
	var out besides
	said := 0
	for _, n := range near {
		_, stem, ok := strings.Cut(n.Term, ":")
		if !ok || told[stem] || said == saidSimilar {
			continue
		}
		told[stem] = true
		form, err := s.formOf(ctx, n.Term)
		if err != nil {
			return nil, err
		}
		if form == stem || !told[form] {
			told[form] = true
			out.add([]string{n.typed}, form)
			said++
		}
	}
	return out.notes(q, "similar"), nil
}
