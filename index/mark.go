package index

import (
	"cmp"
	"slices"
	"strings"

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
//
// The text is gone through once, whatever the tree is; then each word of the tree costs its places.
func Marks(tree Tree, x *analysis.Text, ms []Mention) []Mark {
	m := marker{x: x, ms: ms, known: map[string]*places{}, of: map[string][]*places{}}
	m.learn(tree)
	if len(m.of) > 0 {
		m.look()
	}
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
	known map[string]*places   // by their terms, joined
	of    map[string][]*places // by each of their terms
}

// places are where any of some terms stands.
type places struct {
	at     []uint64 // see Place: the position is the token's in the whole text
	marked bool     // all of them have a mark
}

func joined(terms []string) string { return strings.Join(terms, "\x00") }

// learn gathers the words of a tree.
func (m *marker) learn(t Tree) {
	add := func(terms []string) {
		key := joined(terms)
		if m.known[key] != nil {
			return
		}
		p := &places{}
		m.known[key] = p
		for _, t := range terms {
			if !slices.Contains(m.of[t], p) {
				m.of[t] = append(m.of[t], p)
			}
		}
	}
	switch t := t.(type) {
	case AnyTerm:
		add(t.Terms)
	case Phrase:
		for _, s := range t.Slots[:min(len(t.Slots), MaxSlots)] {
			add(s)
		}
	case Not, Should:
	default:
		for _, c := range Parts(t) {
			m.learn(c)
		}
	}
}

// look finds the places of all words at once.
func (m *marker) look() {
	for n, par := range m.x.Paragraphs {
		for i := par.First; i < par.Last; i++ {
			place := Place(n, i)
			for _, term := range analysis.IndexTerms(m.x.Tokens[i]) { // all that the engine finds it by
				for _, p := range m.of[term] {
					if k := len(p.at); k == 0 || p.at[k-1] != place {
						p.at = append(p.at, place)
					}
				}
			}
		}
	}
}

// walk marks what is matched. Should holds stop words: marking them would drown the words that matter.
func (m *marker) walk(t Tree) {
	switch t := t.(type) {
	case AnyTerm:
		m.group++
		p := m.known[joined(t.Terms)]
		if p.marked {
			return // the same word again: the first mark of a place stands
		}
		p.marked = true
		for _, place := range p.at {
			m.add(place)
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
}

func (m *marker) add(place uint64) {
	t := &m.x.Tokens[uint32(place)]
	m.marks = append(m.marks, Mark{t.Start, t.SuffixEnd, m.group})
}

func (m *marker) phrase(p Phrase) {
	if len(p.Slots) > MaxSlots {
		return
	}
	slots := make([][]uint64, len(p.Slots))
	for i, s := range p.Slots {
		slots[i] = m.known[joined(s)].at
	}
	// A place that two starts share is marked once.
	next := make([]int, len(slots))
	EachPhrase(slots, p.Slop, func(at []int) bool {
		for k, i := range at {
			if i >= next[k] {
				next[k] = i + 1
				m.add(slots[k][i])
			}
		}
		return true
	})
}
