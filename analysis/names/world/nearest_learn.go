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

// lesson is a name with the candidates that it had, and which was right: -1 none.
type lesson struct {
	of     []vector
	right  int
	weight float64
}

// school makes lessons.
type school struct {
	of      Stock
	latin   *Linker // knows only Latin names
	full    *Linker
	lessons []lesson
	last    map[*Linker]Part // a telling word of the name asked before
}

const (
	lessonRounds = 3   // candidates' best names are chosen anew with the weights learnt
	steps        = 200 // of descent a round
	pace         = 0.06
	ridge        = 0.5 // keeps weights small
	noneWeight   = 0.1 // of a lesson in which the right body is hidden
	ownWeight    = 0.5 // of a name asked in a table that knows the body's others
	worldSample  = 40  // every how many-th world row is asked
	worldWeight  = 0.6 // foreign spellings of foreign names are rare in the news that we read
)

// LearnNearest learns nearest.tsv: names of the table's development half are asked while the table does not hold them (in
// Latin letters only, or without the name asked), with and without countries around, and with their body hidden.
func LearnNearest(p LinkerParts, of Stock, out io.Writer) error {
	s := &school{of: of, last: map[*Linker]Part{}}
	s.full = NewLinker(p, of, nil)
	s.latin = NewLinker(p, of, func(_ *Body, name string) bool { return !slices.ContainsFunc(NameWords(name), forms.Cyrillic) })
	for range lessonRounds {
		s.lessons = s.lessons[:0]
		s.ask()
		learnWeights(s.full.model, s.lessons)
	}
	return s.full.model.write(out)
}

// ask asks for all bodies of the development half.
func (s *school) ask() {
	for _, b := range s.of.Curated {
		if Held(b.Key) || b.Kind == "government" || b.Kind == "network" || b.Kind == "company" {
			continue
		}
		if b.Country != "KZ" {
			for _, n := range []string{b.KK, b.RU} {
				s.asked(s.latin, b, n, "", 1)
			}
		}
		for _, n := range []string{b.KK, b.RU, b.EN} {
			if len(NameWords(n)) > 1 {
				s.asked(s.full, b, n, n, ownWeight)
			}
		}
	}
	for i, b := range s.of.World {
		if names := b.Names(); i%worldSample == 0 && b.World && len(names) > 1 {
			for _, n := range names {
				if len(NameWords(n)) > 1 {
					s.asked(s.full, b, n, n, worldWeight)
				}
			}
		}
	}
}

// asked makes the lessons of one name; without is the name that the table must not hold.
func (s *school) asked(k *Linker, b *Body, name, without string, weight float64) {
	words := k.Parts(name)
	around := []*Evidence{nil}
	if b.Country != "" {
		around = append(around, &Evidence{Country: b.Country}, &Evidence{Countries: map[string]float64{b.Country: 1}},
			&Evidence{Countries: map[string]float64{b.Country: 1, "KZ": 1, "RU": 1, "CN": 1, "US": 1}},
			&Evidence{Countries: map[string]float64{"KZ": 1}})
	}
	more := s.last[k]
	s.last[k] = tellingWord(words)
	for _, ev := range around {
		for _, trick := range []trick{asIs, hidden, longer, branch, short, college} {
			words := trick.play(k, words, more)
			if words == nil || trick == branch && b.Kind == "branch" {
				continue
			}
			c := k.scratch.Get().(*scratch)
			c.skip = func(r *row) bool { return r.body == b && (trick == hidden || r.name == without) }
			k.candidates(c, words, ev)
			l := lesson{right: -1, weight: weight / float64(len(around))}
			if trick != asIs {
				l.weight *= noneWeight
			}
			if trick == hidden && c.doubled(b) {
				c.skip = nil
				k.scratch.Put(c)
				continue // the table has the body, or its namesake, twice
			}
			slices.SortFunc(c.found, func(x, y candidate) int {
				return cmp.Or(cmp.Compare(y.sum, x.sum), cmp.Compare(x.body.Key, y.body.Key))
			})
			for i, x := range c.found {
				if x.body == b && (trick == asIs || trick == short) {
					l.right = len(l.of)
				} else if i > 20 {
					continue
				}
				l.of = append(l.of, x.vec)
			}
			c.skip = nil
			k.scratch.Put(c)
			if len(l.of) > 0 {
				s.lessons = append(s.lessons, l)
			}
		}
	}
}

// doubled reports whether another body of the country has the whole name.
func (s *scratch) doubled(b *Body) bool {
	for _, c := range s.found {
		if c.body.Country == b.Country && c.vec[fWhole] == 1 && c.vec[fUnlike] == 0 && c.vec[fHeadOther] == 0 {
			return true
		}
	}
	return false
}

// byHand are features that the lessons cannot teach: they are of curated rows, which always state their place, and have
// no article around. Their weights stay as nearest.tsv has them.
var byHand = [features]bool{fCurated: true, fListed: true, fRowOwn: true, fBranchRow: true, fPersonOther: true, fEponymMet: true,
	fTextField: true, fTextWord: true, fHeadOther: true}

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
				o := float64(m.sum(&l.of[i]))
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
				for f, x := range l.of[i] {
					if x != 0 {
						grad[f] += p * float64(x)
					}
				}
			}
		}
		for f := range grad {
			g := grad[f] / float64(len(lessons))
			mean[f] = 0.9*mean[f] + 0.1*g
			square[f] = 0.99*square[f] + 0.01*g*g
			a, b := mean[f]/(1-math.Pow(0.9, float64(step))), square[f]/(1-math.Pow(0.99, float64(step)))
			if byHand[f] {
				continue
			}
			m.weight[f] -= float32(pace * a / (math.Sqrt(b) + 1e-8))
		}
	}
}
