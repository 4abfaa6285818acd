// Package weights answers: how likely is a thing by the features that it has, and which weights of theirs make what people
// told come out likeliest?
//
// A Model is log-linear: a decision's choices have features, a feature a weight; a choice's probability is the share of the
// exponent of its sum. Features are readable lines («roles|subject|with») in a text file; a thing's are compared by their hash.
// A Learner fits weights to examples by gradient steps.
//
// References: A. Berger, S. and V. Della Pietra, A Maximum Entropy Approach to Natural Language Processing, 1996 (the
// model); J. Duchi, E. Hazan, Y. Singer, Adaptive Subgradient Methods, 2011 (its learning); N. Srivastava and others,
// Dropout, 2014 (features left out while learning).
package weights

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"strings"
)

// Model holds the weights of features.
type Model struct {
	weights map[Feature]float64
	names   map[Feature]string // the features' lines
	learns  bool               // features that are met get their lines
	fixed   *table             // the weights of a model that was read, nil of one that learns
	parents map[Feature]bool   // features that some choice makes one of that was read
}

// table holds weights in half of its places or fewer: most features that are asked for weigh nothing, which an empty place tells.
type table struct {
	shift uint
	at    []struct {
		f Feature
		w float64
	}
}

func newTable(weights map[Feature]float64) *table {
	t := &table{shift: 64 - uint(bits.Len(uint(2*len(weights)+1)))}
	t.at = make([]struct {
		f Feature
		w float64
	}, 1<<(64-t.shift))
	for f, w := range weights {
		i := t.place(f)
		t.at[i].f, t.at[i].w = f, w
	}
	return t
}

// place is where a feature stands, or may.
func (t *table) place(f Feature) int {
	i := int(f * 0x9e3779b97f4a7c15 >> t.shift)
	for t.at[i].f != f && t.at[i].f != 0 {
		i = (i + 1) & (len(t.at) - 1)
	}
	return i
}

// weight is what a feature weighs.
func (m *Model) weight(f Feature) float64 {
	if m.fixed != nil {
		return m.fixed.at[m.fixed.place(f)].w
	}
	return m.weights[f]
}

// New is a model without weights, which notes the lines of the features that it meets.
func New() *Model {
	return &Model{weights: map[Feature]float64{}, names: map[Feature]string{}, learns: true}
}

// Feature is the hash of a feature's line.
type Feature uint64

// Sheet collects the features of one thing.
type Sheet struct {
	m     *Model
	under Feature // hash of what every line begins with
	head  string
	List  []Feature
	round uint32
	table [size]struct {
		f     Feature
		round uint32
	} // which features the list has: those noted in this round
}

// size of a sheet's table; a list that fills most of it is searched.
const size = 1024

// noted reports whether a sheet has a feature, and notes it.
func (s *Sheet) noted(f Feature) bool {
	if len(s.List) > size*3/4 {
		return slices.Contains(s.List, f)
	}
	for i := f % size; ; i = (i + 1) % size {
		switch c := &s.table[i]; {
		case c.round != s.round:
			c.f, c.round = f, s.round
			return false
		case c.f == f:
			return true
		}
	}
}

const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

// And is the feature whose line goes on with a part.
func (f Feature) And(part string) Feature { return (f.in(part) ^ '|') * hashPrime }

// in is a feature whose part goes on.
func (f Feature) in(part string) Feature {
	for i := range len(part) {
		f = (f ^ Feature(part[i])) * hashPrime
	}
	return f
}

// NewSheet is an empty sheet of a model.
func NewSheet(m *Model) *Sheet { return &Sheet{m: m} }

// Begin empties the sheet for a decision: pair, kind, status, all.
func (s *Sheet) Begin(decision string) {
	s.under, s.head, s.List = Feature(hashStart).And(decision), decision, s.List[:0]
	s.round++
}

// Add notes a feature once.
func (s *Sheet) Add(parts ...string) {
	f := s.under
	for _, p := range parts {
		f = f.And(p)
	}
	if !s.noted(f) {
		s.List = append(s.List, f)
		s.name(f, parts)
	}
}

