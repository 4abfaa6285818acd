package local

import (
	"math"
	"slices"

	"kelisim/index"
)

// facetFilter is what a selection asks of a facet.
type facetFilter struct {
	on      bool
	any     bool   // something is included
	include []bool // by the number of a value
	exclude []bool
}

func newFacetFilter(s index.Selection, facet string, d *dict) facetFilter {
	f := facetFilter{
		on:  len(s.Include[facet])+len(s.Exclude[facet]) > 0,
		any: len(s.Include[facet]) > 0,
	}
	if !f.on {
		return f
	}
	n := len(d.all())
	set := func(values []string) []bool {
		out := make([]bool, n)
		for _, v := range values {
			if ord, ok := d.find(v); ok && int(ord) < n {
				out[ord] = true
			}
		}
		return out
	}
	f.include, f.exclude = set(s.Include[facet]), set(s.Exclude[facet])
	return f
}

// passes: any of the included, none of the excluded.
func (f *facetFilter) passes(ords []uint32) bool {
	if !f.on {
		return true
	}
	ok := !f.any
	for _, o := range ords {
		if f.exclude[o] {
			return false
		}
		ok = ok || f.include[o]
	}
	return ok
}

// excludes reports whether one of the values is excluded.
func (f *facetFilter) excludes(ords []uint32) bool {
	return f.on && slices.ContainsFunc(ords, func(o uint32) bool { return f.exclude[o] })
}

// dates is a choice in the date facet: days, and whether documents without a date are meant.
type dates struct {
	spans   [][2]int32
	undated bool
}

func (d dates) has(first, last int32) bool {
	if first == index.Undated {
		return d.undated
	}
	return slices.ContainsFunc(d.spans, func(s [2]int32) bool { return first <= s[1] && last >= s[0] })
}

// dateFilter is what a selection asks of the date: its range is one more thing included.
type dateFilter struct {
	on, any          bool
	include, exclude dates
}

const dateFacet = "date"

func newDateFilter(s index.Selection) dateFilter {
	f := dateFilter{include: datesOf(s.Include[dateFacet]), exclude: datesOf(s.Exclude[dateFacet])}
	if !s.From.IsZero() || !s.To.IsZero() {
		span := [2]int32{math.MinInt32, index.Undated - 1}
		if !s.From.IsZero() {
			span[0] = int32(s.From.First())
		}
		if !s.To.IsZero() {
			span[1] = int32(s.To.Last())
		}
		f.any = true
		if span[0] <= span[1] {
			f.include.spans = append(f.include.spans, span)
		}
	}
	f.any = f.any || len(s.Include[dateFacet]) > 0
	f.on = f.any || len(s.Exclude[dateFacet]) > 0
	return f
}

// datesOf reads values of the date facet; what is no date is found nowhere.
func datesOf(values []string) dates {
	var out dates
	for _, v := range values {
		if v == index.UndatedKey {
			out.undated = true
		} else if d, err := index.ParseDate(v); err == nil && !d.IsZero() {
			out.spans = append(out.spans, [2]int32{int32(d.First()), int32(d.Last())})
		}
	}
	return out
}

func (f *dateFilter) passes(first, last int32) bool {
	if !f.on {
		return true
	}
	return !f.exclude.has(first, last) && (!f.any || f.include.has(first, last))
}

// filters are a selection, ready to be asked for each document.
type filters struct {
	facets []facetFilter // in the order of index.Facets
	date   dateFilter
	by     int // which dates: see datesBy
	scopes []index.Scope
}

func newFilters(s index.Selection, c *columns) *filters {
	f := &filters{date: newDateFilter(s), by: datesBy(s)}
	for i, facet := range index.Facets() {
		f.facets = append(f.facets, newFacetFilter(s, facet.Name, c.facets[i]))
		f.scopes = append(f.scopes, facet.Scope)
	}
	return f
}

// joint reports whether the selection asks for agreements: a kind or a status is chosen. (Where one is only excluded,
// an article must have no such agreement.)
func (f *filters) joint() bool {
	for i := range f.facets {
		if f.scopes[i] == index.OfAgreement && f.facets[i].any {
			return true
		}
	}
	return false
}

// misses counts the filters that a document does not pass, among the facets that of chooses, and says which was the
// last: a facet's place, or len(facets) for the date.
func (f *filters) misses(s *viewSegment, doc uint32, of func(index.Scope) bool, date bool) (n, which int) {
	for i := range f.facets {
		if f.facets[i].on && of(f.scopes[i]) && !f.facets[i].passes(s.facets[i].of(doc)) {
			n, which = n+1, i
		}
	}
	if date && f.date.on && !f.date.passes(s.dates[f.by].first[doc], s.dates[f.by].last[doc]) {
		n, which = n+1, len(f.facets)
	}
	return n, which
}

func anyScope(index.Scope) bool       { return true }
func ofArticle(s index.Scope) bool    { return s == index.OfArticle }
func ofEither(s index.Scope) bool     { return s == index.OfEither }
func notOfArticle(s index.Scope) bool { return s != index.OfArticle }
