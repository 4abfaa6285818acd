package claims

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"kelisim/analysis"
)

// Example is a text with the claims that it states, to learn from.
type Example struct {
	Text   *analysis.Text
	Stated []Stated
}

// Stated is a claim of gold.
type Stated struct {
	Number   int
	Kind     string
	Text     string // as written; "" for anywhere
	Optional bool
}

// drill is a number to learn from.
type drill struct {
	features []string
	right    bool
	kind     string // of one that is right
}

// drills are the numbers of an example. Of those that have a claim's value these are right that stand where gold has it, else
// all; what the others are nobody said, they teach nothing.
func (e Example) drills() (out []drill) {
	cs := newPage(e.Text).candidates()
	of, open := make([]*Stated, len(cs)), make([]bool, len(cs))
	for n := range e.Stated {
		g := &e.Stated[n]
		at := strings.Index(e.Text.Source, g.Text)
		in := func(c candidate) bool {
			return c.Value == g.Number && at >= 0 && e.Text.Tokens[c.First].Start < at+len(g.Text) && e.Text.Tokens[c.Last-1].End > at
		}
		exact := slices.ContainsFunc(cs, in)
		for i, c := range cs {
			switch {
			case c.Value != g.Number:
			case g.Optional || exact && !in(c):
				open[i] = true
			default:
				of[i] = g
			}
		}
	}
	for i, c := range cs {
		switch {
		case of[i] != nil:
			out = append(out, drill{c.features, true, of[i].Kind})
		case !open[i]:
			out = append(out, drill{c.features, false, ""})
		}
	}
	return out
}

// Learning: gradient steps with a penalty for large weights, spread over the numbers that have the feature. In each step
// some features are left out, so that no few of them carry a decision.
const (
	rounds  = 30
	rate    = .1
	penalty = .5
	dropout = .3
	least   = 3 // numbers that a feature must stand at
)

// Learn fits weights to examples, always in the same order.
func Learn(all []Example) *Model {
	m := &Model{map[weight]float64{}}
	var drills []drill
	for _, e := range all {
		drills = append(drills, e.drills()...)
	}
	seen := map[string]float64{}
	for _, d := range drills {
		for _, f := range d.features {
			seen[f]++
		}
	}
	past := map[weight]float64{}
	rng := rand.New(rand.NewPCG(1, 2))
	step := func(decision string, d drill, right bool) {
		var kept []string
		for _, f := range d.features {
			if seen[f] >= least && rng.Float64() >= dropout {
				kept = append(kept, f)
			}
		}
		g := 1 / (1 + math.Exp(-m.sum(decision, kept)/(1-dropout)))
		if right {
			g--
		}
		for _, f := range kept {
			k := weight{decision, f}
			x := g + penalty*m.weights[k]/seen[f]
			past[k] += x * x
			m.weights[k] -= rate * x / math.Sqrt(past[k]+1e-4)
		}
	}
	for range rounds {
		for _, d := range drills {
			step("told", d, d.right)
			for _, k := range Kinds {
				if d.kind != "" {
					step(k, drill{features: telling(d.features)}, k == d.kind)
				}
			}
		}
	}
	return m
}
