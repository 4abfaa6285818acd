package index

import (
	"cmp"
	"slices"

	"kelisim/analysis"
)

// Mark is a span of a text that a query matched. Group numbers the part of the query that did: two marks of different
// groups tell more than two of one.
type Mark struct {
	Start, End, Group int
}

// Marks finds what a tree matches in a text, ordered by start, without overlaps. Only what a document is found by is
// marked: nothing under a Not. A phrase is marked only where its words stand together. ms are the text's mentions, for
// trees with Values; nil where there are none.
func Marks(tree Tree, x *analysis.Text, ms []Mention) []Mark {
	m := marker{x: x, ms: ms}
	m.walk(tree)
	slices.SortFunc(m.marks, func(a, b Mark) int {
		return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End), cmp.Compare(a.Group, b.Group))
	})
	out := m.marks[:0]
	for _, k := range m.marks {
		if n := len(out); n > 0 && k.Start < out[n-1].End {
			continue
		}
		out = append(out, k)
	}
	return out
}

type marker struct {
	x     *analysis.Text
	ms    []Mention
	group int
	marks []Mark
}

func (m *marker) walk(t Tree) {
	switch t := t.(type) {
	case AnyTerm:
		m.group++
		set := slot(t.Terms)
		for i := range m.x.Tokens {
			if set.has(&m.x.Tokens[i]) {
				m.add(i, i)
			}
		}
	case Phrase:
		m.group++
		m.phrase(t)
	case Value:
		m.group++
		for _, k := range m.ms {
			if string(k.Kind) == t.Facet && k.Key == t.Key {
				m.marks = append(m.marks, Mark{k.Start, k.End, m.group})
			}
		}
	case And:
		for _, c := range t {
			m.walk(c)
		}
	case Or:
		// Alternatives are one part of the query, whichever of them a text has.
		g := m.group
		for _, c := range t {
			m.group = g
			m.walk(c)
		}
	case Name:
		for _, c := range Parts(t) {
			m.walk(c)
		}
	case Enough:
		for _, c := range t.Of {
			m.walk(c)
		}
	}
	// Should holds stop words: marking them would drown the words that matter.
}

func (m *marker) add(first, last int) {
	m.marks = append(m.marks, Mark{m.x.Tokens[first].Start, m.x.Tokens[last].SuffixEnd, m.group})
}

func (m *marker) phrase(p Phrase) {
	if len(p.Slots) == 0 {
		return
	}
	sets := make([]terms, len(p.Slots))
	for i, s := range p.Slots {
		sets[i] = slot(s)
	}
	places := make([]int, len(sets))
	for _, par := range m.x.Paragraphs {
		for i := par.First; i < par.Last; i++ {
			if m.follow(sets, places, 0, i, par.Last, p.Slop) {
				for _, at := range places {
					m.add(at, at)
				}
			}
		}
	}
}

// follow tries to put slot n at token i and the rest behind it, with at most slop words between.
func (m *marker) follow(sets []terms, places []int, n, i, end, slop int) bool {
	if i >= end || !sets[n].has(&m.x.Tokens[i]) {
		return false
	}
	places[n] = i
	if n == len(sets)-1 {
		return true
	}
	for gap := 0; gap <= slop; gap++ {
		if m.follow(sets, places, n+1, i+1+gap, end, slop-gap) {
			return true
		}
	}
	return false
}

type terms map[string]struct{}

func slot(of []string) terms {
	s := make(terms, len(of))
	for _, t := range of {
		s[t] = struct{}{}
	}
	return s
}

func (s terms) has(t *analysis.Token) bool {
	for _, k := range analysis.IndexTerms(*t) { // all that the engine finds it by
		if _, ok := s[k]; ok {
			return true
		}
	}
	return false
}
