package lexicon

import (
	"cmp"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strconv"
	"strings"
)

const (
	// Most bounds the translations that a word has in one language.
	Most = 5
	// Least is the weight under which a translation is none. Of those from .02 to it, one in fifty (kk→ru) or thirty (ru→kk)
	// stood in the parallel sentence.
	Least = .05
)

const (
	sourcesFile = "sources.tsv"
	weightsFile = "weights.tsv"
)

// Source is where pairs of words come from.
type Source struct {
	Code    string // as lists name it
	Kind    string // sources of a kind are trusted alike
	Licence string
	What    string
}

func readSources(fsys fs.FS) ([]Source, error) {
	var out []Source
	err := eachLine(fsys, sourcesFile, 4, func(f []string) error {
		out = append(out, Source{f[0], f[1], f[2], f[3]})
		return nil
	})
	if err == nil && len(out) > 32 {
		err = fmt.Errorf("%s: more than 32 sources", sourcesFile)
	}
	return out, err
}

// A model is what weights.tsv says.
type model struct {
	trust  map[string]float32 // by kind: the mass of a pair that a source says
	unseen float32            // mass of the translations that no source says
	second float32            // how sure a stem is beside the one before it
	likely float32            // stands for a likelihood that a line does not tell: it has only its sum with others
	least  float32
	most   int
}

// places are the model's numbers by name, for reading, writing and fitting.
func (m *model) places() map[string]*float32 {
	return map[string]*float32{"unseen": &m.unseen, "second": &m.second, "likely": &m.likely}
}

func readModel(fsys fs.FS) (model, error) {
	m := model{trust: map[string]float32{}, least: Least, most: Most}
	places := m.places()
	err := eachLine(fsys, weightsFile, 3, func(f []string) error {
		v, err := strconv.ParseFloat(f[2], 32)
		if err != nil {
			return err
		}
		switch place := places[f[1]]; {
		case f[0] == "trust":
			m.trust[f[1]] = float32(v)
		case place != nil:
			*place = float32(v)
		default:
			return fmt.Errorf("no weight %q", f[1])
		}
		return nil
	})
	return m, err
}

// write writes weights.tsv.
func (m model) write(out io.Writer) error {
	var b strings.Builder
	b.WriteString("# What sources of a kind count, and the rest of the model (weigh.go). Written by «kelisim lexicon fit» from half of FLORES.\n")
	for _, k := range slices.SortedFunc(maps.Keys(m.trust), func(a, b string) int { return cmp.Or(cmp.Compare(m.trust[b], m.trust[a]), cmp.Compare(a, b)) }) {
		fmt.Fprintf(&b, "trust\t%s\t%.2f\n", k, m.trust[k])
	}
	places := m.places()
	for _, k := range slices.Sorted(maps.Keys(places)) {
		fmt.Fprintf(&b, "model\t%s\t%.2f\n", k, *places[k])
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// eachLine calls do with the cells of each line that is no remark.
func eachLine(fsys fs.FS, name string, cells int, do func([]string) error) error {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return err
	}
	for l := range strings.Lines(string(data)) {
		l = strings.TrimRight(l, "\r\n")
		if l == "" || l[0] == '#' {
			continue
		}
		f := strings.Split(l, "\t")
		if len(f) != cells {
			return fmt.Errorf("%s: %d cells, want %d, in %q", name, len(f), cells, l)
		}
		if err := do(f); err != nil {
			return fmt.Errorf("%s: %w in %q", name, err, l)
		}
	}
	return nil
}

// lexicon weighs what was found: a translation by its share of what all sources say of the word in that language.
func (b *builder) lexicon() *Lexicon {
	l := b.Lexicon
	// Both ways, sorted by entry: places are counted first.
	start := make([]int32, len(l.entries)+1)
	for _, m := range b.found {
		start[m.a.entry+1]++
		start[m.b.entry+1]++
	}
	for i := 1; i < len(start); i++ {
		start[i] += start[i-1]
	}
	all := make([]pair, start[len(l.entries)])
	fill := slices.Clone(start)
	for _, m := range b.found {
		for _, way := range [][2]texted{{m.a, m.b}, {m.b, m.a}} {
			from, p := way[0], pair{to: way[1].entry, weight: m.of, sources: m.sources}
			if from.own {
				p.own = m.of
			}
			all[fill[from.entry]] = p
			fill[from.entry]++
		}
	}
	total := make([][len(langs)]float32, len(l.entries))
	for e := range l.entries {
		ps := merged(all[start[e]:start[e+1]])
		l.entries[e].first, l.entries[e].last = start[e], start[e]+int32(len(ps))
		for _, p := range ps {
			total[e][l.entries[p.to].lang] += p.weight
		}
		// In its own language a word is the likeliest way to say it.
		total[e][l.entries[e].lang] += slices.Max(total[e][:])
	}
	for i := range l.entries {
		e := &l.entries[i]
		from := len(l.pairs)
		for _, p := range all[e.first:e.last] {
			to := &l.entries[p.to]
			p.own /= p.weight
			p.weight = p.weight / (total[i][to.lang] + l.model.unseen)
			if p.weight >= l.model.least {
				l.pairs = append(l.pairs, p)
			}
		}
		mine := l.pairs[from:]
		slices.SortFunc(mine, likelier)
		var n [len(langs)]int
		mine = slices.DeleteFunc(mine, func(p pair) bool { n[l.entries[p.to].lang]++; return n[l.entries[p.to].lang] > l.model.most })
		l.pairs = l.pairs[:from+len(mine)]
		e.first, e.last = int32(from), int32(len(l.pairs))
	}
	l.pairs = slices.Clip(l.pairs)
	l.learnSounds()
	return l
}

// merged adds what several lines say of the same two entries; it reuses the slice.
func merged(ps []pair) []pair {
	slices.SortFunc(ps, func(x, y pair) int { return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.weight, y.weight)) })
	out := ps[:0]
	for _, p := range ps {
		if n := len(out); n > 0 && out[n-1].to == p.to {
			out[n-1].weight += p.weight
			out[n-1].own += p.own
			out[n-1].sources |= p.sources
		} else {
			out = append(out, p)
		}
	}
	return out
}
