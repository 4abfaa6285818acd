package enginetest

import (
	"math"
	"slices"

	"kelisim/analysis"
	"kelisim/index"
)

// matching are the ids of what a plain reading of the world finds and counts, ordered by id.
func (w *world) matching(r index.Request) []string {
	full, rest := w.found(r)
	if e, ok := r.Tree.(index.Enough); ok && e.Loose {
		full = append(full, rest...)
		slices.Sort(full)
	}
	return full
}

// found are the ids of what a plain reading of the world finds, ordered by id; rest are those that lack a part of an Enough.
func (w *world) found(r index.Request) (full, rest []string) {
	e, ok := r.Tree.(index.Enough)
	if !ok {
		return w.plainly(r), nil
	}
	for _, id := range sortedKeys(w.articles) {
		if rec := w.shown(r, w.articles[id]); w.chosen(r.Selection, rec) {
			switch held, all := w.held(e, rec); {
			case all > 0 && held >= all-1e-9:
				full = append(full, id)
			case all > 0 && held >= e.Share*all-1e-9:
				rest = append(rest, id)
			}
		}
	}
	return full, rest
}

// held is what an article holds of the parts of an Enough, and what they are worth in all.
func (w *world) held(e index.Enough, rec *index.Record) (held, all float64) {
	for _, part := range e.Of {
		switch t := part.(type) {
		case index.AnyTerm:
			worth := w.idf(t)
			all += worth
			held += worth * share(t, rec)
		case index.Name:
			sum, words := 0.0, 0.0
			for _, word := range t.Words {
				worth := w.idf(word)
				sum += worth
				words += worth * share(word.(index.AnyTerm), rec)
			}
			keys := index.Name{Keys: t.Keys}
			if sum == 0 {
				sum = w.idf(keys)
			}
			all += sum
			switch {
			case holds(keys, rec):
				held += sum
			case w.keyed(t):
			default:
				held += words
			}
		}
	}
	return held, all
}

// keyed reports whether a name is found by its keys only.
func (w *world) keyed(n index.Name) bool {
	if n.Keyed {
		for _, rec := range w.articles {
			if holds(index.Name{Keys: n.Keys}, rec) {
				return true
			}
		}
	}
	return false
}

// settled is a tree without the words of names that are found by their keys only.
func (w *world) settled(t index.Tree) index.Tree {
	each := func(of []index.Tree) (out []index.Tree) {
		for _, c := range of {
			out = append(out, w.settled(c))
		}
		return out
	}
	switch t := t.(type) {
	case index.Name:
		if w.keyed(t) {
			t.Words = nil
		}
		return t
	case index.And:
		return index.And(each(t))
	case index.Or:
		return index.Or(each(t))
	case index.Not:
		return index.Not{Of: w.settled(t.Of)}
	}
	return t
}

// share is how much of a word an article holds, 0–1.
func share(t index.AnyTerm, rec *index.Record) (most float64) {
	if holds(t, rec) {
		return 1
	}
	for _, n := range t.Near {
		if holds(index.AnyTerm{Terms: []string{n.Term}}, rec) {
			most = max(most, n.Weight)
		}
	}
	return most
}

// idf is how much a part tells; 0 where no article has it. A word is as rare as it and its translations are together, and
// partly so with those like it.
func (w *world) idf(t index.Tree) float64 {
	n, df, like := float64(len(w.articles)), 0.0, 0.0
	word, isWord := t.(index.AnyTerm)
	all, near := word, word.Near
	word.Near, all.Near = nil, nil
	for _, n := range near {
		n.Whole = false
		all.Near = append(all.Near, n)
		if n.Likeness == 0 {
			word.Near = append(word.Near, n)
		}
	}
	for _, rec := range w.articles {
		switch {
		case isWord:
			if s := share(word, rec); s > 0 {
				df += s
			} else {
				like += share(all, rec)
			}
		case holds(t, rec):
			df++
		}
	}
	if df == 0 {
		return 0
	}
	df += index.DefaultWeights().LikeRarity * like
	return math.Log(1 + (n-df+.5)/(df+.5))
}

