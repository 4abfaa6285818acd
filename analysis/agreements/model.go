package agreements

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
)

// A model is log-linear: a decision's choices have features, a feature a weight; the choice's probability is the share of
// the exponent of its sum. Features are readable lines («roles|subject|with»); a text's are compared by their hash.
type model struct {
	weights map[feature]float64
	names   map[feature]string // the features' lines
	learns  bool               // features that are met get their lines
}

// feature is the hash of a feature's line.
type feature uint64

// sheet collects the features of one thing.
type sheet struct {
	m     *model
	under feature // hash of what every line begins with
	head  string
	list  []feature
}

const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func (f feature) and(part string) feature {
	for i := range len(part) {
		f = (f ^ feature(part[i])) * hashPrime
	}
	return (f ^ '|') * hashPrime
}

// begin empties the sheet for a decision: pair, kind, status, all.
func (s *sheet) begin(decision string) {
	s.under, s.head, s.list = feature(hashStart).and(decision), decision, s.list[:0]
}

// add notes a feature once.
func (s *sheet) add(parts ...string) {
	f := s.under
	for _, p := range parts {
		f = f.and(p)
	}
	if slices.Contains(s.list, f) {
		return
	}
	s.list = append(s.list, f)
	if s.m.learns {
		if _, ok := s.m.names[f]; !ok {
			s.m.names[f] = s.head + "|" + strings.Join(parts, "|")
		}
	}
}

// sum is the weight of features.
func (m *model) sum(fs []feature) float64 {
	x := 0.0
	for _, f := range fs {
		x += m.weights[f]
	}
	return x
}

func logistic(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// readModel reads data/weights.tsv.
func readModel(text string) (*model, error) {
	m := &model{weights: map[feature]float64{}, names: map[feature]string{}}
	n := 0
	for line := range strings.SplitSeq(text, "\n") {
		n++
		if line == "" || line[0] == '#' {
			continue
		}
		name, weight, ok := strings.Cut(line, "\t")
		x, err := strconv.ParseFloat(weight, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("weights.tsv line %d: no weight: %s", n, line)
		}
		f := featureOf(name)
		m.weights[f], m.names[f] = x, name
	}
	return m, nil
}

func featureOf(line string) feature {
	f := feature(hashStart)
	for p := range strings.SplitSeq(line, "|") {
		f = f.and(p)
	}
	return f
}

// light weights are not written down.
const light = .04

// write prints the weights that count, sorted.
func (m *model) write(w io.Writer) error {
	var lines []string
	for f, x := range m.weights {
		if math.Abs(x) >= light {
			lines = append(lines, fmt.Sprintf("%s\t%.2f", m.names[f], x))
		}
	}
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# What speaks for an agreement, its kind and its status: feature (RULES.md explains them), weight. Learnt by `make lexicon`.")
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return out.Flush()
}

// weighty gives the names of the features that weigh most for a thing, the heaviest first.
func (m *model) weighty(fs []feature, n int) []string {
	fs = slices.Clone(fs)
	slices.SortFunc(fs, func(a, b feature) int { return cmp.Compare(m.weights[b], m.weights[a]) })
	var out []string
	for _, f := range fs[:min(n, len(fs))] {
		if m.weights[f] > 0 {
			out = append(out, m.names[f])
		}
	}
	return out
}

var builtin = sync.OnceValue(func() *model {
	raw, err := data.ReadFile("data/weights.tsv")
	if err != nil {
		panic(err) // embedded
	}
	m, err := readModel(string(raw))
	if err != nil {
		panic(err) // our own data
	}
	return m
})
