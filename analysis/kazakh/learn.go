package kazakh

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
)

// Learn reads words, one a line (what follows a tab is left alone, # begins a remark), learns how likely stems and chains of
// suffixes are, and writes the model that the package embeds. The same words give the same bytes.
//
// It is expectation and maximisation over all readings that the grammar allows: each round shares every word out among its readings
// by their weights under the round before. A word's own share is taken off its stems' counts when it is weighed, else every word
// would be learnt by heart as a stem.
func Learn(words io.Reader, out io.Writer) error {
	g, err := parseGrammar(grammarText)
	if err != nil {
		return err
	}
	list, err := readWords(words)
	if err != nil {
		return err
	}
	m, counts := learn(g, list)
	return m.write(out, counts)
}

func readWords(in io.Reader) ([]string, error) {
	var words []string
	s := bufio.NewScanner(in)
	for s.Scan() {
		if w, _, _ := strings.Cut(s.Text(), "\t"); w != "" && w[0] != '#' {
			words = append(words, w)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("read words: %w", err)
	}
	return words, nil
}

// A share is how much of a word went to a stem.
type share struct {
	stem  string
	class class
	n     float64
}

func learn(g *grammar, words []string) (*model, map[string]count) {
	lemmas := dictionary(g)
	r := reader{g: g}
	var buf [longest]byte
	var m *model // none in round 0: all readings are alike
	var counts map[string]count
	own := make([][]share, len(words))
	for round := 0; round <= rounds; round++ {
		next, nextCounts := newModel(g), map[string]count{}
		for i, w := range words {
			b, ok := letters(buf[:0], w)
			if !ok {
				continue
			}
			r.read(b)
			shares := m.share(&r, own[i])
			own[i] = own[i][:0]
			for j, x := range r.found {
				p := shares[j]
				if p < 1e-6 {
					continue
				}
				next.addChain(x.chain, x.class, p)
				if round == 0 {
					continue
				}
				s := string(r.stem(x))
				c := nextCounts[s]
				c[x.class] += p
				nextCounts[s] = c
				own[i] = addShare(own[i], share{s, x.class, p})
			}
		}
		demote(g, nextCounts, lemmas)
		next.finish(nextCounts, lemmas, nil)
		m, counts = next, nextCounts
	}
	return m, counts
}

func addShare(l []share, s share) []share {
	for i := range l {
		if l[i].stem == s.stem && l[i].class == s.class {
			l[i].n += s.n
			return l
		}
	}
	return append(l, s)
}

// share gives each reading's part of a word; all are alike where m is nil.
func (m *model) share(r *reader, own []share) []float64 {
	p := make([]float64, len(r.found))
	top, sum := math.Inf(-1), 0.0
	for j, x := range r.found {
		if m != nil {
			b, mine := r.stem(x), 0.0
			for _, o := range own {
				if o.class == x.class && o.stem == string(b) {
					mine = o.n
				}
			}
			p[j] = m.readingWeight(b, m.stems[string(b)], x, mine)
		}
		top = math.Max(top, p[j])
	}
	for j := range p {
		p[j] = math.Exp(p[j] - top)
		sum += p[j]
	}
	for j := range p {
		p[j] /= sum
	}
	return p
}

// What counts less is left out of the file: it weighs nothing.
const (
	leastChain = 0.02
	leastStem  = 0.05
)

const modelHead = `# What «make lexicon» learnt from kk-words.tsv (KazNERD, CC BY 4.0) with grammar.txt and the lemma lists: chains of suffixes
# (chain, names, class, count) and stems (stem, letters, count as a noun's, as a verb's). Licence: CC BY 4.0. Do not edit.
`

func (m *model) write(out io.Writer, counts map[string]count) error {
	var lines []string
	for key, n := range m.chains {
		if n >= leastChain {
			names := strings.Join(m.g.names(chain(key>>1)), " ")
			lines = append(lines, fmt.Sprintf("chain\t%s\t%c\t%.2f\n", names, "NV"[key&1], n))
		}
	}
	for s, c := range counts {
		if c[noun]+c[verb] >= leastStem {
			lines = append(lines, fmt.Sprintf("stem\t%s\t%.2f\t%.2f\n", spell([]byte(s)), c[noun], c[verb]))
		}
	}
	slices.Sort(lines)
	w := bufio.NewWriter(out)
	w.WriteString(modelHead)
	for _, l := range lines {
		w.WriteString(l)
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return nil
}
