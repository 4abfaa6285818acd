package agreements

import (
	"io"
	"math"
	"slices"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/agreements/weights"
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
type Teacher struct{ m *weights.Model }

// NewTeacher begins with no weights.
func NewTeacher() *Teacher {
	return &Teacher{weights.New()}
}

// Lesson prepares an example.
func (t *Teacher) Lesson(e Example) Lesson {
	s := newScene(e.Text, e.Mentions, e.Reported)
	var out Lesson
	f := weights.NewSheet(t.m)
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
		s.choices(c, mine, f, &out)
		for i := range c.places {
			p := &c.places[i]
			if told && !slices.ContainsFunc(mine, func(d *Deed) bool { return d.tells(p.q) }) {
				continue
			}
			s.describe(c, p, f)
			d.places, d.of = append(d.places, slices.Clone(f.List)), append(d.of, i)
		}
		s.describeWhole(c, f)
		d.whole = slices.Clone(f.List)
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
		out.choices = append(out.choices, newChoice(f, kinds, kind))
		k := "other"
		if n := slices.IndexFunc(kinds, func(k string) bool { return slices.Contains(kind, k) }); n >= 0 {
			k = kinds[n]
		}
		s.describeStatus(c, p, k, f)
		out.choices = append(out.choices, newChoice(f, statuses, status))
	}
}

// newChoice makes a decision of what the sheet says.
func newChoice(f *sheet, names, right []string) choice {
	c := choice{features: slices.Clone(f.List), names: names, right: make([]bool, len(names))}
	for i, n := range names {
		c.right[i] = slices.Contains(right, n)
		for _, x := range c.features {
			f.Name(x, n)
		}
	}
	return c
}

// settings of learning.
var settings = weights.Settings{Rate: .1, Penalty: 4, Dropout: 77, Least: 3}

const (
	times  = 4 // that all is learnt
	rounds = 100
	still  = .003 // gradients that move nothing
	nap    = 6    // visits that a candidate is spared that moved nothing as often
)

// Learn fits the weights to lessons, always in the same order.
func (t *Teacher) Learn(all []Lesson) {
	x := t.m.Learner(settings)
	for _, l := range all {
		for _, d := range l.pairs {
			for _, fs := range d.places {
				x.Meet(fs)
			}
			x.Meet(d.whole)
		}
		for _, c := range l.choices {
			for _, n := range c.names {
				x.Meet(c.of(n))
			}
		}
	}
	for range times {
		x.Begin()
		learnAll(x, all)
	}
	x.End()
}

// learnAll makes all steps of learning once.
func learnAll(x *weights.Learner, all []Lesson) {
	tasks, chosen := make([][]task, len(all)), make([][][][]int32, len(all))
	for i, l := range all {
		tasks[i] = newTasks(x, l.pairs)
		for _, c := range l.choices {
			var of [][]int32
			for _, n := range c.names {
				of = append(of, x.Number(c.of(n)))
			}
			chosen[i] = append(chosen[i], of)
		}
	}
	// Choices have features of their own, so they are learnt beside the pairs; what comes out is the same.
	var both sync.WaitGroup
	both.Go(func() {
		for range rounds {
			for i, l := range all {
				for k, c := range l.choices {
					x.Choose(c.right, chosen[i][k])
				}
			}
		}
	})
	for range rounds {
		for _, ts := range tasks {
			learnPairs(x, ts)
		}
	}
	both.Wait()
}

// of are the features of one of the things to choose from.
func (c *choice) of(name string) []feature {
	out := make([]feature, len(c.features))
	for i, f := range c.features {
		out[i] = f.And(name)
	}
	return out
}

// task is a drill with its features numbered.
type task struct {
	*drill
	places       [][]int32
	whole        []int32
	rivals       [][]*place // of each place
	calm, asleep int        // visits that moved nothing; visits to be spared
}

// newTasks prepares the candidates of a text.
func newTasks(x *weights.Learner, ds []drill) []task {
	out := make([]task, len(ds))
	cs := make([]*candidate, len(ds))
	open := map[*place]bool{}
	for n := range ds {
		d := &ds[n]
		cs[n], out[n] = d.c, task{drill: d, whole: x.Number(d.whole)}
		for i, fs := range d.places {
			open[&d.c.places[d.of[i]]] = true
			out[n].places = append(out[n].places, x.Number(fs))
		}
	}
	r := gatherRivals(cs, func(p *place) bool { return open[p] })
	for n, d := range ds {
		for _, i := range d.of {
			out[n].rivals = append(out[n].rivals, slices.Collect(r.against(d.c, &d.c.places[i])))
		}
	}
	return out
}

// learnPairs makes a step for the candidates of a text.
func learnPairs(x *weights.Learner, ts []task) {
	kept := make([][][]int32, len(ts))
	for n := range ts {
		t := &ts[n]
		if t.asleep > 0 {
			continue // its scores stand as they were
		}
		for i, fs := range t.places {
			fs = x.Keep(fs)
			kept[n] = append(kept[n], fs)
			p := &t.c.places[t.of[i]]
			p.z, p.g = x.Sum(fs), 0
		}
	}
	for n := range ts {
		t := &ts[n]
		if t.asleep > 0 || t.skip || len(t.places) == 0 {
			t.asleep--
			continue
		}
		zs, sums := make([]float64, len(t.of)), make([]float64, len(t.of))
		for i, k := range t.of {
			sums[i] = exponents(t.rivals[i])
			zs[i] = t.c.places[k].z - math.Log1p(sums[i])
		}
		z, share := weights.Pool(zs)
		whole := x.Keep(t.whole)
		g := weights.Logistic(z + x.Sum(whole))
		if t.right {
			g--
		}
		if math.Abs(g) > still {
			t.calm = 0
		} else if t.calm++; t.calm >= nap {
			t.asleep = nap
		}
		x.Step(whole, g)
		for i, k := range t.of {
			t.c.places[k].g += g * share[i]
			for _, o := range t.rivals[i] {
				o.g -= g * share[i] * o.exponent() / (1 + sums[i])
			}
		}
	}
	for n, fs := range kept {
		for i := range fs {
			if g := ts[n].c.places[ts[n].of[i]].g; math.Abs(g) > still {
				x.Step(fs[i], g)
			}
		}
	}
}

const heading = "What speaks for an agreement, its kind and its status: feature (RULES.md explains them), weight. Learnt by `make lexicon-agreements`."

// Write prints the weights in the form of data/weights.tsv.
func (t *Teacher) Write(out io.Writer) error { return t.m.Write(out, heading) }

// Find reads a text as Find does, by the teacher's weights.
func (t *Teacher) Find(x *analysis.Text, ms []names.Mention, reported string) []Agreement {
	return find(t.m, x, ms, reported)
}
