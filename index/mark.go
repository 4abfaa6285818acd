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
	m := marker{x: x, ms: ms, words: wordsIn(tree)}
	m.look()
	m.walk(tree)
	m.place(m.spots)
	return m.done()
}

// place makes marks of spots; those in what was not read have none.
func (m *marker) place(spots []spot) {
	for _, s := range spots {
		p := &m.x.Paragraphs[ParagraphOf(s.place)]
		if i := p.First + int(uint32(s.place)); i < p.Last {
			t := &m.x.Tokens[i]
			m.marks = append(m.marks, Mark{t.Start, t.SuffixEnd, s.group})
		}
	}
}

// done are the marks in order, without overlaps.
func (m *marker) done() []Mark {
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
	spots []spot // of words
	marks []Mark
	words *treeWords
}

// treeWords are the words of a tree, with where they stand in one text after another: twenty hits of a page ask for the same words.
type treeWords struct {
	known []*places
	by    map[string]*places // by their terms, joined
	lies  map[lie]*places    // the same by where the terms lie, which is found without joining them
	near  map[*Near]*places  // standIns, by the first of a word's near terms
}

// lie is a list of terms by its place in memory.
type lie struct {
	first *string
	n     int
}

func lieOf(terms []string) lie {
	if len(terms) == 0 {
		return lie{}
	}
	return lie{&terms[0], len(terms)}
}

// places are where any of some terms stands.
type places struct {
	key    string
	terms  []string
	at     []uint64 // see Place: the position is the token's in its paragraph, from 0
	marked bool     // all of them have a mark
}

func wordsIn(t Tree) *treeWords {
	w := &treeWords{by: map[string]*places{}, lies: map[lie]*places{}, near: map[*Near]*places{}}
	w.learn(t)
	return w
}

// forget makes the words ready for another text.
func (w *treeWords) forget() {
	for _, p := range w.known {
		p.at, p.marked = p.at[:0], false
	}
}

// spot is a place with the part of the query that it matches.
type spot struct {
	place uint64
	group int
}

func joined(terms []string) string { return strings.Join(terms, "\x00") }

// add gathers a word.
func (w *treeWords) add(terms []string) *places {
	p := w.lies[lieOf(terms)]
	if p != nil {
		return p
	}
	key := joined(terms)
	if p = w.by[key]; p == nil {
		p = &places{key: key, terms: terms}
		w.by[key] = p
		w.known = append(w.known, p)
	}
	w.lies[lieOf(terms)] = p
	return p
}

// learn gathers the words of a tree.
func (w *treeWords) learn(t Tree) {
	switch t := t.(type) {
	case AnyTerm:
		w.add(t.Terms)
		if near := standIns(t); len(near) > 0 {
			w.near[&t.Near[0]] = w.add(near)
		}
	case Sentence:
		for _, p := range t.Of {
			w.learn(p)
		}
	case Phrase:
		for _, s := range t.Slots[:min(len(t.Slots), MaxSlots)] {
			w.add(s)
		}
	case Not, Should:
	default:
		for _, c := range Parts(t) {
			w.learn(c)
		}
	}
}

// look finds the places of all words at once.
func (m *marker) look() {
	of := map[string][]*places{} // by each of their terms
	for _, p := range m.words.known {
		for _, t := range p.terms {
			if !slices.Contains(of[t], p) {
				of[t] = append(of[t], p)
			}
		}
	}
	if len(of) == 0 {
		return
	}
	for n, par := range m.x.Paragraphs {
		for i := par.First; i < par.Last; i++ {
			place := Place(n, i-par.First)
			for _, term := range analysis.IndexTerms(m.x.Tokens[i]) { // all that the engine finds it by
				for _, p := range of[term] {
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
		p := m.words.add(t.Terms)
		if len(p.at) == 0 && len(t.Near) > 0 {
			if near := m.words.near[&t.Near[0]]; near != nil {
				p = near
			}
		}
		if p.marked {
			return // the same word again: the first mark of a place stands
		}
		p.marked = !t.Title
		for _, place := range p.at {
			if !t.Title || m.titled(place) {
				m.add(place)
			}
		}
	case Phrase:
		m.group++
		m.phrase(t, func(first, last uint64) bool { return !t.Title || m.titled(first) })
	case Sentence:
		m.sentence(t)
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
	m.spots = append(m.spots, spot{place, m.group})
}

// leastStandIn is the weight of a word that is marked instead of the one that was typed.
const leastStandIn = .3

// standIns are the translations of a word and what is very like it, which are marked in a text that has not the word itself:
// they are why it was found.
func standIns(t AnyTerm) []string {
	var out []string
	for _, n := range t.Near {
		if n.Weight >= leastStandIn {
			out = append(out, n.Term)
		}
	}
	return out
}

// titled reports whether a place is in the title.
func (m *marker) titled(place uint64) bool {
	end := strings.IndexByte(m.x.Source, '\n')
	return end < 0 || m.x.Paragraphs[ParagraphOf(place)].Start < end
}

// sentence marks the sentences that have all phrases.
func (m *marker) sentence(t Sentence) {
	var have map[[2]int]bool
	for i, p := range t.Of {
		here := map[[2]int]bool{}
		m.each(p, func(slots [][]uint64, at []int) {
			if s, ok := m.inOne(slots, at); ok && (i == 0 || have[s]) {
				here[s] = true
			}
		})
		have = here
	}
	for _, p := range t.Of {
		m.group++
		m.phrase(p, func(first, last uint64) bool {
			a, ok := m.sentenceOf(first)
			b, _ := m.sentenceOf(last)
			return ok && a == b && have[a]
		})
	}
}

// inOne is the sentence that a phrase stands in, if it is one.
func (m *marker) inOne(slots [][]uint64, at []int) (s [2]int, ok bool) {
	last := len(at) - 1
	a, ok := m.sentenceOf(slots[0][at[0]])
	b, _ := m.sentenceOf(slots[last][at[last]])
	return a, ok && a == b
}

// sentenceOf is the number of a place's paragraph, and of its sentence there.
func (m *marker) sentenceOf(place uint64) (s [2]int, ok bool) {
	n := ParagraphOf(place)
	p := &m.x.Paragraphs[n]
	start := m.x.Tokens[p.First+int(uint32(place))].Start
	all := p.Sentences
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].Start <= start {
			return [2]int{n, i}, true
		}
	}
	return s, false
}

// each finds where a phrase stands.
func (m *marker) each(p Phrase, do func(slots [][]uint64, at []int)) {
	if len(p.Slots) == 0 || len(p.Slots) > MaxSlots {
		return
	}
	slots := make([][]uint64, len(p.Slots))
	for i, s := range p.Slots {
		slots[i] = m.words.add(s).at
	}
	EachPhrase(slots, p.Slop, func(at []int) bool { do(slots, at); return true })
}

// phrase marks where a phrase stands that fits by its first and last place.
func (m *marker) phrase(p Phrase, fits func(first, last uint64) bool) {
	// A place that two starts share is marked once.
	next := make([]int, len(p.Slots))
	m.each(p, func(slots [][]uint64, at []int) {
		end := len(at) - 1
		if !fits(slots[0][at[0]], slots[end][at[end]]) {
			return
		}
		for k, i := range at {
			if i >= next[k] {
				next[k] = i + 1
				m.add(slots[k][i])
			}
		}
	})
}
