package eval

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
)

// Run is what an engine answers: topic → documents, the best first.
type Run map[string][]string

// Figures are the measures of one topic, each from 0 to 1.
type Figures struct {
	NDCG   float64 // nDCG at 10; a document's gain is 2^grade − 1
	MRR    float64 // 1 / place of the first answer among the first 10
	Recall float64 // share of the answers among the first 100
	None   float64 // 1 where nothing was found
}

const (
	shortList = 10  // documents that nDCG and MRR look at
	longList  = 100 // documents that recall looks at
)

// Measure gives the figures of each topic of a collection, in its order. What a run lacks counts as nothing found.
func (c *Collection) Measure(r Run) []Figures {
	out := make([]Figures, len(c.Topics))
	for i, t := range c.Topics {
		out[i] = measure(c.Grades[t.ID], r[t.ID])
	}
	return out
}

func measure(grades map[string]int, found []string) (f Figures) {
	gain := func(grade, place int) float64 { return (math.Exp2(float64(grade)) - 1) / math.Log2(float64(place)+2) }
	ideal := []int{}
	for _, g := range grades {
		ideal = append(ideal, g)
	}
	slices.Sort(ideal)
	slices.Reverse(ideal)
	best := 0.0
	for i, g := range ideal[:min(shortList, len(ideal))] {
		best += gain(g, i)
	}
	if len(found) == 0 {
		f.None = 1
	}
	for i, id := range found[:min(longList, len(found))] {
		g, ok := grades[id]
		if !ok {
			continue
		}
		f.Recall += 1 / float64(len(grades))
		if i >= shortList {
			continue
		}
		f.NDCG += gain(g, i) / best
		if f.MRR == 0 {
			f.MRR = 1 / float64(i+1)
		}
	}
	return f
}

// Interval is a mean and where 95 % of the means of resampled topics lie.
type Interval struct{ Mean, Low, High float64 }

// resamples is how often the topics are drawn again: the second decimal of a percentage stands still.
const resamples = 10_000

// Bootstrap is the mean of a figure over topics with its interval, and p, the chance that it is on the other side of 0 (two-sided).
// The same values give the same interval.
func Bootstrap(values []float64) (i Interval, p float64) {
	n := len(values)
	if n == 0 {
		return i, 1
	}
	random := rand.New(rand.NewPCG(1, 1))
	means := make([]float64, resamples)
	below, above := 0, 0
	for k := range means {
		for range n {
			means[k] += values[random.IntN(n)]
		}
		means[k] /= float64(n)
		if means[k] <= 0 {
			below++
		}
		if means[k] >= 0 {
			above++
		}
	}
	slices.Sort(means)
	for _, v := range values {
		i.Mean += v / float64(n)
	}
	i.Low, i.High = means[resamples/40], means[resamples-1-resamples/40]
	return i, min(1, 2*float64(min(below, above))/resamples)
}

// ReadRun reads a run in TREC's form: topic, Q0, document, rank, score, name. The rank is the order.
func ReadRun(r io.Reader) (Run, error) {
	type line struct {
		id   string
		rank int
	}
	lines := map[string][]line{}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		f := strings.Fields(in.Text())
		if len(f) == 0 {
			continue
		}
		if len(f) != 6 {
			return nil, fmt.Errorf("read run: line %d has %d columns, not 6", n, len(f))
		}
		rank, err := strconv.Atoi(f[3])
		if err != nil {
			return nil, fmt.Errorf("read run: line %d: %w", n, err)
		}
		lines[f[0]] = append(lines[f[0]], line{f[2], rank})
	}
	out := Run{}
	for topic, list := range lines {
		slices.SortStableFunc(list, func(a, b line) int { return a.rank - b.rank })
		for _, l := range list {
			out[topic] = append(out[topic], l.id)
		}
	}
	return out, in.Err()
}

// Write writes a run in TREC's form, the topics in the order of the collection.
func (r Run) Write(w io.Writer, c *Collection) error {
	out := bufio.NewWriter(w)
	for _, t := range c.Topics {
		for i, id := range r[t.ID] {
			fmt.Fprintf(out, "%s Q0 %s %d %d kelisim\n", t.ID, id, i+1, len(r[t.ID])-i)
		}
	}
	return out.Flush()
}
