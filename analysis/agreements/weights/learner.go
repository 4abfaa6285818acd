package weights

import (
	"math"
	"math/rand/v2"
)

// Learner fits a model's weights by gradient steps, with a penalty for large weights that is spread over the places that have
// the feature. In each step some features are left out, so that no few of them carry a decision. The same steps give the
// same weights.
type Learner struct {
	Settings
	m                   *Model
	met                 map[Feature]int
	at                  map[Feature]int32
	seen, weights, past []float64
	sum                 []float64 // of the weights of the times before
	times               uint64
	rng                 *rand.Rand
}

// Settings are how a learner goes on.
type Settings struct {
	Rate, Penalty float64
	Dropout       int // of 256 features
	Least         int // places that a feature must be in
}

// Learner begins to learn a model's weights anew.
func (m *Model) Learner(s Settings) *Learner {
	clear(m.weights)
	m.fixed, m.parents = nil, nil
	return &Learner{Settings: s, m: m, met: map[Feature]int{}, at: map[Feature]int32{}}
}

// Meet counts the features of a place that will be learnt from; those met often enough get a number.
func (l *Learner) Meet(fs []Feature) {
	for _, f := range fs {
		if l.met[f]++; l.met[f] == l.Least {
			l.at[f] = int32(len(l.at))
		}
	}
}

// Begin ends the counting, and begins to learn. Called again it begins once more, and other features are left out: the model gets the
// mean of all times, which depends less on chance than each.
func (l *Learner) Begin() {
	n := len(l.at)
	if l.met != nil {
		l.seen, l.sum = make([]float64, n), make([]float64, n)
		for f, i := range l.at {
			l.seen[i] = float64(l.met[f])
		}
		l.met = nil
	}
	for i, w := range l.weights {
		l.sum[i] += w
	}
	l.times++
	l.weights, l.past, l.rng = make([]float64, n), make([]float64, n), rand.New(rand.NewPCG(l.times, 2))
}

// Number gives the numbers of features.
func (l *Learner) Number(fs []Feature) []int32 {
	out := make([]int32, 0, len(fs))
	for _, f := range fs {
		if n, ok := l.at[f]; ok {
			out = append(out, n)
		}
	}
	return out
}

// Keep leaves some features out.
func (l *Learner) Keep(fs []int32) []int32 {
	out := make([]int32, 0, len(fs))
	var bits uint64
	for i, f := range fs {
		if i%8 == 0 {
			bits = l.rng.Uint64()
		}
		if int(bits&255) >= l.Dropout {
			out = append(out, f)
		}
		bits >>= 8
	}
	return out
}

// Sum is the weight of kept features, as if none were left out.
func (l *Learner) Sum(fs []int32) (z float64) {
	for _, f := range fs {
		z += l.weights[f]
	}
	return z * 256 / float64(256-l.Dropout)
}

// Step moves the weights of features against a gradient.
func (l *Learner) Step(fs []int32, g float64) {
	for _, f := range fs {
		d := g + l.Penalty*l.weights[f]/l.seen[f]
		l.past[f] += d * d
		l.weights[f] -= l.Rate * d / math.Sqrt(l.past[f]+1e-4)
	}
}

// Choose makes a step for a choice, of which at least one is right. Nothing is left out.
func (l *Learner) Choose(ok []bool, of [][]int32) {
	zs := make([]float64, len(of))
	for i, fs := range of {
		for _, f := range fs {
			zs[i] += l.weights[f]
		}
	}
	_, p := Pool(zs)
	right := 1e-9
	for i := range p {
		if ok[i] {
			right += p[i]
		}
	}
	for i, g := range p {
		if ok[i] {
			g -= p[i] / right
		}
		if math.Abs(g) >= .01 {
			l.Step(of[i], g)
		}
	}
}

// End gives the model what was learnt.
func (l *Learner) End() {
	for f, i := range l.at {
		l.m.weights[f] = (l.sum[i] + l.weights[i]) / float64(l.times)
	}
}
