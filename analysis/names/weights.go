package names

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
)

// border is the model of borders: a weight a feature.
type border struct {
	families []family
	weights  []float64
}

func (m *border) sum(fs []clue) float64 {
	x := 0.0
	for _, f := range fs {
		x += m.weights[f]
	}
	return x
}

// readBorder reads data/borders.tsv; a feature that it does not name weighs nothing.
func (t *Table) readBorder(fsys fs.FS) error {
	fams, n := t.families()
	t.border = &border{families: fams, weights: make([]float64, n)}
	at := map[string]clue{}
	for i := range fams {
		for lang := range languages {
			for a := range fams[i].a {
				for b := range fams[i].b {
					at[fams[i].label(languageNames[lang], a, b)] = t.border.id(i, lang, uint8(a), uint8(b))
				}
			}
		}
	}
	data, err := fs.ReadFile(fsys, "borders.tsv")
	if err != nil {
		return err
	}
	for i, line := range strings.Split(string(data), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cut := strings.LastIndexByte(line, '\t')
		id, ok := at[line[:max(cut, 0)]]
		if !ok {
			return fmt.Errorf("borders.tsv line %d: no such feature: %s", i+1, line)
		}
		if t.border.weights[id], err = strconv.ParseFloat(line[cut+1:], 64); err != nil {
			return fmt.Errorf("borders.tsv line %d: %w", i+1, err)
		}
	}
	return nil
}

// reach tells how much what a candidate may mean adds to its score at most: the nearest body, and fuller names where the text has any.
func (r *reader) reach(a anchor) float64 {
	m := r.t.border
	most := func(family, rows int) float64 {
		return slices.Max(m.weights[m.id(family, a.lang, 0, 0):][:rows*len(m.families[family].b)])
	}
	echoes := 1
	if len(r.fuller) > 0 {
		echoes = len(m.families[wholeEcho].a)
	}
	return most(wholeNear, len(m.families[wholeNear].a)) + max(most(wholeEcho, echoes), 0)
}

func (f *family) label(lang string, a, b int) string {
	return f.name + "\t" + lang + "\t" + f.a[a] + "\t" + f.b[b]
}

// write prints the weights that count, sorted, in the form that readBorder reads.
func (m *border) write(w io.Writer) error {
	var lines []string
	for i := range m.families {
		f := &m.families[i]
		for lang := range languages {
			for a := range f.a {
				for b := range f.b {
					if x := m.weights[m.id(i, lang, uint8(a), uint8(b))]; x > 0.04 || x < -0.04 {
						lines = append(lines, fmt.Sprintf("%s\t%.2f", f.label(languageNames[lang], a, b), x))
					}
				}
			}
		}
	}
	slices.Sort(lines)
	out := bufio.NewWriter(w)
	fmt.Fprintln(out, "# What speaks for the borders of a name: feature (see RULES.md), language of the head, two values, weight. Learnt by `make lexicon`.")
	for _, l := range lines {
		fmt.Fprintln(out, l)
	}
	return out.Flush()
}
