package story

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"regexp"
	"strings"

	"kelisim/analysis/agreements/weights"
)

// Labelled is a text with the story that it tells, as somebody labelled it.
type Labelled struct{ Story, Lang, Date, Title, Body string }

// ReadLabelled reads texts, each of which begins with «= STORY LANG DATE» and a headline; lines before the first are remarks.
func ReadLabelled(in io.Reader) (out []Labelled, err error) {
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if head, ok := strings.CutPrefix(line, "= "); ok {
			f := strings.Fields(head)
			if len(f) != 3 {
				return nil, fmt.Errorf("line %d: %q is not «= STORY LANG DATE»", n, line)
			}
			out = append(out, Labelled{Story: f[0], Lang: f[1], Date: f[2]})
			continue
		}
		if len(out) == 0 || line == "" {
			continue
		}
		if x := &out[len(out)-1]; x.Title == "" {
			x.Title = line
		} else {
			x.Body += line + "\n"
		}
	}
	return out, lines.Err()
}

// Pair is two texts of which it is known whether they tell one story.
type Pair struct {
	A, B *Sketch
	Same bool
}

// settings of learning.
const (
	rounds  = 30
	penalty = 1  // of half the squares of weights
	caution = .6 // less than what was learnt: of real texts that are like each other, more tell two stories than of those that were written to be labelled
)

// Cut is a text as another outlet reprints it: without its last quarter.
func Cut(body string) string {
	if n := strings.LastIndex(body[:len(body)*3/4], ". "); n > 0 {
		return body[:n+1]
	}
	return body
}

// Bare is a sketch without facts.
func (s *Sketch) Bare() *Sketch {
	b := *s
	b.Facts = [kinds]Set{}
	return &b
}

// HasNumbers reports whether a text tells several numbers.
func (s *Sketch) HasNumbers() bool { return len(s.Facts[number]) > 1 }

// Refilled is a text as a form that was filled in anew: the rates, results or weather of another day. Years stay.
func Refilled(text string) string {
	return numbers.ReplaceAllStringFunc(text, func(n string) string {
		if !told(n) {
			return n
		}
		out := []byte(n)
		for i, c := range out {
			if c >= '0' && c <= '9' {
				out[i] = '1' + (c-'0'+5)%9
			}
		}
		return string(out)
	})
}

var numbers = regexp.MustCompile(`[0-9]{2,}`)

// Weights say what speaks for one story.
type Weights struct{ of values }

// sign is how what a pair shares may weigh: to share more never speaks against one story, and to differ never for it, whatever a few hundred pairs
// say. Without that a long article was no copy of itself: four rare bodies abroad weighed -8.
func sign(k int) float64 {
	switch k {
	case begin, other, undated:
		return 0
	case runs, stems, leads, copied:
		return 1
	case filled, days:
		return -1
	}
	if of := (k - plain) % ofKind; of == shared || of == several {
		return 1
	}
	return -1
}

// Learn fits weights to pairs by logistic regression, each of its sign: what comes out with the other is left out, the worst first, and the rest is
// fitted again. The same pairs give the same weights.
func Learn(pairs []Pair) *Weights {
	var out [len(valueNames)]bool
	for {
		w := fit(pairs, &out)
		worst := -1
		for k, x := range w.of {
			if x*sign(k) < 0 && (worst < 0 || math.Abs(x) > math.Abs(w.of[worst])) {
				worst = k
			}
		}
		if worst < 0 {
			w.of[begin] -= caution
			return w
		}
		out[worst] = true
	}
}

// fit makes Newton's steps; what is out weighs nothing.
func fit(pairs []Pair, out *[len(valueNames)]bool) *Weights {
	w := &Weights{}
	for range rounds {
		var slope values
		var bend [len(slope)]values
		for k := range slope {
			slope[k], bend[k][k] = penalty*w.of[k], penalty
		}
		for _, p := range pairs {
			if d, ok := p.A.apart(p.B); ok && d > Within {
				continue
			}
			x, z := p.A.against(p.B), 0.0
			for k := range x {
				if out[k] {
					x[k] = 0
				}
				z += x[k] * w.of[k]
			}
			q := weights.Logistic(z)
			g := q
			if p.Same {
				g--
			}
			for i := range x {
				if x[i] == 0 {
					continue
				}
				slope[i] += g * x[i]
				for j := range x {
					bend[i][j] += q * (1 - q) * x[i] * x[j]
				}
			}
		}
		for k, step := range solve(&bend, slope) {
			w.of[k] -= step
		}
	}
	return w
}

// solve gives x with a·x = y, by elimination; a is symmetric with all its values above 0, and is overwritten.
func solve(a *[plain + kinds*ofKind]values, y values) values {
	for i := range a {
		for j := i + 1; j < len(a); j++ {
			f := a[j][i] / a[i][i]
			if f == 0 {
				continue
			}
			for k := i; k < len(a); k++ {
				a[j][k] -= f * a[i][k]
			}
			y[j] -= f * y[i]
		}
	}
	for i := len(a) - 1; i >= 0; i-- {
		for k := i + 1; k < len(a); k++ {
			y[i] -= a[i][k] * y[k]
		}
		y[i] /= a[i][i]
	}
	return y
}

// Write prints weights in the form of data/weights.txt.
func (w *Weights) Write(out io.Writer) error {
	b := bufio.NewWriter(out)
	fmt.Fprintln(b, "# What speaks for one story (above 0) and against: likeness.go. Learnt by `make lexicon-stories`; see RULES.md.")
	for k, name := range valueNames {
		if x := math.Round(w.of[k]*100) / 100; x != 0 {
			fmt.Fprintf(b, "%s\t%g\n", name, x)
		}
	}
	return b.Flush()
}