func (w *world) plainly(r index.Request) []string {
	var out []string
	r.Tree = w.settled(r.Tree)
	if r.Tab == index.Agreements {
		for _, id := range sortedKeys(w.agreements) {
			d := w.agreements[id]
			if sure(d, r) && (r.Tree == nil || holdsValue(r.Tree, d.Values)) && allows(r.Selection, d.Values, anyFacet) && inRange(r.Selection, d.Agreement) {
				out = append(out, id)
			}
		}
		return out
	}
	for _, id := range sortedKeys(w.articles) {
		if rec := w.shown(r, w.articles[id]); holds(r.Tree, rec) && w.chosen(r.Selection, rec) {
			out = append(out, id)
		}
	}
	return out
}

// sure reports whether an agreement is as sure as a request asks for.
func sure(d index.AgreementDoc, r index.Request) bool {
	return index.PercentOf(index.Confidence(d.Agreement)) >= r.MinConfidence
}

// shown is an article as if it told only what is as sure as a request asks for.
func (w *world) shown(r index.Request, rec *index.Record) *index.Record {
	out := *rec
	out.Agreements = slices.DeleteFunc(slices.Clone(rec.Agreements), func(a index.Agreement) bool {
		d, ok := w.agreements[a.ID]
		return ok && !sure(d, r)
	})
	return &out
}

// uncertain counts the agreements among ids that are less sure than index.Sure.
func (w *world) uncertain(ids []string) int {
	n := 0
	for _, id := range ids {
		if d, ok := w.agreements[id]; ok && index.PercentOf(index.Confidence(d.Agreement)) < index.Sure {
			n++
		}
	}
	return n
}

func anyFacet(index.Facet) bool { return true }

// chosen reports whether a selection leaves an article.
func (w *world) chosen(s index.Selection, rec *index.Record) bool {
	values := valuesOf(rec)
	if !allows(s, values, func(f index.Facet) bool { return f.Scope == index.OfArticle }) {
		return false
	}
	joint := false
	for _, f := range index.Facets() {
		joint = joint || f.Scope == index.OfAgreement && len(s.Include[f.Name]) > 0
	}
	told := w.told(rec)
	if joint {
		return slices.ContainsFunc(told, func(d index.AgreementDoc) bool {
			return allows(s, d.Values, func(f index.Facet) bool { return f.Scope != index.OfArticle }) && inRange(s, d.Agreement)
		})
	}
	if !allows(s, values, func(f index.Facet) bool { return f.Scope == index.OfEither }) ||
		!overlaps(s, rec.Article.Published, rec.Article.Published) {
		return false
	}
	for _, d := range told {
		if !allows(s, d.Values, func(f index.Facet) bool { return f.Scope == index.OfAgreement }) {
			return false
		}
	}
	return true
}

func (w *world) told(rec *index.Record) []index.AgreementDoc {
	var out []index.AgreementDoc
	for _, a := range rec.Agreements {
		if d, ok := w.agreements[a.ID]; ok {
			out = append(out, d)
		}
	}
	return out
}

func valuesOf(rec *index.Record) map[string][]string {
	out := map[string][]string{}
	for _, f := range index.Facets() {
		if f.Article != nil {
			out[f.Name] = f.Article(rec)
		}
	}
	return out
}

// allows: in each facet any of the included and none of the excluded.
func allows(s index.Selection, values map[string][]string, of func(index.Facet) bool) bool {
	for _, f := range index.Facets() {
		if !of(f) {
			continue
		}
		has := func(v string) bool { return slices.Contains(values[f.Name], v) }
		if in := s.Include[f.Name]; len(in) > 0 && !slices.ContainsFunc(in, has) || slices.ContainsFunc(s.Exclude[f.Name], has) {
			return false
		}
	}
	return true
}

// inRange takes an agreement's date as stated, else as reported, or, where the selection says so, as reported.
func inRange(s index.Selection, a index.Agreement) bool {
	stated := a.Date
	if s.Reported {
		stated = ""
	}
	switch stated {
	case "":
		d := date(a.Reported)
		return overlaps(s, d, d)
	case "2025-11/2026-02":
		return overlaps(s, date("2025-11"), date("2026-02"))
	}
	return overlaps(s, date(stated), date(stated))
}

func date(s string) index.Date {
	d, err := index.ParseDate(s)
	if err != nil {
		panic(err) // a wrong date in this file
	}
	return d
}

