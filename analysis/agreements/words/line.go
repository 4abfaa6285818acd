package words

import (
	"strings"

	"kelisim/analysis"
)

// Line is a text's tokens as patterns look at them.
type Line struct {
	Forms []string // Token.Form; Kazakh in Latin letters is written in Cyrillic
	Gaps  []string // the source between token i and i+1
	keys  []string // the first two letters of forms
}

// NewLine lays out the tokens of a text.
func NewLine(x *analysis.Text, letters *Latin) *Line {
	n := len(x.Tokens)
	l := &Line{make([]string, n), make([]string, n), make([]string, n)}
	for i, t := range x.Tokens {
		l.Forms[i] = t.Form
		end := len(x.Source)
		if i+1 < n {
			end = x.Tokens[i+1].Start
		}
		l.Gaps[i] = strings.ReplaceAll(x.Source[min(t.SuffixEnd, end):end], "\u00a0", " ")
	}
	for _, p := range x.Paragraphs {
		for i := p.First; i < p.Last && p.Lang == analysis.KK && p.Script == analysis.Latin; i++ {
			if x.Tokens[i].Kind == analysis.Word {
				l.Forms[i] = letters.Cyrillic(l.Forms[i])
			}
		}
	}
	for i, w := range l.Forms {
		l.keys[i] = firstTwo(w)
	}
	return l
}

// Breaks reports whether punctuation that ends a phrase stands behind token i.
func (l *Line) Breaks(i int) bool { return strings.ContainsAny(l.Gaps[i], ",.;:!?\n—–()") }
