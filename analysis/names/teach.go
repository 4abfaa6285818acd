package names

import (
	"io"
	"io/fs"
	"slices"
	"strings"

	"kelisim/analysis/names/forms"
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
			n.Towns = append(n.Towns, world.NamedTown{Names: c.names, Adjectives: c.adj})
		}
		out[i] = n
	}
	return out
}

// stock is the bodies of the table.
func (t *Table) stock() world.Stock {
	return world.Stock{Curated: t.bodies, Branches: t.branches, World: t.world}
}

// LearnNearest learns nearest.tsv from the names of a folder's tables.
func LearnNearest(fsys fs.FS, out io.Writer) error {
	t, err := Load(fsys, nil)
	if err != nil {
		return err
	}
	p, err := world.ReadParts(fsys, t.endings, t.nations())
	if err != nil {
		return err
	}
	return world.LearnNearest(p, t.stock(), out)
}

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
		if h := t.heads["e"+forms.Plain(w)]; h != nil && h.kind != "faculty" && !h.office() {
			return h.kind
		}
	}
	return "university"
}
