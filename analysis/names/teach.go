package names

import (
	"io"
	"io/fs"
	"math"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/world"
)

// What the linker of the world's bodies is made of, and how its data are learnt and packed.

// nations are the countries with what places are called.
func (t *Table) nations() []world.Nation {
	out := make([]world.Nation, len(t.places))
	for i, p := range t.places {
		n := world.Nation{Iso2: p.Iso2, Name: p.EN, Adjectives: slices.Concat(p.AdjRU, p.AdjRUWeak), Capital: slices.Concat(p.CapitalEN, p.CapitalRU, p.CapitalKK),
			Names: slices.Concat([]string{p.KK, p.RU, p.EN}, p.AliasesKK, p.AliasesRU, p.AliasesEN, p.AdjEN, p.AdjKK, p.AdjKKWeak)}
		for _, c := range p.More {
			n.Towns = append(n.Towns, world.NamedTown{Names: c.Names, Adjectives: c.Adj})
		}
		out[i] = n
	}
	return out
}

// stock is the bodies of the table.
func (t *Table) stock() world.Stock {
	return world.Stock{Curated: t.bodies, Branches: t.branches, World: t.world}
}

// LearnNearest learns nearest.tsv from the names of texts; fsys has the tables.
func (t *Table) LearnNearest(fsys fs.FS, examples []Example, out io.Writer) error {
	p, err := world.ReadParts(fsys, t.endings, t.nations())
	if err != nil {
		return err
	}
	asked := make([][]world.Question, len(examples))
	eachOf(len(examples), func(i int) { asked[i] = t.questions(examples[i]) })
	times := map[string]float64{} // body → names that mean it
	for _, e := range examples {
		for n := range e.Meant {
			times[e.Meant[n].body()]++
		}
	}
	return world.LearnNearest(p, t.stock(), func(k *world.Linker) []world.Question {
		var all []world.Question
		for i, e := range examples {
			for n, q := range asked[i] {
				var ok bool
				if q.Means, ok = e.Meant[n].among(k); ok && q.Words != nil {
					q.Weight = 1 / math.Sqrt(times[e.Meant[n].body()])
					all = append(all, q)
				}
			}
		}
		return all
	}, out)
}

// Meaning is a name in a text with what it means.
type Meaning struct {
	analysis.Span
	Keys    []string // any of which is right; none: no body that institutions.tsv has
	English string   // the body's name
	Country string
}

func (m *Meaning) body() string {
	if len(m.Keys) > 0 {
		return m.Keys[0]
	}
	return m.English
}

// questions are what names of a text teach of the bodies that they mean, one a name; without words where it teaches nothing.
func (t *Table) questions(e Example) []world.Question {
	r := t.reader(e.Text)
	out := make([]world.Question, len(e.Meant))
	seen := map[string]bool{}
	for i, m := range e.Meant {
		first, last := r.wordsIn(m.Span)
		if surface := e.Text.Source[m.Start:m.End]; first == last || seen[surface] || r.loneAbbr(first, last) {
			continue
		} else {
			seen[surface] = true
		}
		n := name{first: first, last: last, head: -1, anchor: anchor{at: first, head: first, side: 1, kind: heads.Form{Head: &leftOut}, lang: 3*perKind + r.around(first)}}
		for k := first; k < last; k++ {
			if a, ok := r.anchorAt(k); ok {
				n.head, n.anchor = k, a
			}
		}
		if n.anchor.office() {
			continue
		}
		ev := *r.aroundName(n.wordsOf())
		ev.Country = r.statedCountry(n)
		out[i] = world.Question{Words: slices.Clone(r.partsOf(n.wordsOf(), n.anchor.headless())), Around: &ev, Abroad: m.Country != Home}
	}
	return out
}

// among tells which bodies of the table a name of gold means, nil for none. Who wrote the gold knew institutions.tsv only: a body that is
// unknown there is the world's whose name its English one surely is; ok is false where that is not sure, or nobody can look it up yet.
func (m *Meaning) among(k *world.Linker) (means func(*world.Body) bool, ok bool) {
	if len(m.Keys) > 0 {
		return func(b *world.Body) bool {
			return slices.Contains(m.Keys, b.Key) || b.ROR != "" && slices.Contains(m.Keys, "ror:"+b.ROR)
		}, true
	}
	if k == nil {
		return nil, false
	}
	found := k.Nearest(k.Parts(m.English), &world.Evidence{Country: m.Country}, 1, false)
	switch {
	case len(found) == 0 || found[0].Score < doubtful:
		return nil, true
	case found[0].Score >= certain:
		return func(b *world.Body) bool { return b == found[0].Body }, true
	}
	return nil, false
}

// doubtful is a chance below which a name surely means none of the table.
const doubtful = 0.2

// PackWorld writes a world.tsv as the package embeds it: without the bodies that institutions.tsv has.
func PackWorld(fsys fs.FS, in io.Reader, out io.Writer) error {
	t, err := load(fsys, nil, false)
	if err != nil {
		return err
	}
	return world.PackWorld(t.linker(), t.bodies, t.kindOf, in, out)
}

// kindOf tells a body's kind by the first head of its name; a university where it has none.
func (t *Table) kindOf(name string) string {
	for _, w := range strings.FieldsFunc(forms.Fold(name), func(r rune) bool { return strings.ContainsRune(" -–.,()/'’", r) }) {
		if h := t.heads.English(w); h != nil && h.Kind != "faculty" && !h.Office() {
			return h.Kind
		}
	}
	return "university"
}
