package index

import "slices"

// Selection is what a reader chose in the facets. It is a value: With and Without return changed copies, so that
// every link on a page is "this state, plus or minus one value".
type Selection struct {
	Include  map[string][]string // facet name → values, any of which a document must have
	Exclude  map[string][]string // facet name → values, none of which it may have
	From, To Date                // inclusive; the zero Date is open
	// Reported takes agreements by the day they were reported on; else it is the day that the text states or, where it states
	// none, that of the report. It holds for the range, the counts of the date and the order by date.
	Reported bool
}

// With returns s with value chosen in facet; a leading «-» in value excludes it.
func (s Selection) With(facet, value string) Selection {
	s = s.Without(facet, trimMinus(value))
	if v := trimMinus(value); v != value {
		s.Exclude = plus(s.Exclude, facet, v)
	} else {
		s.Include = plus(s.Include, facet, v)
	}
	return s
}

// Without returns s with value neither chosen nor excluded in facet.
func (s Selection) Without(facet, value string) Selection {
	s.Include, s.Exclude = minus(s.Include, facet, value), minus(s.Exclude, facet, value)
	return s
}

// WithoutFacet returns s with nothing chosen or excluded in facet; for "date" the range is dropped too.
func (s Selection) WithoutFacet(facet string) Selection {
	if facet == "date" {
		s.From, s.To = Date{}, Date{}
	}
	s.Include, s.Exclude = minusAll(s.Include, facet), minusAll(s.Exclude, facet)
	return s
}

// WithRange returns s with the inclusive range from–to instead of its own.
func (s Selection) WithRange(from, to Date) Selection {
	s.From, s.To = from, to
	return s
}

// Includes reports whether value is chosen in facet.
func (s Selection) Includes(facet, value string) bool {
	return slices.Contains(s.Include[facet], value)
}

// Excludes reports whether value is excluded in facet.
func (s Selection) Excludes(facet, value string) bool {
	return slices.Contains(s.Exclude[facet], value)
}

// Fits reports whether an agreement has what is chosen in each facet, dates aside.
func (s Selection) Fits(a *Agreement) bool {
	for _, f := range facets {
		if f.Agreement == nil || len(s.Include[f.Name])+len(s.Exclude[f.Name]) == 0 {
			continue
		}
		values := f.Agreement(a)
		has := func(v string) bool { return slices.Contains(values, v) }
		if len(s.Include[f.Name]) > 0 && !slices.ContainsFunc(s.Include[f.Name], has) || slices.ContainsFunc(s.Exclude[f.Name], has) {
			return false
		}
	}
	return true
}

// Cleared returns s with nothing chosen.
func (s Selection) Cleared() Selection { return Selection{Reported: s.Reported} }

// Empty reports whether nothing is chosen.
func (s Selection) Empty() bool {
	return len(s.Include) == 0 && len(s.Exclude) == 0 && s.From.IsZero() && s.To.IsZero()
}

func trimMinus(v string) string {
	if len(v) > 1 && v[0] == '-' {
		return v[1:]
	}
	return v
}

func plus(m map[string][]string, k, v string) map[string][]string {
	out := clone(m)
	out[k] = append(slices.Clone(out[k]), v)
	return out
}

func minus(m map[string][]string, k, v string) map[string][]string {
	if !slices.Contains(m[k], v) {
		return m // nobody changes it
	}
	out := clone(m)
	out[k] = slices.DeleteFunc(slices.Clone(out[k]), func(x string) bool { return x == v })
	if len(out[k]) == 0 {
		delete(out, k)
	}
	return out
}

func minusAll(m map[string][]string, k string) map[string][]string {
	if _, ok := m[k]; !ok {
		return m
	}
	out := clone(m)
	delete(out, k)
	return out
}

func clone(m map[string][]string) map[string][]string {
	out := make(map[string][]string, len(m)+1)
	for k, v := range m {
		out[k] = v
	}
	return out
}
