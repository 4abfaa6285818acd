// Package border answers: of the runs of words around a head, which is a name? It holds a log-linear model whose features have a name, a
// language and two coordinates, so that its weights are a table one can read; names tells it what speaks for each run.
package border

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// Clue is the number of a feature.
type Clue = int32

// Family is features that have a language and two coordinates.
type Family struct {
	Name string
	A, B []string // names of the coordinates
	from Clue     // its first number
}

// Model is a weight a feature.
type Model struct {
	families  []Family
	languages []string
	weights   []float64
}

// New makes a model whose features all weigh nothing.
func New(families []Family, languages []string) *Model {
	m := &Model{families: families, languages: languages}
	number := Clue(0)
	for i := range families {
		families[i].from = number
		number += Clue(len(languages) * len(families[i].A) * len(families[i].B))
	}
	m.weights = make([]float64, number)
	return m
}

// ID is the number of the feature of a family with a language and two coordinates.
func (m *Model) ID(f int, lang, a, b uint8) Clue {
	x := &m.families[f]
	return x.from + (Clue(lang)*Clue(len(x.A))+Clue(a))*Clue(len(x.B)) + Clue(b)
}

// Weight is what a feature weighs.
func (m *Model) Weight(c Clue) float64 { return m.weights[c] }

// Sum adds up what features weigh.
func (m *Model) Sum(cs []Clue) float64 {
	x := 0.0
	for _, c := range cs {
		x += m.weights[c]
	}
	return x
}

// Most is the most that a feature of the first rows of a family weighs in a language.
func (m *Model) Most(f int, lang uint8, rows int) float64 {
	return slices.Max(m.weights[m.ID(f, lang, 0, 0):][:rows*len(m.families[f].B)])
}

// each gives every feature with its name in the table of weights.
func (m *Model) each(do func(c Clue, name string)) {
	c := Clue(0)
	for i := range m.families {
		f := &m.families[i]
		for _, lang := range m.languages {
			for _, a := range f.A {
				for _, b := range f.B {
					do(c, f.Name+"\t"+lang+"\t"+a+"\t"+b)
					c++
				}
			}
		}
	}
}

// Read takes in a table of weights; a feature that it does not name weighs nothing.
func (m *Model) Read(table string) error {
	clear(m.weights)
	at := make(map[string]Clue, len(m.weights))
	m.each(func(c Clue, name string) { at[name] = c })
	for i, line := range strings.Split(table, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cut := strings.LastIndexByte(line, '\t')
		c, ok := at[line[:max(cut, 0)]]
		if !ok {
			return fmt.Errorf("line %d: no such feature: %s", i+1, line)
		}
		var err error
		if m.weights[c], err = strconv.ParseFloat(line[cut+1:], 64); err != nil {
			return fmt.Errorf("line %d: %w", i+1, err)
		}
	}
	return nil
}

// Write prints the weights that count, sorted, in the form that Read reads.
func (m *Model) Write(w io.Writer) error {
	var lines []string
	m.each(func(c Clue, name string) {
		if x := m.weights[c]; x > 0.04 || x < -0.04 {
			lines = append(lines, fmt.Sprintf("%s\t%.2f", name, x))
		}
	})
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# What speaks for the borders of a name: feature (see RULES.md), language of the head, two values, weight. Learnt by `make lexicon`.")
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return out.Flush()
}

// Name tells a feature in the words of the table, without its language.
func (m *Model) Name(c Clue) string {
	i, _ := slices.BinarySearchFunc(m.families, c, func(f Family, c Clue) int { return int(f.from - c - 1) })
	f := &m.families[i-1]
	n := int(c-f.from) % (len(f.A) * len(f.B))
	return f.Name + ": " + f.A[n/len(f.B)] + " " + f.B[n%len(f.B)]
}
