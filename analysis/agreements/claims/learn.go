package claims

import (
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/agreements/weights"
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

// settings of learning.
var settings = weights.Settings{Rate: .1, Penalty: .5, Dropout: 77, Least: 3}

const rounds = 30

// Learn fits weights to examples, always in the same order.
func Learn(all []Example) *Model {
	m := &Model{weights.New()}
	x := m.Learner(settings)
	type task struct {
		features []weights.Feature
		numbers  []int32
		right    bool
	}
	var tasks []task
	for _, e := range all {
		for _, d := range e.drills() {
			tasks = append(tasks, task{features: m.of("told", d.features), right: d.right})
			for _, k := range Kinds {
				if d.kind != "" {
					tasks = append(tasks, task{features: m.of(k, telling(d.features)), right: k == d.kind})
				}
			}
		}
	}
	for _, t := range tasks {
		x.Meet(t.features)
	}
	x.Begin()
	for i, t := range tasks {
		tasks[i].numbers = x.Number(t.features)
	}
	for range rounds {
		for _, t := range tasks {
			kept := x.Keep(t.numbers)
			g := weights.Logistic(x.Sum(kept))
			if t.right {
				g--
			}
			x.Step(kept, g)
		}
	}
	x.End()
	return m
}
