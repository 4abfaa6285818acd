package claims

import (
	"cmp"
	"io"
	"slices"
	"strings"
	"sync"

	"kelisim/analysis/agreements/weights"
	"kelisim/analysis/agreements/words"
)

// Model scores numbers: a feature («next|студент») has a weight for the decision whether its number is told, and for each kind.
type Model struct{ *weights.Model }

// threshold is the sum from which a number is told: where F1 on texts that the weights were not learnt from is best.
const threshold = -.75

// of are the features of a decision.
func (m *Model) of(decision string, features []string) []weights.Feature {
	out := make([]weights.Feature, len(features))
	for i, f := range features {
		out[i] = m.Of(decision + "|" + f)
	}
	return out
}

func (m *Model) sum(decision string, features []string) float64 {
	return m.Sum(m.of(decision, features))
}

// kind is the likeliest kind.
func (m *Model) kind(features []string) string {
	features = telling(features)
	return slices.MaxFunc(Kinds, func(a, b string) int { return cmp.Compare(m.sum(a, features), m.sum(b, features)) })
}

// telling are the features that tell of what kind a claim is.
func telling(features []string) (out []string) {
	for _, f := range features {
		switch head, _, _ := strings.Cut(f, "|"); head {
		case "head", "says", "between", "owned", "head prev", "head next":
			out = append(out, f)
		}
	}
	return out
}

// Write prints the weights in the form of data/weights.tsv.
func (m *Model) Write(w io.Writer) error {
	return m.Model.Write(w, "What speaks for a claim («told») and for its kind: feature (feature.go), weight. Learnt by `make lexicon-agreements`.")
}

var builtin = sync.OnceValue(func() *Model {
	raw := words.Must(data.ReadFile("data/weights.tsv"))
	return &Model{words.Must(weights.Read(string(raw)))}
})
