package kazakh

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"sort"
	"strings"
)

type model struct {
	own   map[string]map[string]float64 // training word -> its own share of stem counts
	chain map[string]float64            // cls+chain -> log p
	stem  map[string]float64            // cls+stem -> expected count
	n     float64
}

func p0(s string) float64 { return math.Pow(lam, float64(len([]rune(s)))) }

var (
	lam   = 0.001
	alpha = 2000.0
)

func (m *model) score(w string, a an) float64 {
	c, ok := m.chain[string(a.cls)+a.chain]
	if !ok {
		c = math.Log(1e-6)
	}
	k := m.stem[string(a.cls)+a.stem]
	if o := m.own[w]; o != nil {
		k = math.Max(0, k-o[string(a.cls)+a.stem])
	}
	return c + math.Log((k+alpha*p0(a.stem))/(m.n+alpha))
}

func em(words []string, iters int, prior map[string]float64, useStem bool) *model {
	as := make([][]an, len(words))
	m := &model{map[string]map[string]float64{}, map[string]float64{}, map[string]float64{}, 0}
	cc := map[string]float64{}
	for i, w := range words {
		as[i] = analyses(w)
		for _, a := range as[i] {
			cc[string(a.cls)+a.chain] += 1 / float64(len(as[i]))
		}
	}
	set := func(cc, sc map[string]float64) {
		t := 0.0
		for _, v := range cc {
			t += v + 0.01
		}
		m.chain = map[string]float64{}
		for k, v := range cc {
			m.chain[k] = math.Log((v + 0.01) / t)
		}
		m.stem, m.n = map[string]float64{}, 0
		if useStem {
			for k, v := range sc {
				m.stem[k] += v
			}
		}
		for k, v := range prior {
			m.stem[k] += v
		}
		for _, v := range m.stem {
			m.n += v
		}
	}
	set(cc, nil)
	for it := 0; it < iters; it++ {
		cc, sc := map[string]float64{}, map[string]float64{}
		own := map[string]map[string]float64{}
		for i := range words {
			z, mx := make([]float64, len(as[i])), math.Inf(-1)
			for j, a := range as[i] {
				z[j] = m.score(words[i], a)
				mx = math.Max(mx, z[j])
			}
			t := 0.0
			for j := range z {
				z[j] = math.Exp(z[j] - mx)
				t += z[j]
			}
			o := map[string]float64{}
			if useStem {
				own[words[i]] = o
			}
			for j, a := range as[i] {
				p := z[j] / t
				o[string(a.cls)+a.stem] += p
				cc[string(a.cls)+a.chain] += p
				sc[string(a.cls)+a.stem] += p
			}
		}
		set(cc, sc)
		m.own = own
	}
	return m
}

// Learn reads words, one a line (the word first, then a tab and anything), and writes the model that Stems uses.
func Learn(words io.Reader, out io.Writer) error {
	var ws []string
	s := bufio.NewScanner(words)
	for s.Scan() {
		if w, _, _ := strings.Cut(s.Text(), "\t"); w != "" && w[0] != '#' {
			ws = append(ws, w)
		}
	}
	if err := s.Err(); err != nil {
		return fmt.Errorf("read words: %w", err)
	}
	m := em(ws, 3, nil, true)
	o := bufio.NewWriter(out)
	write := func(name string, t map[string]float64, least float64) {
		var ks []string
		for k, v := range t {
			if v >= least {
				ks = append(ks, k)
			}
		}
		sort.Strings(ks)
		for _, k := range ks {
			fmt.Fprintf(o, "%s\t%s\t%.3f\n", name, k, t[k])
		}
	}
	write("chain", m.chain, -100)
	write("stem", m.stem, 0.02)
	if err := o.Flush(); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return nil
}
