package cluster

import (
	"slices"

	"kelisim/index"
)

// Queries that match and do not score.

func allOf(of ...any) object {
	if len(of) == 1 {
		return of[0].(object)
	}
	return object{"bool": object{"filter": of}}
}

func anyOf(of ...any) object {
	if len(of) == 0 {
		return none
	}
	if len(of) == 1 {
		return of[0].(object)
	}
	return object{"bool": object{"should": of, "minimum_should_match": 1}}
}

func noneOf(of ...any) object { return object{"bool": object{"must_not": of}} }

var (
	none       = object{"match_none": object{}}
	everything = object{"match_all": object{}}
)

// inDeal are articles with an agreement of which all that is asked holds.
func inDeal(least index.Percent, of ...any) object {
	return object{"nested": object{"path": "deal", "query": allOf(slices.Concat([]any{sureFrom(dealPrefix, least)}, of)...)}}
}

const (
	dealPrefix = "deal."
	dateFacet  = "date"
)

// choice is what a selection asks of facets, by their names; «date» too.
type choice map[string]object

// choices are what a selection asks of the fields with a prefix.
func choices(s index.Selection, prefix string, of func(index.Scope) bool, date bool) choice {
	out := choice{}
	for _, f := range index.Facets() {
		if !of(f.Scope) {
			continue
		}
		field := prefix + "facet." + f.Name
		var all []any
		if in := s.Include[f.Name]; len(in) > 0 {
			all = append(all, object{"terms": object{field: in}})
		}
		if out := s.Exclude[f.Name]; len(out) > 0 {
			all = append(all, noneOf(object{"terms": object{field: out}}))
		}
		if len(all) > 0 {
			out[f.Name] = allOf(all...)
		}
	}
	if !date {
		return out
	}
	field := prefix + datesBy(s)
	spans := spansOf(field, s.Include[dateFacet])
	chosen := len(s.Include[dateFacet]) > 0
	if !s.From.IsZero() || !s.To.IsZero() {
		chosen = true
		span := []any{object{"exists": object{"field": field + ".first"}}}
		if !s.From.IsZero() {
			span = append(span, object{"range": object{field + ".last": object{"gte": s.From.First()}}})
		}
		if !s.To.IsZero() {
			span = append(span, object{"range": object{field + ".first": object{"lte": s.To.Last()}}})
		}
		if s.From.IsZero() || s.To.IsZero() || s.From.First() <= s.To.Last() {
			spans = append(spans, allOf(span...))
		}
	}
	var all []any
	if chosen {
		all = append(all, anyOf(spans...))
	}
	if not := spansOf(field, s.Exclude[dateFacet]); len(not) > 0 {
		all = append(all, noneOf(not...))
	}
	if len(all) > 0 {
		out[dateFacet] = allOf(all...)
	}
	return out
}

// datesBy are the dates that a selection means.
func datesBy(s index.Selection) string {
	if s.Reported {
		return "reports"
	}
	return "dates"
}

// spansOf are documents of one of some days, months and years, or of none; what is no date is found nowhere.
func spansOf(field string, values []string) (out []any) {
	for _, v := range values {
		if v == index.UndatedKey {
			out = append(out, noneOf(object{"exists": object{"field": field + ".first"}}))
		} else if d, err := index.ParseDate(v); err == nil && !d.IsZero() {
			out = append(out, allOf(object{"range": object{field + ".first": object{"lte": d.Last()}}},
				object{"range": object{field + ".last": object{"gte": d.First()}}}))
		}
	}
	return out
}

// but are all of what is asked but one facet's.
func (c choice) but(facet string) []any {
	var out []any
	for _, f := range append(names(), dateFacet) {
		if q, ok := c[f]; ok && f != facet {
			out = append(out, q)
		}
	}
	return out
}

func names() (out []string) {
	for _, f := range index.Facets() {
		out = append(out, f.Name)
	}
	return out
}

func anyScope(index.Scope) bool       { return true }
func ofArticle(s index.Scope) bool    { return s == index.OfArticle }
func ofEither(s index.Scope) bool     { return s == index.OfEither }
func notOfArticle(s index.Scope) bool { return s != index.OfArticle }

// filters are a selection in a tab.
type filters struct {
	s     index.Selection
	kind  string
	least index.Percent

	own      choice // of agreements: all; of articles: their language, outlet
	mentions choice // of articles: what they mention, their date
	deals    choice // of articles: what is asked of one of their agreements
	joint    bool   // a kind or a status is chosen: it, mentions and date are of one agreement
	excluded []any  // agreements that an article must not have
}

func newFilters(s index.Selection, kind string, least index.Percent) *filters {
	f := &filters{s: s, kind: kind, least: least}
	if kind == agreements {
		f.own = choices(s, "", anyScope, true)
		return f
	}
	f.own = choices(s, "", ofArticle, false)
	f.mentions = choices(s, "", ofEither, true)
	f.deals = choices(s, dealPrefix, notOfArticle, true)
	for _, facet := range index.Facets() {
		if facet.Scope != index.OfAgreement {
			continue
		}
		f.joint = f.joint || len(s.Include[facet.Name]) > 0
		if out := s.Exclude[facet.Name]; len(out) > 0 {
			f.excluded = append(f.excluded, noneOf(inDeal(least, object{"terms": object{dealPrefix + "facet." + facet.Name: out}})))
		}
	}
	return f
}

// all is the whole selection.
func (f *filters) all() []any {
	out := f.own.but("")
	switch {
	case f.kind == agreements:
		if f.least > 0 {
			out = append(out, sureFrom("", f.least))
		}
	case f.joint:
		out = append(out, inDeal(f.least, f.deals.but("")...))
	default:
		out = append(append(out, f.mentions.but("")...), f.excluded...)
	}
	return out
}
