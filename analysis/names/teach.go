package names

import (
	"io"
	"io/fs"
	"slices"
	"strings"
)

// What the linker of the world's bodies is made of, and how its data are learnt and packed.

// nations are the countries with what places are called.
func (t *Table) nations() []nation {
	out := make([]nation, len(t.places))
	for i, p := range t.places {
		n := nation{iso2: p.Iso2, name: p.EN, adjectives: slices.Concat(p.AdjRU, p.AdjRUWeak), capital: slices.Concat(p.CapitalEN, p.CapitalRU, p.CapitalKK),
			names: slices.Concat([]string{p.KK, p.RU, p.EN}, p.AliasesKK, p.AliasesRU, p.AliasesEN, p.AdjEN, p.AdjKK, p.AdjKKWeak)}
		for _, c := range p.More {
			n.towns = append(n.towns, namedTown{names: c.names, adjectives: c.adj})
		}
		out[i] = n
	}
	return out
}

// stock is the bodies of the table.
func (t *Table) stock() stock {
	return stock{curated: t.bodies, branches: t.branches, world: t.world}
}

// LearnNearest learns nearest.tsv from the names of a folder's tables.
func LearnNearest(fsys fs.FS, out io.Writer) error {
	t, err := Load(fsys, nil)
	if err != nil {
		return err
	}
	p, err := readParts(fsys, t.endings, t.nations())
	if err != nil {
		return err
	}
	return learnNearest(p, t.stock(), out)
}

// PackWorld writes a world.tsv as the package embeds it: without the bodies that institutions.tsv has.
func PackWorld(fsys fs.FS, in io.Reader, out io.Writer) error {
	t, err := load(fsys, nil, false)
	if err != nil {
		return err
	}
	return packWorld(t.linker(), t.bodies, t.kindOf, in, out)
}

// kindOf tells a body's kind by the first head of its name; a university where it has none.
func (t *Table) kindOf(name string) string {
	for _, w := range strings.FieldsFunc(fold(name), func(r rune) bool { return strings.ContainsRune(" -–.,()/'’", r) }) {
		if h := t.heads["e"+plain(w)]; h != nil && h.kind != "faculty" {
			return h.kind
		}
	}
	return "university"
}
