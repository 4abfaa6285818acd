package lexicon

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"math"
	"slices"
)

// Fit writes weights.tsv with the numbers under which the lexicon of a folder foresees translations best: by Figures.Loss,
// summed over lists of texts, one a direction. It begins with sources that are trusted alike and changes one number at a time, by
// ever smaller steps; the same texts give the same bytes. It takes minutes.
func Fit(fsys fs.FS, directions [][]Parallel, out io.Writer) error {
	fail := func(err error) error { return fmt.Errorf("fit weights: %w", err) }
	sources, err := readSources(fsys)
	if err != nil {
		return fail(err)
	}
	m, err := readModel(fsys)
	if err != nil {
		return fail(err)
	}
	lists, err := readLists(fsys)
	if err != nil {
		return fail(err)
	}
	for kind := range m.trust {
		m.trust[kind] = 1
	}
	m.unseen, m.second, m.likely = 1, .5, .5
	m.least, m.most = 1e-6, math.MaxInt // so that all numbers are judged by the same translations
	loss := func() (sum float64) {
		l, fault := build(sources, m, lists)
		if err = fault; err != nil {
			return 0
		}
		for _, texts := range directions {
			sum += l.Measure(texts).Loss
		}
		return sum
	}
	best := loss()
	for step := float32(.4); step > .05 && err == nil; step *= .7 {
		try := func(now float32, set func(float32)) {
			for _, by := range []float32{1 + step, 1 / (1 + step)} {
				from := best
				for set(now * by); err == nil && now < farthest && now > 1/farthest; set(now * by) {
					x := loss()
					if x >= best {
						break
					}
					now, best = now*by, x
				}
				if set(now); best < from {
					break
				}
			}
		}
		for _, kind := range slices.Sorted(maps.Keys(m.trust)) {
			if kind == anchor {
				continue
			}
			try(m.trust[kind], func(v float32) { m.trust[kind] = v })
		}
		places := m.places()
		for _, name := range slices.Sorted(maps.Keys(places)) {
			try(*places[name], func(v float32) { *places[name] = v })
		}
	}
	if err != nil {
		return fail(err)
	}
	return m.write(out)
}

// farthest bounds what fits: nothing holds a number back where texts are few.
const farthest = 100

// anchor is the kind whose trust is given: masses have no unit, so one of them must be.
const anchor = "thesaurus"
