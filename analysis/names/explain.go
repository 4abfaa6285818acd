package names

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"

	"kelisim/analysis"
)

// Explain prints how a text's institutions are read, for who mends the table or the weights: the candidates around each
// head, and where names without a head may begin, with their scores and what weighs most for the best, then the bodies that it may mean.
func (t *Table) Explain(x *analysis.Text, out io.Writer) {
	if len(x.Tokens) == 0 {
		return
	}
	r := t.reader(x)
	r.readBodies()
	for i := range r.words {
		for _, anchor := range []func(int) (anchor, bool){r.anchorAt, r.headlessAt, r.bareAt} {
			if a, ok := anchor(i); ok {
				r.explain(a, out)
			}
		}
	}
}

// Most candidates, weights and bodies that are shown.
const (
	shownRuns    = 4
	shownWeights = 6
	shownBodies  = 3
)

func (r *reader) explain(a anchor, out io.Writer) {
	m := r.t.border
	s := r.sheet(a)
	type candidate struct {
		first, last int
		clues       []clue
		score       float64
	}
	var list []candidate
	for _, l := range s.left {
		for _, g := range s.right {
			if l.word < g.word && r.paired(l.word, g.word) {
				c := r.cluesOf(a, l, g)
				list = append(list, candidate{l.word, g.word, c, m.Sum(c) - m.Sum(s.none)})
			}
		}
	}
	slices.SortFunc(list, func(a, b candidate) int { return cmp.Compare(b.score, a.score) })
	fmt.Fprintf(out, "%s (%s)\n", r.words[a.at].Surface, languageNames[a.lang])
	for n, c := range list[:min(len(list), shownRuns)] {
		start, end := r.span(c.first, c.last)
		fmt.Fprintf(out, "  %+6.2f  %s\n", c.score, r.x.Source[start:end])
		if n > 0 {
			continue
		}
		slices.SortFunc(c.clues, func(a, b clue) int { return cmp.Compare(math.Abs(m.Weight(b)), math.Abs(m.Weight(a))) })
		for _, f := range c.clues[:min(len(c.clues), shownWeights)] {
			fmt.Fprintf(out, "          %+5.2f  %s\n", m.Weight(f), m.Name(f))
		}
		for _, b := range r.t.linker().Nearest(r.partsOf(r.nameWords(a, c.first, c.last), a.headless()), r.aroundName(r.nameWords(a, c.first, c.last)), shownBodies, true) {
			fmt.Fprintf(out, "          %.2f  %s  %s, %s\n", b.Score, b.Body.Key, cmp.Or(b.Body.EN, b.Body.RU, b.Body.KK), b.Body.Country)
			for _, why := range b.Why {
				fmt.Fprintf(out, "                %s\n", why)
			}
		}
	}
}
