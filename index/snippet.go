package index

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
)

const (
	snippetRunes = 110 // about two lines of a result on a phone
	leadRunes    = 90  // a headline made of the lead paragraph
	ellipsis     = "…"
)

// Snippets cuts at most n pieces of text out of the body of x (what lies behind the first line), those that show most
// of what the query matched, each more of what the others lack, in reading order. Without a match it gives the beginning of the body.
func Snippets(x *analysis.Text, marks []Mark, n int) []Snippet {
	body := strings.IndexByte(x.Source, '\n') + 1
	var found []window
	for _, p := range x.Paragraphs {
		if p.Start < body {
			continue
		}
		for _, s := range p.Sentences {
			found = append(found, windows(x.Source, s, marks)...)
		}
	}
	slices.SortStableFunc(found, func(a, b window) int {
		return cmp.Or(cmp.Compare(b.groups, a.groups), cmp.Compare(b.marks, a.marks))
	})
	var take []window
	shown := map[int]bool{} // parts of the query
	for len(take) < n {
		best, most := -1, -1
		for i, w := range found {
			if slices.ContainsFunc(take, func(t window) bool { return sameText(x.Source, t, w) }) {
				continue
			}
			more := 0
			for g := range w.of {
				if !shown[g] {
					more++
				}
			}
			if more > most {
				best, most = i, more
			}
		}
		if best < 0 {
			break
		}
		take = append(take, found[best])
		maps.Copy(shown, found[best].of)
	}
	if len(take) == 0 {
		skip := 0
		if strings.TrimSpace(x.Source[:body]) == "" {
			skip = 1 // the first sentence stands as the headline
		}
		if lead := sentenceFrom(x, body, skip); lead.End > lead.Start {
			take = []window{{Span: shorten(x.Source, lead, snippetRunes), sentence: lead}}
		}
	}
	slices.SortFunc(take, func(a, b window) int { return cmp.Compare(a.Start, b.Start) })
	out := make([]Snippet, len(take))
	for i, w := range take {
		out[i] = pieces(x.Source, w.Span, marks, w.cutLeft, w.End < w.sentence.End)
	}
	return out
}

// Headline gives the title of x with its matches marked; where it has none, its lead cut at a sentence or word, and
// untitled is true.
func Headline(x *analysis.Text, marks []Mark) (out []Piece, untitled bool) {
	end := strings.IndexByte(x.Source, '\n')
	if end < 0 {
		end = len(x.Source)
	}
	if strings.TrimSpace(x.Source[:end]) != "" {
		return pieces(x.Source, analysis.Span{Start: 0, End: end}, marks, false, false), false
	}
	lead := sentenceFrom(x, min(end+1, len(x.Source)), 0)
	cut := shorten(x.Source, lead, leadRunes)
	return pieces(x.Source, cut, marks, false, cut.End < lead.End), true
}

type window struct {
	analysis.Span
	sentence      analysis.Span
	groups, marks int
	of            map[int]bool // its groups
	cutLeft       bool
}

// windows are the places of a sentence around its marks, none where it has no mark: the whole sentence where it is
// short, else a window that begins a few words before a mark.
func windows(src string, s analysis.Span, marks []Mark) []window {
	var in []Mark
	for _, m := range marks {
		if m.Start >= s.Start && m.End <= s.End {
			in = append(in, m)
		}
	}
	if len(in) == 0 {
		return nil
	}
	if utf8.RuneCountInString(src[s.Start:s.End]) <= snippetRunes {
		return []window{weigh(window{Span: s, sentence: s}, in)}
	}
	var out []window
	for i := range in {
		if len(out) > 0 && in[i].End <= out[len(out)-1].End {
			continue
		}
		start := back(src, s.Start, in[i].Start, snippetRunes/3)
		w := window{Span: analysis.Span{Start: start, End: s.End}, sentence: s, cutLeft: start > s.Start}
		w.Span = shorten(src, w.Span, snippetRunes)
		w.End = max(w.End, in[i].End)
		out = append(out, weigh(w, in))
	}
	return out
}

func weigh(w window, in []Mark) window {
	seen := map[int]bool{}
	for _, m := range in {
		if m.Start >= w.Start && m.End <= w.End {
			w.marks++
			seen[m.Group] = true
		}
	}
	w.groups, w.of = len(seen), seen
	return w
}

// back goes at most n runes to the left of at, not before limit, and stops at the beginning of a word.
func back(src string, limit, at, n int) int {
	i := at
	for ; n > 0 && i > limit; n-- {
		_, size := utf8.DecodeLastRuneInString(src[limit:i])
		i -= size
	}
	if i == limit {
		return i
	}
	if sp := strings.IndexFunc(src[i:at], unicode.IsSpace); sp >= 0 {
		i += sp
		return i + len(src[i:at]) - len(strings.TrimLeftFunc(src[i:at], unicode.IsSpace))
	}
	return at
}

// shorten cuts a span to at most n runes, at the end of a word.
func shorten(src string, s analysis.Span, n int) analysis.Span {
	i, count, word := s.Start, 0, s.Start
	for i < s.End && count < n {
		r, size := utf8.DecodeRuneInString(src[i:s.End])
		if unicode.IsSpace(r) {
			word = i
		}
		i += size
		count++
	}
	if i >= s.End {
		return s
	}
	if word == s.Start {
		word = i
	}
	s.End = s.Start + len(strings.TrimRightFunc(src[s.Start:word], func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;:–—-(«", r)
	}))
	return s
}

// sentenceFrom is the nth sentence, from 0, of the paragraphs that begin at from or later; empty where there is none.
func sentenceFrom(x *analysis.Text, from, n int) analysis.Span {
	for _, p := range x.Paragraphs {
		if p.Start < from {
			continue
		}
		if n < len(p.Sentences) {
			return p.Sentences[n]
		}
		n -= len(p.Sentences)
	}
	return analysis.Span{}
}

func sameText(src string, a, b window) bool {
	return a.Start < b.End && b.Start < a.End || src[a.Start:a.End] == src[b.Start:b.End]
}

func pieces(src string, s analysis.Span, marks []Mark, cutLeft, cutRight bool) []Piece {
	var out []Piece
	put := func(text string, match bool) {
		if text == "" {
			return
		}
		if n := len(out); n > 0 && out[n-1].Match == match {
			out[n-1].Text += text
			return
		}
		out = append(out, Piece{text, match})
	}
	if cutLeft {
		put(ellipsis, false)
	}
	at := s.Start
	for _, m := range marks {
		if m.Start < at || m.End > s.End {
			continue
		}
		put(src[at:m.Start], false)
		put(src[m.Start:m.End], true)
		at = m.End
	}
	put(src[at:s.End], false)
	if cutRight {
		put(ellipsis, false)
	}
	return out
}

// Marked gives a whole text with its matches marked.
func Marked(text string, marks []Mark) Snippet {
	return pieces(text, analysis.Span{Start: 0, End: len(text)}, marks, false, false)
}
