package eval

import (
	"fmt"
	"io"
	"strings"
)

// measures are the columns of a table of retrieval.
var measures = []struct {
	name string
	of   func(Figures) float64
}{
	{"nDCG@10", func(f Figures) float64 { return f.NDCG }},
	{"MRR@10", func(f Figures) float64 { return f.MRR }},
	{"recall@100", func(f Figures) float64 { return f.Recall }},
	{"no hit", func(f Figures) float64 { return f.None }},
}

// WriteRetrieval writes a table: all topics, each type where there are several, and the halves by their place (odd: the
// first, the third …), of which one may be tuned on and the other told. base is nil, or the figures of a run to compare with.
func (c *Collection) WriteRetrieval(w io.Writer, name string, now, base []Figures) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%-24s %6s", name, "topics")
	for _, m := range measures {
		fmt.Fprintf(&b, "  %-16s", m.name)
	}
	if base != nil {
		b.WriteString("  nDCG@10 against the base, and kept")
	}
	b.WriteByte('\n')
	c.row(&b, "all", now, base, func(int) bool { return true })
	c.row(&b, "odd", now, base, func(i int) bool { return i%2 == 0 })
	c.row(&b, "even", now, base, func(i int) bool { return i%2 == 1 })
	seen := map[string]bool{"": true}
	for _, t := range c.Topics {
		if !seen[t.Type] {
			seen[t.Type] = true
			c.row(&b, t.Type, now, base, func(i int) bool { return c.Topics[i].Type == t.Type })
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (c *Collection) row(b *strings.Builder, name string, now, base []Figures, has func(i int) bool) {
	pick := func(of func(i int) float64) (out []float64) {
		for i := range now {
			if has(i) {
				out = append(out, of(i))
			}
		}
		return out
	}
	fmt.Fprintf(b, "  %-22s %6d", name, len(pick(func(int) float64 { return 0 })))
	for _, m := range measures {
		i, _ := Bootstrap(pick(func(i int) float64 { return m.of(now[i]) }))
		fmt.Fprintf(b, "  %.3f [%.3f–%.3f]", i.Mean, i.Low, i.High)
	}
	if base != nil {
		i, p := Bootstrap(pick(func(i int) float64 { return now[i].NDCG - base[i].NDCG }))
		fmt.Fprintf(b, "  %+.3f [%+.3f, %+.3f] p %.4f", i.Mean, i.Low, i.High, p)
		was, _ := Bootstrap(pick(func(i int) float64 { return base[i].NDCG }))
		if was.Mean > 0 {
			fmt.Fprintf(b, " %.1f %%", 100*(was.Mean+i.Mean)/was.Mean)
		}
	}
	b.WriteByte('\n')
}
