package border

import (
	"math"
	"math/rand/v2"
	"slices"
)

// Drill is the candidates at one place, and which of them are right.
type Drill struct {
	Candidates [][]Clue
	Right      []bool
}

// Learning: gradient steps over all drills, with a penalty for large weights. All three are as the likelihood of texts that were not
// learnt from is best (on the gold's articles, crossed): with more rounds, or wider steps, the model learns its texts by heart.
const (
	drillRounds = 16
	rate        = 0.03
	penalty     = 0.05 // a drill
)

// Learn fits the weights to the drills by AdaGrad on the log-likelihood of the right candidates, the drills in an order that is
// drawn once, so that no kind of text has the last word. A weight is the sum of two, its own and one that the languages share:
// what a language has few drills for, it has from the others (H. Daumé, Frustratingly Easy Domain Adaptation, 2007).
func (m *Model) Learn(drills []Drill) {
	clear(m.weights)
	drills = slices.Clone(drills)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(drills), func(i, j int) { drills[i], drills[j] = drills[j], drills[i] })
	own, shared := newDescent(len(m.weights)), newDescent(len(m.weights))
	common, stride := m.common()
	grad, ofAll := newSparse(len(m.weights)), newSparse(len(m.weights))
	for _, l := range drills {
		for _, fs := range l.Candidates {
			for _, f := range fs {
				grad.add(f, 0)
			}
		}
		grad.drain(func(f Clue, _ float64) { // the penalty is spread over the drills that a feature is in
			own.used[f]++
			shared.used[common[f]]++
		})
	}
	var p []float64
	for range drillRounds {
		for _, l := range drills {
			p = l.gradient(m, p, grad)
			grad.drain(func(f Clue, g float64) {
				own.step(f, g)
				ofAll.add(common[f], g)
			})
			ofAll.drain(func(c Clue, g float64) {
				shared.step(c, g)
				for l := range Clue(len(m.languages)) {
					f := c + l*stride[c]
					m.weights[f] = own.weights[f] + shared.weights[c]
				}
			})
		}
	}
}

// sparse is a sum a feature, most of them nothing.
type sparse struct {
	sum  []float64
	in   []bool
	some []Clue // those that are in
}

func newSparse(n int) *sparse { return &sparse{sum: make([]float64, n), in: make([]bool, n)} }

func (s *sparse) add(f Clue, x float64) {
	if !s.in[f] {
		s.in[f], s.some = true, append(s.some, f)
	}
	s.sum[f] += x
}

// drain gives each sum and leaves nothing.
func (s *sparse) drain(each func(f Clue, sum float64)) {
	for _, f := range s.some {
		each(f, s.sum[f])
		s.sum[f], s.in[f] = 0, false
	}
	s.some = s.some[:0]
}

// common gives for each feature the one that stands for it in all languages: the first language's; and how far it is from there to
// the next language's.
func (m *Model) common() (first, stride []Clue) {
	first, stride = make([]Clue, len(m.weights)), make([]Clue, len(m.weights))
	for i := range m.families {
		f := &m.families[i]
		each := Clue(len(f.A) * len(f.B))
		for k := range each * Clue(len(m.languages)) {
			first[f.from+k], stride[f.from+k] = f.from+k%each, each
		}
	}
	return first, stride
}

// descent are weights with what their learning needs to know.
type descent struct{ weights, seen, used []float64 }

func newDescent(n int) *descent {
	return &descent{make([]float64, n), make([]float64, n), make([]float64, n)}
}

func (s *descent) step(f Clue, g float64) {
	g -= penalty * s.weights[f] / math.Sqrt(s.used[f])
	s.seen[f] += g * g
	s.weights[f] += rate * g / math.Sqrt(s.seen[f]+1e-2)
}

// gradient tells how the likelihood of the right candidates rises with each weight. p is room for their probabilities.
func (l *Drill) gradient(m *Model, p []float64, to *sparse) []float64 {
	p = p[:0]
	top := math.Inf(-1)
	for _, fs := range l.Candidates {
		x := m.Sum(fs)
		p, top = append(p, x), max(top, x)
	}
	all, right := 0.0, 1e-12
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		all += p[i]
		if l.Right[i] {
			right += p[i]
		}
	}
	for i, fs := range l.Candidates {
		g := -p[i] / all
		if l.Right[i] {
			g += p[i] / right
		}
		if g > -1e-6 && g < 1e-6 {
			continue
		}
		for _, f := range fs {
			to.add(f, g)
		}
	}
	return p
}