// name notes the line of a feature while learning.
func (s *Sheet) name(f Feature, parts []string) {
	if s.m.learns {
		if _, ok := s.m.names[f]; !ok {
			s.m.names[f] = s.head + "|" + strings.Join(parts, "|")
		}
	}
}

// AddAs notes a feature whose first part is two words: whose it is, and what.
func (s *Sheet) AddAs(whose, what string, parts ...string) {
	f := s.under.in(whose).in(" ").And(what)
	for _, p := range parts {
		f = f.And(p)
	}
	if !s.noted(f) {
		s.List = append(s.List, f)
		if s.m.learns {
			s.name(f, append([]string{whose + " " + what}, parts...))
		}
	}
}

// Name notes the line of what a choice makes of a feature.
func (s *Sheet) Name(f Feature, choice string) {
	s.m.names[f.And(choice)] = s.m.names[f] + "|" + choice
}

// Sum is the weight of features.
func (m *Model) Sum(fs []Feature) float64 {
	x := 0.0
	for _, f := range fs {
		x += m.weight(f)
	}
	return x
}

// Logistic is the probability of a sum.
func Logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// Read reads what Write wrote.
func Read(text string) (*Model, error) {
	m := &Model{weights: map[Feature]float64{}, names: map[Feature]string{}, parents: map[Feature]bool{}}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if line == "" || line[0] == '#' {
			continue
		}
		name, weight, ok := strings.Cut(line, "\t")
		x, err := strconv.ParseFloat(weight, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("weights: line %d has none: %s", n, line)
		}
		f := featureOf(name)
		m.weights[f], m.names[f] = x, name
		if i := strings.LastIndexByte(name, '|'); i > 0 {
			m.parents[featureOf(name[:i])] = true
		}
	}
	m.fixed = newTable(m.weights)
	return m, nil
}

func featureOf(line string) Feature {
	f := Feature(hashStart)
	for p := range strings.SplitSeq(line, "|") {
		f = f.And(p)
	}
	return f
}

// Of is the feature with a line.
func (m *Model) Of(line string) Feature {
	f := featureOf(line)
	if m.learns {
		m.names[f] = line
	}
	return f
}

// light weights are not written down.
const light = .04

// Write prints the weights that count, sorted, below a line that says what they are.
func (m *Model) Write(w io.Writer, head string) error {
	var lines []string
	for f, x := range m.weights {
		if math.Abs(x) >= light {
			lines = append(lines, fmt.Sprintf("%s\t%.2f", m.names[f], x))
		}
	}
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# "+head)
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return out.Flush()
}

// Weighty gives the names of the features that weigh most for a thing, the heaviest first.
func (m *Model) Weighty(fs []Feature, n int) []string {
	fs = slices.Clone(fs)
	slices.SortFunc(fs, func(a, b Feature) int { return cmp.Compare(m.weight(b), m.weight(a)) })
	var out []string
	for _, f := range fs[:min(n, len(fs))] {
		if m.weight(f) > 0 {
			out = append(out, m.names[f])
		}
	}
	return out
}

// Shares are the probabilities of choices: each has weights of its own for the features.
func (m *Model) Shares(fs []Feature, choices []string) []float64 {
	zs := make([]float64, len(choices))
	for _, f := range fs {
		if m.parents != nil && !m.parents[f] {
			continue // no choice makes anything of it
		}
		for i, c := range choices {
			zs[i] += m.weight(f.And(c))
		}
	}
	_, p := Pool(zs)
	return p
}

// Pool gives the logarithm of the sum of the exponents of scores, and each one's share in it.
func Pool(zs []float64) (z float64, share []float64) {
	top := slices.Max(zs)
	share = make([]float64, len(zs))
	for i, x := range zs {
		share[i] = math.Exp(x - top)
		z += share[i]
	}
	for i := range share {
		share[i] /= z
	}
	return top + math.Log(z), share
}
