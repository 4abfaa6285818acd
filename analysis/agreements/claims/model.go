package claims

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis/agreements/words"
)

// Model is log-linear: a feature («next|студент») has a weight for the decision whether its number is told, and for each kind.
type Model struct{ weights map[weight]float64 }

type weight struct{ decision, feature string }

// threshold is the sum from which a number is told: where F1 on texts that the weights were not learnt from is best.
const threshold = -.75

func (m *Model) sum(decision string, features []string) (x float64) {
	for _, f := range features {
		x += m.weights[weight{decision, f}]
	}
	return x
}

// kind is the likeliest kind.
func (m *Model) kind(features []string) string {
	features = telling(features)
	return slices.MaxFunc(Kinds, func(a, b string) int { return cmp.Compare(m.sum(a, features), m.sum(b, features)) })
}

// telling are the features that tell of what kind a claim is.
func telling(features []string) (out []string) {
	for _, f := range features {
		if strings.HasPrefix(f, "head|") || strings.HasPrefix(f, "says|") || strings.HasPrefix(f, "between|") || strings.HasPrefix(f, "owned|") || strings.HasPrefix(f, "head prev|") || strings.HasPrefix(f, "head next|") {
			out = append(out, f)
		}
	}
	return out
}

// light weights are not written down.
const light = .1

// Write prints the weights in the form of data/weights.tsv.
func (m *Model) Write(w io.Writer) error {
	var lines []string
	for k, x := range m.weights {
		if math.Abs(x) >= light {
			lines = append(lines, fmt.Sprintf("%s|%s\t%.2f", k.decision, k.feature, x))
		}
	}
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# What speaks for a claim («told») and for its kind: feature (feature.go), weight. Learnt by `make lexicon-agreements`.")
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return out.Flush()
}

var builtin = sync.OnceValue(func() *Model {
	m := &Model{map[weight]float64{}}
	for _, r := range words.Must(words.Rows(data, "weights.tsv")) {
		decision, f, _ := strings.Cut(r[0], "|")
		m.weights[weight{decision, f}] = words.Must(strconv.ParseFloat(r[1], 64))
	}
	return m
})