func overlaps(s index.Selection, first, last index.Date) bool {
	wanted := s.Include["date"]
	if s.From.IsZero() && s.To.IsZero() && len(wanted) == 0 {
		return true
	}
	if first.IsZero() {
		return slices.Contains(wanted, index.UndatedKey)
	}
	meets := func(from, to index.Date) bool {
		if !from.IsZero() && !to.IsZero() && from.First() > to.Last() {
			return false // a range that ends before it begins
		}
		return (from.IsZero() || last.Last() >= from.First()) && (to.IsZero() || first.First() <= to.Last())
	}
	if !(s.From.IsZero() && s.To.IsZero()) && meets(s.From, s.To) {
		return true
	}
	return slices.ContainsFunc(wanted, func(v string) bool {
		return v != index.UndatedKey && meets(date(v), date(v))
	})
}

// wholeTerms are the terms of a word and those that say as much.
func wholeTerms(t index.AnyTerm) []string {
	out := slices.Clone(t.Terms)
	for _, n := range t.Near {
		if n.Whole {
			out = append(out, n.Term)
		}
	}
	return out
}

// holds reads a tree word by word.
func holds(t index.Tree, rec *index.Record) bool {
	switch t := t.(type) {
	case nil:
		return true
	case index.AnyTerm:
		return slices.ContainsFunc(rec.Text.Tokens, func(k analysis.Token) bool {
			return isAny(k, wholeTerms(t)) && (!t.Title || k.Start < len(rec.Article.Title))
		})
	case index.Sentence:
		return holdsSentence(t, rec.Text)
	case index.Phrase:
		for _, p := range rec.Text.Paragraphs {
			if t.Title && p.Start >= len(rec.Article.Title) {
				continue
			}
			tokens := rec.Text.Tokens[p.First:p.Last]
			for i := range tokens {
				if follows(tokens[i:], t.Slots, t.Slop) {
					return true
				}
			}
		}
		return false
	case index.Value:
		return slices.Contains(valuesOf(rec)[t.Facet], t.Key)
	case index.And:
		return !slices.ContainsFunc(t, func(c index.Tree) bool { return !holds(c, rec) })
	case index.Or:
		return slices.ContainsFunc(t, func(c index.Tree) bool { return holds(c, rec) })
	case index.Not:
		return !holds(t.Of, rec)
	case index.Should:
		return true
	case index.Name:
		return slices.ContainsFunc(t.Keys, func(v index.Value) bool { return holds(v, rec) }) || len(t.Words) > 0 && holds(index.And(t.Words), rec)
	}
	panic("unknown tree")
}

// holdsSentence looks at each sentence by itself.
func holdsSentence(t index.Sentence, x *analysis.Text) bool {
	for _, p := range x.Paragraphs {
		for _, s := range p.Sentences {
			var in []analysis.Token
			for _, k := range x.Tokens[p.First:p.Last] {
				if k.Start >= s.Start && k.End <= s.End {
					in = append(in, k)
				}
			}
			if len(t.Of) > 0 && !slices.ContainsFunc(t.Of, func(ph index.Phrase) bool {
				for i := range in {
					if follows(in[i:], ph.Slots, ph.Slop) && len(ph.Slots) > 0 {
						return false
					}
				}
				return true
			}) {
				return true
			}
		}
	}
	return false
}

// holdsValue reads the only trees that we ask agreements for.
func holdsValue(t index.Tree, values map[string][]string) bool {
	v := t.(index.Value)
	return slices.Contains(values[v.Facet], v.Key)
}

func isAny(k analysis.Token, terms []string) bool {
	return slices.Contains(terms, k.Form) || slices.ContainsFunc(k.Terms, func(x string) bool { return slices.Contains(terms, x) })
}

func follows(tokens []analysis.Token, slots [][]string, slop int) bool {
	if len(slots) == 0 {
		return true
	}
	if len(tokens) == 0 || !isAny(tokens[0], slots[0]) {
		return false
	}
	if len(slots) == 1 {
		return true
	}
	for gap := 0; gap <= slop && 1+gap < len(tokens); gap++ {
		if follows(tokens[1+gap:], slots[1:], slop-gap) {
			return true
		}
	}
	return false
}
