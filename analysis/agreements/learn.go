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

// deeds are those of two sides, and whether gold holds others of theirs to be optional.
func (e *Example) deeds(a, b string) (mine []*Deed, optional bool) {
	for i := range e.Deeds {
		if d := &e.Deeds[i]; d.has(a, b) {
			if d.Optional {
				optional = true
			} else {
				mine = append(mine, d)
			}
		}
	}
	return mine, optional
}

// ties reports that a deed has two sides beside no unnamed one.
func (d *Deed) ties(a, b string, unnamed map[string]bool) bool {
	return slices.ContainsFunc(d.Forms, func(f []string) bool {
		return slices.Contains(f, a) && slices.Contains(f, b) && !slices.ContainsFunc(f, func(p string) bool { return unnamed[p] })
	})
}

// told reports that one of the deeds stands where the candidate may be told.
func (c *candidate) told(ds []*Deed) bool {
	return slices.ContainsFunc(c.places, func(p place) bool {
		return slices.ContainsFunc(ds, func(d *Deed) bool { return d.tells(p.q) })
	})
}

func sorted(a, b string) (string, string) {
	if a > b {
		return b, a
	}
	return a, b
}

// drill is one decision to learn: the choices' features, or several things of which at least one is right.
type drill struct {
	c      *candidate
	places [][]feature
	of     []int     // which places of the candidate they are
	whole  []feature // of the candidate
	right  bool
	skip   bool // neither right nor wrong
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
	cs := s.candidates()
	tellers := map[[2]string]bool{} // sides of which a candidate stands where gold tells the deed
	unnamed := map[string]bool{}
	for _, b := range s.bodies {
		if b.unnamed() {
			unnamed[e.Party(b.Party)] = true
		}
	}
	for _, c := range cs {
		a, b := sorted(e.Party(c.a.Party), e.Party(c.b.Party))
		if mine, _ := e.deeds(a, b); c.told(mine) {
			tellers[[2]string{a, b}] = true
		}
	}
	for _, c := range cs {
		a, b := sorted(e.Party(c.a.Party), e.Party(c.b.Party))
		if a == b {
			continue
		}
		mine, optional := e.deeds(a, b)
		told := c.told(mine)
		d := drill{c: c, right: len(mine) > 0, skip: optional && len(mine) == 0}
		if d.right && !c.a.unnamed() && !c.b.unnamed() && !slices.ContainsFunc(mine, func(d *Deed) bool { return d.ties(a, b, unnamed) }) {
			// «A, B and C signed with Chinese universities»: one document or three, gold calls both right; three are counted well.
			mine, d.right, d.skip = nil, false, true
		}
		if nameless := c.a.unnamed() || c.b.unnamed(); !told && (tellers[[2]string{a, b}] || nameless && c.a.Country == c.b.Country) {
			// Another candidate tells it. «Chinese universities» elsewhere in the text are others; a named body is the same.
			mine, d.right, d.skip = nil, false, !nameless
		}
		s.choices(c, mine, &f, &out)
		for i := range c.places {
			p := &c.places[i]
			if told && !slices.ContainsFunc(mine, func(d *Deed) bool { return d.tells(p.q) }) {
				continue
			}
			s.describe(c, p, &f)
			d.places, d.of = append(d.places, slices.Clone(f.list)), append(d.of, i)
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
			t.learnPairs(l.pairs, keep, step)
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

// learnPairs makes a step for the candidates of a text.
func (t *Teacher) learnPairs(ds []drill, keep func([]feature) []feature, step func([]feature, float64)) {
	type spot struct {
		features []feature
		s, g     float64
	}
	spots := map[*place]*spot{}
	var order []*spot
	cs := make([]*candidate, len(ds))
	for n, d := range ds {
		cs[n] = d.c
		for i, p := range d.places {
			x := &spot{features: keep(p)}
			x.s = t.m.sum(x.features) / (1 - dropout)
			spots[&d.c.places[d.of[i]]] = x
			order = append(order, x)
		}
	}
	r := gatherRivals(cs, func(c *candidate, i int) (float64, bool) {
		x := spots[&c.places[i]]
		if x == nil {
			return 0, false
		}
		return x.s, true
	})
	for _, d := range ds {
		if d.skip || len(d.places) == 0 {
			continue
		}
		zs := make([]float64, len(d.places))
		rivals, sums := make([][]*stand, len(zs)), make([]float64, len(zs))
		for i, n := range d.of {
			p := &d.c.places[n]
			rivals[i], sums[i] = r.against(d.c, p)
			zs[i] = spots[p].s - math.Log1p(sums[i])
		}
		z, share := pool(zs)
		whole := keep(d.whole)
		g := logistic(z + t.m.sum(whole)/(1-dropout))
		if d.right {
			g--
		}
		step(whole, g)
		for i, n := range d.of {
			spots[&d.c.places[n]].g += g * share[i]
			for _, o := range rivals[i] {
				spots[o.p].g -= g * share[i] * o.e / (1 + sums[i])
			}
		}
	}
	for _, x := range order {
		if math.Abs(x.g) > .003 {
			step(x.features, x.g)
		}
	}
}

// Write prints the weights in the form of data/weights.tsv.
func (t *Teacher) Write(out io.Writer) error { return t.m.write(out) }

// Find reads a text as Find does, by the teacher's weights.
func (t *Teacher) Find(x *analysis.Text, ms []names.Mention, reported string) []Agreement {
	return find(t.m, x, ms, reported)
}
