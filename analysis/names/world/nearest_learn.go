package world

import (
	"cmp"
	"hash/fnv"
	"io"
	"math"
	"slices"

	"kelisim/analysis/names/forms"
)

// Held reports whether a row or document belongs to the half that is only scored, never learnt from.
func Held(id string) bool {
	h := fnv.New32a()
	h.Write([]byte(id))
	return h.Sum32()%2 == 1
}

// Question is a name as a text has it, with what it means.
type Question struct {
	Words  []Part
	Around *Evidence
	Means  func(*Body) bool // nil: no body that the table has
	Abroad bool             // it means bodies abroad, which the table may know by Latin names only
	Weight float64
}

// lesson is a name with the candidates that it had, and which was right: -1 none.
type lesson struct {
	of     [][]seen
	right  int
	weight float64
}

// seen is a feature that a candidate has.
type seen struct {
	feature feature
	x       float32
}

// has are the features of a candidate: few of all.
func (v *vector) has() (out []seen) {
	for f, x := range v {
		if x != 0 {
			out = append(out, seen{feature(f), x})
		}
	}
	return out
}

const (
	lessonRounds = 3   // candidates' best names are chosen anew with the weights learnt
	steps        = 200 // of descent a round
	pace         = 0.06
	ridge        = 0.5  // keeps weights small
	latinWeight  = 0.3  // of a name asked in a table that has Latin names only
	otherWeight  = 0.04 // of another, unknown body's name
	most         = 20   // candidates of a lesson
)

// LearnNearest learns nearest.tsv from names of texts, beginning with weights of nothing: the same names give the same bytes. ask gives the
// questions of each round; it may look up what names mean with what the rounds before have learnt, by k, which is nil in the first. What a
// table of Latin names makes of them is learnt beside: most bodies have no other names there, and those that texts name most have.
func LearnNearest(p LinkerParts, of Stock, ask func(k *Linker) []Question, out io.Writer) error {
	p.model = &model{}
	full := NewLinker(p, of, nil)
	latin := NewLinker(p, of, func(_ *Body, name string) bool { return !slices.ContainsFunc(NameWords(name), forms.Cyrillic) })
	college := Part{Form: "колледж", Elems: full.Elements("колледж")}
	taught := (*Linker)(nil)
	for range lessonRounds {
		var lessons []lesson
		field := Part{}
		for _, q := range ask(taught) {
			lessons = full.ask(lessons, q, 1)
			if q.Means != nil {
				for _, words := range others(q.Words, college, field) {
					lessons = full.ask(lessons, Question{Words: words, Around: q.Around, Weight: q.Weight}, otherWeight)
				}
				field = fieldOf(q.Words, field)
			}
			if q.Abroad {
				for i, w := range q.Words {
					q.Words[i] = Part{Form: w.Form, Elems: latin.Elements(forms.WordForm(w.Form)), Upper: w.Upper}
				}
				lessons = latin.ask(lessons, q, latinWeight)
				for i, w := range q.Words {
					q.Words[i].Elems = full.Elements(forms.WordForm(w.Form))
				}
			}
		}
		learnWeights(full.model, lessons)
		taught = full
	}
	return full.model.write(out)
}

// others make of a body's name those of two bodies that the table most likely lacks: one with another head, one with one more field of
// study. Texts that people annotated have few of them, and they must not be told as the body.
func others(words []Part, head, field Part) (out [][]Part) {
	for i, w := range words {
		if len(w.Elems) > 0 && w.Elems[0].Kind == headElement && w.Elems[0].sym != head.Elems[0].sym {
			renamed := slices.Clone(words)
			renamed[i] = head
			out = append(out, renamed)
			break
		}
	}
	if field.Form != "" && !slices.ContainsFunc(words, func(p Part) bool { return p.Form == field.Form }) {
		out = append(out, append([]Part{field}, words...))
	}
	return out
}

// fieldOf is the first field of study in a name, or what is given where it has none.
func fieldOf(words []Part, none Part) Part {
	for _, w := range words {
		if len(w.Elems) > 0 && w.Elems[0].Kind == FieldElement {
			return w
		}
	}
	return none
}

// ask adds the lesson of one name, where it has candidates.
func (k *Linker) ask(lessons []lesson, q Question, weight float64) []lesson {
	s := k.scratch.Get().(*scratch)
	defer k.scratch.Put(s)
	k.candidates(s, q.Words, q.Around)
	if len(s.found) == 0 {
		return lessons
	}
	slices.SortFunc(s.found, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.sum, x.sum), cmp.Compare(x.body.Key, y.body.Key))
	})
	l := lesson{right: -1, weight: weight * q.Weight}
	for i, x := range s.found {
		means := l.right < 0 && q.Means != nil && q.Means(x.body)
		if means {
			l.right = len(l.of)
		}
		if means || i < most {
			l.of = append(l.of, x.vec.has())
		}
	}
	return append(lessons, l)
}

// learnWeights finds the weights under which the right answers are likeliest, by gradient descent (Adam).
func learnWeights(m *model, lessons []lesson) {
	var grad, mean, square [features]float64
	odds := make([]float64, 64)
	for step := 1; step <= steps; step++ {
		for i := range grad {
			grad[i] = ridge * float64(m.weight[i])
		}
		for _, l := range lessons {
			odds = odds[:0]
			top := 0.0
			for i := range l.of {
				sum := float32(0)
				for _, s := range l.of[i] {
					sum += s.x * m.weight[s.feature]
				}
				o := float64(sum)
				odds = append(odds, o)
				top = max(top, o)
			}
			sum := math.Exp(-top)
			for i := range odds {
				odds[i] = math.Exp(odds[i] - top)
				sum += odds[i]
			}
			for i := range l.of {
				p := odds[i] / sum
				if i == l.right {
					p--
				}
				p *= l.weight
				for _, s := range l.of[i] {
					grad[s.feature] += p * float64(s.x)
				}
			}
		}
		for f := range grad {
			g := grad[f] / float64(len(lessons))
			mean[f] = 0.9*mean[f] + 0.1*g
			square[f] = 0.99*square[f] + 0.01*g*g
			a, b := mean[f]/(1-math.Pow(0.9, float64(step))), square[f]/(1-math.Pow(0.99, float64(step)))
			m.weight[f] -= float32(pace * (1 - float64(step-1)/steps) * a / (math.Sqrt(b) + 1e-8))
		}
	}
}
