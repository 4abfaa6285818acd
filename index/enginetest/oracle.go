package enginetest

import (
	"slices"

	"kelisim/analysis"
	"kelisim/index"
)

// matching are the ids of what a plain reading of the world finds, ordered by id.
func (w *world) matching(r index.Request) []string {
	var out []string
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

// inRange takes an agreement's date as stated, else as reported.
func inRange(s index.Selection, a index.Agreement) bool {
	switch a.Date {
	case "":
		d := date(a.Reported)
		return overlaps(s, d, d)
	case "2025-11/2026-02":
		return overlaps(s, date("2025-11"), date("2026-02"))
	}
	return overlaps(s, date(a.Date), date(a.Date))
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

// holds reads a tree word by word.
func holds(t index.Tree, rec *index.Record) bool {
	switch t := t.(type) {
	case nil:
		return true
	case index.AnyTerm:
		return slices.ContainsFunc(rec.Text.Tokens, func(k analysis.Token) bool { return isAny(k, t.Terms) })
	case index.Phrase:
		for _, p := range rec.Text.Paragraphs {
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
	case index.AtLeast:
		n := 0
		for _, c := range t.Of {
			if holds(c, rec) {
				n++
			}
		}
		return n >= t.Min
	}
	panic("unknown tree")
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
