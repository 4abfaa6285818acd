package cluster

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/index"
)

// word matches documents that have any of its terms in either field: one typed word in all its readings. Those that have
// only a near term hold a part of it.
type word struct {
	terms  []string
	near   []index.Near // the heaviest first
	title  bool
	weight float64
	none   bool // no document of either tab has it
}

func newWord(terms []string, near []index.Near, title bool) *word {
	w := &word{title: title, near: slices.Clone(near)}
	for _, t := range terms {
		if clean(t) && !slices.Contains(w.terms, t) {
			w.terms = append(w.terms, t)
		}
	}
	w.near = slices.DeleteFunc(w.near, func(n index.Near) bool { return !clean(n.Term) })
	slices.SortStableFunc(w.near, func(a, b index.Near) int { return cmp.Compare(b.Weight, a.Weight) })
	return w
}

func fieldsOf(title bool) []string {
	if title {
		return []string{"title"}
	}
	return []string{"title", "body"}
}

// having are the documents that have one of some terms.
func having(terms []string, title bool) object {
	if len(terms) == 0 {
		return none
	}
	var of []any
	for _, f := range fieldsOf(title) {
		of = append(of, object{"terms": object{f: terms}})
	}
	return anyOf(of...)
}

// worth gives documents a number.
func worth(x float64, q object) object {
	return object{"constant_score": object{"filter": q, "boost": x}}
}

// best gives a document the most that one of some queries gives it.
func best(of []any) object {
	if len(of) == 1 {
		return of[0].(object)
	}
	return object{"dis_max": object{"queries": of}}
}

// sum gives a document what all of some queries give it.
func sum(of []any) object {
	if len(of) == 1 {
		return of[0].(object)
	}
	return object{"bool": object{"should": of}}
}

func (w *word) key() string {
	parts := []any{"word", w.title, strings.Join(w.terms, "\x01")}
	for _, n := range w.near {
		parts = append(parts, n.Term, n.Weight, n.Likeness > 0)
	}
	return keyOf(parts...)
}

// question asks how many documents have the word. It and its translations are one word: it is as rare as they are together, and
// partly so with those like it.
func (w *word) question(rarity float64) question {
	if len(w.near) == 0 {
		return question{w.key(), having(w.terms, w.title), false}
	}
	var of []any
	if len(w.terms) > 0 {
		of = append(of, worth(ownScore+1, having(w.terms, w.title)))
	}
	for _, n := range w.near {
		x := ownScore + n.Weight
		if n.Likeness > 0 {
			x = rarity * n.Weight
		}
		of = append(of, worth(x, having([]string{n.Term}, w.title)))
	}
	return question{w.key(), best(of), true}
}

// own are the documents that have the word or a translation.
func (w *word) own() object {
	terms := slices.Clone(w.terms)
	for _, n := range w.near {
		if n.Likeness == 0 {
			terms = append(terms, n.Term)
		}
	}
	return having(terms, w.title)
}

// whole are the documents that have all of the word.
func (w *word) whole() object {
	terms := slices.Clone(w.terms)
	for _, n := range w.near {
		if n.Whole {
			terms = append(terms, n.Term)
		}
	}
	return having(terms, w.title)
}

// hold gives documents what they have of the word's worth.
func (w *word) hold() object {
	of := []any{worth(w.weight, w.whole())}
	for _, n := range w.near {
		if !n.Whole {
			of = append(of, worth(w.weight*n.Weight, having([]string{n.Term}, w.title)))
		}
	}
	return best(of)
}

// simple reports whether a document has either all of the word or nothing.
func (w *word) simple() bool {
	return !slices.ContainsFunc(w.near, func(n index.Near) bool { return !n.Whole })
}

// occurring gives the documents of a field how often the word stands in it: the most that one of its terms does, what is like it, and
// what exact forms add.
func (w *word) occurring(field string, exact float64) (object, bool) {
	var most, more []any
	term := func(t string, boost float64) object {
		return object{"term": object{field: object{"value": t, "boost": boost}}}
	}
	for _, t := range w.terms {
		most = append(most, term(t, 1))
		if !strings.Contains(t, ":") {
			more = append(more, term(t, exact))
		}
	}
	for _, n := range w.near {
		if n.Likeness > 0 {
			more = append(more, term(n.Term, n.Weight))
		} else {
			most = append(most, term(n.Term, n.Weight))
		}
	}
	if len(most) > 0 {
		more = append(more, best(most))
	}
	if len(more) == 0 {
		return nil, false
	}
	return sum(more), true
}

// score is what the word counts in documents.
func (m *matcher) scoreWord(w *word) object {
	var fields []any
	for _, f := range fieldsOf(w.title) {
		if q, ok := w.occurring(f, m.weights.ExactWeight); ok {
			fields = append(fields, m.normed(f, q))
		}
	}
	if len(fields) == 0 {
		return nil
	}
	all := []any{m.saturated(w.weight, sum(fields))}
	if !w.title && m.weights.LeadWeight > 0 {
		var lead []any
		if len(w.terms) > 0 {
			lead = append(lead, worth(m.weights.LeadWeight*w.weight, object{"terms": object{"lead": w.terms}}))
		}
		for _, n := range w.near {
			if n.Weight >= m.weights.LeadLeast {
				lead = append(lead, worth(m.weights.LeadWeight*w.weight*n.Weight, object{"term": object{"lead": n.Term}}))
			}
		}
		if len(lead) > 0 {
			all = append(all, best(lead))
		}
	}
	return sum(all)
}
