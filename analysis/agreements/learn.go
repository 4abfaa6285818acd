package agreements

import (
	"io"
	"math"
	"math/rand/v2"
	"slices"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Example is a text with the deeds that it tells, to learn from.
type Example struct {
	Text     *analysis.Text
	Mentions []names.Mention
	Reported string
	Party    func(Party) string // what the deeds call a side that was read
	Deeds    []Deed
}

// Deed is an agreement that a text tells.
type Deed struct {
	Forms           [][]string // its parties, and other lists of them that are as good
	Kinds, Statuses []string
	Quotes          []analysis.Span // where it is told
	Optional        bool
}

func (d *Deed) has(a, b string) bool {
	return slices.ContainsFunc(d.Forms, func(f []string) bool { return slices.Contains(f, a) && slices.Contains(f, b) })
}

func (d *Deed) tells(q *sentence) bool {
	if len(d.Quotes) == 0 {
		return true
	}
	return slices.ContainsFunc(d.Quotes, func(s analysis.Span) bool {
		return min(s.End, q.End)-max(s.Start, q.Start) > min(q.End-q.Start, s.End-s.Start)/2
	})
}

// drill is one decision to learn: the choices' features, or several things of which at least one is right.
type drill struct {
	places [][]feature
	whole  []feature // of the candidate
	right  bool
}

// Lesson is what examples teach.
type Lesson struct {
	pairs   []drill
	choices []choice
}

// choice is a decision between kinds or statuses.
type choice struct {
	features []feature
	names    []string
	right    []bool
}

// Teacher prepares examples and fits weights to them.
type Teacher struct{ m *model }

// NewTeacher begins with no weights.
func NewTeacher() *Teacher {
	return &Teacher{&model{map[feature]float64{}, map[feature]string{}, true}}
}

// Lesson prepares an example.
func (t *Teacher) Lesson(e Example) Lesson {
	s := newScene(e.Text, e.Mentions, e.Reported)
	var out Lesson
	f := sheet{m: t.m}
	for _, c := range s.candidates() {
		a, b := e.Party(c.a.Party), e.Party(c.b.Party)
		if a == b {
			continue
		}
		var mine []*Deed
		optional := false
		for i := range e.Deeds {
			if d := &e.Deeds[i]; d.has(a, b) {
				if d.Optional {
					optional = true
				} else {
					mine = append(mine, d)
				}
			}
		}
		if optional && len(mine) == 0 {
			continue
		}
		d := drill{right: len(mine) > 0}
		told := slices.ContainsFunc(c.places, func(p place) bool {
			return slices.ContainsFunc(mine, func(d *Deed) bool { return d.tells(p.q) })
		})
		s.choices(c, mine, &f, &out)
		for i := range c.places {
			p := &c.places[i]
			if told && !slices.ContainsFunc(mine, func(d *Deed) bool { return d.tells(p.q) }) {
				continue
			}
			s.describe(c, p, &f)
			d.places = append(d.places, slices.Clone(f.list))
		}
		s.describeWhole(c, &f)
		d.whole = slices.Clone(f.list)
		out.pairs = append(out.pairs, d)
	}
	return out
}

// choices notes what the places that tell a candidate's deeds teach of kind and status.
func (s *scene) choices(c *candidate, mine []*Deed, f *sheet, out *Lesson) {
	for i := range c.places {
		p := &c.places[i]
		var kind, status []string
		for _, d := range mine {
			if d.tells(p.q) {
				kind, status = append(kind, d.Kinds...), append(status, d.Statuses...)
			}
		}
		if len(kind) == 0 {
			continue
		}
		s.describeKind(c, p, f)
		out.choices = append(out.choices, f.choice(kinds, kind))
		k := "other"
		if n := slices.IndexFunc(kinds, func(k string) bool { return slices.Contains(kind, k) }); n >= 0 {
			k = kinds[n]
		}
		s.describeStatus(c, p, k, f)
		out.choices = append(out.choices, f.choice(statuses, status))
	}
}

// choice makes a decision of what the sheet says.
func (s *sheet) choice(names, right []string) choice {
	c := choice{features: slices.Clone(s.list), names: names, right: make([]bool, len(names))}
	for i, n := range names {
		c.right[i] = slices.Contains(right, n)
		for _, f := range c.features {
			s.m.names[f.and(n)] = s.m.names[f] + "|" + n
		}
	}
	return c
}

// Learning: gradient steps with a penalty for large weights, spread over the places that have the feature. In each step
// some features are left out, so that no few of them carry a decision.
const (
	rounds  = 100
	rate    = .1
	penalty = 4
	dropout = .3
	least   = 3 // places that a feature must be in
)

// Learn fits the weights to lessons, always in the same order.
func (t *Teacher) Learn(all []Lesson) {
	clear(t.m.weights)
	seen := map[feature]float64{}
	for _, l := range all {
		for _, d := range l.pairs {
			for _, p := range append(slices.Clone(d.places), d.whole) {
				for _, f := range p {
					seen[f]++
				}
			}
		}
	}
	for _, l := range all {
		for _, c := range l.choices {
			for _, f := range c.features {
				for _, n := range c.names {
					seen[f.and(n)]++
				}
			}
		}
	}
	past := map[feature]float64{}
	step := func(fs []feature, g float64) {
		for _, f := range fs {
			if seen[f] < least {
				continue
			}
			d := g + penalty*t.m.weights[f]/seen[f]
			past[f] += d * d
			t.m.weights[f] -= rate * d / math.Sqrt(past[f]+1e-4)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	keep := func(fs []feature) []feature {
		var out []feature
		for _, f := range fs {
			if rng.Float64() >= dropout {
				out = append(out, f)
			}
		}
		return out
	}
	for range rounds {
		for _, l := range all {
			for _, d := range l.pairs {
				zs := make([]float64, len(d.places))
				places := make([][]feature, len(d.places))
				for i, p := range d.places {
					places[i] = keep(p)
					zs[i] = t.m.sum(places[i]) / (1 - dropout)
				}
				d.places = places
				d.whole = keep(d.whole)
				z, share := pool(zs)
				g := logistic(z + t.m.sum(d.whole)/(1-dropout))
				if d.right {
					g--
				}
				step(d.whole, g)
				for i, p := range d.places {
					if e := g * share[i]; math.Abs(e) > .003 {
						step(p, e)
					}
				}
			}
			for _, c := range l.choices {
				ps := t.m.shares(c.features, c.names)
				right := 1e-9
				for i, ok := range c.right {
					if ok {
						right += ps[i]
					}
				}
				for i, n := range c.names {
					g := ps[i]
					if c.right[i] {
						g -= ps[i] / right
					}
					if math.Abs(g) < .01 {
						continue
					}
					fs := make([]feature, len(c.features))
					for j, f := range c.features {
						fs[j] = f.and(n)
					}
					step(fs, g)
				}
			}
		}
	}
}

// Write prints the weights in the form of data/weights.tsv.
func (t *Teacher) Write(out io.Writer) error { return t.m.write(out) }

// Find reads a text as Find does, by the teacher's weights.
func (t *Teacher) Find(x *analysis.Text, ms []names.Mention, reported string) ([]Agreement, []Claim) {
	return find(t.m, x, ms, reported)
}
