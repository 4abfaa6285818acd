package index

import (
	"cmp"
	"hash/crc32"
	"maps"
	"slices"
	"strings"
	"sync"
	"unsafe"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Places are where the words of a tree stand in an article, and its mentions, as an engine keeps them.
type Places struct {
	Sum      uint32              // of the text that they are of: see TextSum
	Words    map[string][]uint64 // by WordKey: paragraph among those that are not empty, position from 1, ascending; see Place
	Mentions []Mention           // kind, key and span
}

// MentionAt is a mention of which no more is known than what it is of and where.
func MentionAt(kind, key string, start, end int) Mention {
	return Mention{Kind: names.Kind(kind), Key: key, Start: start, End: end}
}

// TextSum tells a text from another version of it.
func TextSum(text string) uint32 {
	return crc32.ChecksumIEEE(unsafe.Slice(unsafe.StringData(text), len(text))) // only read
}

// WordKey names a word by its terms.
func WordKey(terms []string) string { return joined(terms) }

// Words are the words of a tree whose places are marked, by their terms.
func Words(tree Tree) [][]string {
	w := wordsIn(tree)
	var out [][]string
	for _, key := range slices.Sorted(maps.Keys(w.by)) {
		out = append(out, w.by[key].terms)
	}
	return out
}

const (
	sketched = 3 // paragraphs with matches that are read
	lead     = 3 // paragraphs of which a beginning is made
)

// Sketcher reads of the texts of hits what a page shows. It is for one goroutine.
type Sketcher struct {
	tree      Tree
	sentences bool // the tree asks for some
	words     *treeWords
}

// NewSketcher makes one for what is found by a tree, which may be nil: the tree's words are gathered once for all hits, a quarter of what a
// sketch took.
func NewSketcher(tree Tree) *Sketcher {
	s := &Sketcher{tree: tree}
	if tree != nil {
		s.sentences, s.words = hasSentence(tree), wordsIn(tree)
	}
	return s
}

// Sketch reads of an article's text what a hit shows, and marks it. The engine knows where its words stand, so that only the paragraphs with
// most of the query are read, and the title where it has some. ok is false where the places do not tell: they are of another
// version, or the tree asks for sentences. A nil tree needs no places. also are bytes whose paragraphs are read, too.
func (s *Sketcher) Sketch(text string, prior Lang, at *Places, also ...int) (x *analysis.Text, marks []Mark, ok bool) {
	return s.sketch(text, prior, at, func(m *marker) []int {
		wanted := m.wanted()
		for _, start := range also {
			if n, ok := m.paragraphOf(start); ok && s.tree != nil {
				wanted = append(wanted, n)
			}
		}
		return wanted
	})
}

// sketch reads those paragraphs of a text that are chosen by where the matches stand.
func (s *Sketcher) sketch(text string, prior Lang, at *Places, choose func(m *marker) []int) (x *analysis.Text, marks []Mark, ok bool) {
	if s.tree != nil && (at == nil || s.sentences || at.Sum != TextSum(text)) {
		return nil, nil, false
	}
	x = analysis.Outline(text)
	if spare, ok := tokens.Get().(*[]analysis.Token); ok {
		x.Tokens = *spare
	}
	m := marker{x: x, words: s.words}
	if s.tree != nil {
		m.ms = at.Mentions
		m.words.forget()
		for _, p := range m.words.known {
			for _, place := range at.Words[p.key] {
				if ParagraphOf(place) < len(x.Paragraphs) {
					p.at = append(p.at, place-1)
				}
			}
		}
		m.walk(s.tree)
	}
	x.Fill(prior, choose(&m)...)
	m.place(m.spots)
	return x, m.done(), true
}

// tokens are room for those of a hit's text: a page of twenty takes half a megabyte of them.
var tokens sync.Pool // of *[]analysis.Token, empty

const mostTokens = 4096

// Done gives back the room of what Sketch read; nobody may look at it any more.
func Done(x *analysis.Text) {
	if x.Tokens == nil || cap(x.Tokens) > mostTokens {
		return
	}
	clear(x.Tokens) // their strings are of the text
	spare := x.Tokens[:0]
	x.Tokens, x.Paragraphs = nil, nil
	tokens.Put(&spare)
}

func hasSentence(t Tree) bool {
	_, ok := t.(Sentence)
	return ok || slices.ContainsFunc(Parts(t), hasSentence)
}

// wanted are the paragraphs that a hit shows marks or parts of: the title where it has a match, those with most of the query, and where
// one of these lacks those that a lead is made of.
func (m *marker) wanted() []int {
	body := strings.IndexByte(m.x.Source, '\n') + 1
	type rated struct{ n, groups, marks int }
	seen := map[[2]int]bool{} // paragraph and group
	of := map[int]*rated{}
	rate := func(n, group int) {
		r := of[n]
		if r == nil {
			r = &rated{n: n}
			of[n] = r
		}
		if r.marks++; !seen[[2]int{n, group}] {
			seen[[2]int{n, group}] = true
			r.groups++
		}
	}
	for _, s := range m.spots {
		rate(ParagraphOf(s.place), s.group)
	}
	for _, k := range m.marks { // of mentions
		if n, ok := m.paragraphOf(k.Start); ok {
			rate(n, k.Group)
		}
	}
	var best []*rated
	var out []int
	first := len(m.x.Paragraphs) // of the body
	for n, p := range m.x.Paragraphs {
		if p.Start >= body {
			first = n
			break
		}
		if of[n] != nil {
			out = append(out, n)
		}
	}
	for n, r := range of {
		if n >= first {
			best = append(best, r)
		}
	}
	slices.SortFunc(best, func(a, b *rated) int {
		return cmp.Or(cmp.Compare(b.groups, a.groups), cmp.Compare(b.marks, a.marks), cmp.Compare(a.n, b.n))
	})
	for _, r := range best[:min(len(best), sketched)] {
		out = append(out, r.n)
	}
	if len(best) == 0 || strings.TrimSpace(m.x.Source[:body]) == "" {
		for n := first; n < min(first+lead, len(m.x.Paragraphs)); n++ {
			out = append(out, n)
		}
	}
	return out
}

// paragraphOf is the number of the paragraph that a byte is in, or behind.
func (m *marker) paragraphOf(at int) (n int, ok bool) {
	n, _ = slices.BinarySearchFunc(m.x.Paragraphs, at+1, func(p analysis.Paragraph, behind int) int { return cmp.Compare(p.Start, behind) })
	return n - 1, n > 0
}
