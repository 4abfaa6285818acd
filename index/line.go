package index

import (
	"strings"
	"unicode"

	"kelisim/analysis"
)

// Line is a place of a text that a query matches, with what stands before and behind it in its paragraph.
type Line struct {
	Article            string // its id
	Title              string // of the article; where it has none, its first words
	Published          Date
	Outlet             string // a key, or ""
	StatedOutlet       string // what the article states, where there is no key
	Lang               string // of the article
	Left, Match, Right string
	Start              int // of Match, a byte of the article's text
	Nth                int // paragraph of the body among those that have a match, from 1; 0 of the headline
}

// Lines gives all places that a tree matches in a text, in the order of the text, each with at most width characters of its
// paragraph on either side. Matches that only white space parts are one place. at are the places that the engine knows, which
// may be nil; without them read reads the whole text and its mentions.
func Lines(tree Tree, text string, prior Lang, at *Places, width int, read func() (*analysis.Text, []Mention)) []Line {
	x, marks, ok := NewSketcher(tree).sketch(text, prior, at, (*marker).matched)
	if !ok {
		var ms []Mention
		x, ms = read()
		marks = Marks(tree, x, ms)
	}
	body := strings.IndexByte(x.Source, '\n') + 1
	var out []Line
	nth, before := 0, -1 // of the paragraph, and its start
	for i := 0; i < len(marks); i++ {
		start, end := marks[i].Start, marks[i].End
		for i+1 < len(marks) && blank(x.Source[end:marks[i+1].Start]) {
			i++
			end = marks[i].End
		}
		from := strings.LastIndexByte(x.Source[:start], '\n') + 1
		to := len(x.Source)
		if n := strings.IndexByte(x.Source[end:], '\n'); n >= 0 {
			to = end + n
		}
		if from >= body && from != before {
			nth, before = nth+1, from
		}
		behind := to - len(strings.TrimLeftFunc(x.Source[end:to], unicode.IsSpace))
		left, right := back(x.Source, from, start, width), shorten(x.Source, analysis.Span{Start: behind, End: to}, width)
		l := Line{Left: strings.TrimSpace(x.Source[left:start]), Match: x.Source[start:end], Right: strings.TrimSpace(x.Source[behind:right.End]), Start: start, Nth: nth}
		if from < body {
			l.Nth = 0
		}
		if left > from {
			l.Left = ellipsis + l.Left
		}
		if right.End < to && strings.TrimSpace(x.Source[right.End:to]) != "" {
			l.Right += ellipsis
		}
		out = append(out, l)
	}
	return out
}

// blank reports whether a gap is white space that does not end a paragraph.
func blank(gap string) bool {
	return strings.TrimSpace(gap) == "" && !strings.Contains(gap, "\n")
}

// matched are the paragraphs that have a match.
func (m *marker) matched() (out []int) {
	for _, s := range m.spots {
		out = append(out, ParagraphOf(s.place))
	}
	for _, k := range m.marks { // of mentions
		if n, ok := m.paragraphOf(k.Start); ok {
			out = append(out, n)
		}
	}
	return out
}
