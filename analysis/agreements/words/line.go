package words

import (
	"strings"

	"kelisim/analysis"
)

// Line is a text's tokens as patterns look at them.
type Line struct {
	Forms []string // Token.Form; Kazakh in Latin letters is written in Cyrillic
	Gaps  []string // the source between token i and i+1
	keys  []key    // of forms
}

// NewLine lays out the tokens of a text.
func NewLine(x *analysis.Text, letters *Latin) *Line {
	n := len(x.Tokens)
	l := &Line{make([]string, n), make([]string, n), make([]key, n)}
	for i := range x.Tokens {
		t := &x.Tokens[i]
		l.Forms[i] = t.Form
		end := len(x.Source)
		if i+1 < n {
			end = x.Tokens[i+1].Start
		}
		gap := x.Source[min(t.SuffixEnd, end):end]
		if len(gap) > 1 { // most are a space
			gap = strings.ReplaceAll(gap, "\u00a0", " ")
		}
		l.Gaps[i] = gap
	}
	for _, p := range x.Paragraphs {
		for i := p.First; i < p.Last && p.Lang == analysis.KK && p.Script == analysis.Latin; i++ {
			if x.Tokens[i].Kind == analysis.Word {
				l.Forms[i] = letters.Cyrillic(l.Forms[i])
			}
		}
	}
	for i, w := range l.Forms {
		l.keys[i] = firstThree(w)
	}
	return l
}

// Breaks reports whether punctuation that ends a phrase stands behind token i.
func (l *Line) Breaks(i int) bool {
	gap := l.Gaps[i]
	return gap != " " && strings.ContainsAny(gap, ",.;:!?\n—–()")
}
