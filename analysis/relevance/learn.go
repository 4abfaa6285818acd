package relevance

import (
	"hash/fnv"
	"io"

	"kelisim/analysis/agreements/weights"
)

// Example is a text that somebody labelled.
type Example struct {
	Reading
	Relevant bool
}

// Aside reports whether an example is never learnt from: half of them, by a hash of their headlines.
func Aside(title string) bool {
	h := fnv.New32a()
	io.WriteString(h, title)
	return h.Sum32()>>7&1 == 1
}

// settings of learning: see [weights.Settings].
var settings = weights.Settings{Rate: .1, Penalty: .5, Dropout: 77, Least: 2}

const rounds = 30

// Learn fits weights to examples, always in the same order.
func Learn(all []Example) *Model {
	m := &Model{weights.New()}
	x := m.Learner(settings)
	of := make([][]weights.Feature, len(all))
	for i, e := range all {
		for _, f := range features(e.Reading) {
			of[i] = append(of[i], m.Of(decision+f))
		}
		x.Meet(of[i])
	}
	x.Begin()
	numbers := make([][]int32, len(all))
	for i := range all {
		numbers[i] = x.Number(of[i])
	}
	for range rounds {
		for i, e := range all {
			kept := x.Keep(numbers[i])
			g := weights.Logistic(x.Sum(kept))
			if e.Relevant {
				g--
			}
			x.Step(kept, g)
		}
	}
	x.End()
	return m
}

// Write prints the weights in the form of data/weights.tsv.
func (m *Model) Write(w io.Writer) error {
	return m.Model.Write(w, "What speaks for education and agreements (above 0) and against: feature (relevance.go), weight. Learnt by `make lexicon-relevance`.")
}
