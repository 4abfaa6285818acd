// Package suggest answers: which rows would institutions.tsv need for what texts name and it lacks?
package suggest

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"kelisim/analysis/names"
	"kelisim/analysis/names/forms"
)

// Columns are the columns of institutions.tsv and of the user's own file.
const Columns = "id\tcountry\tkind\tname_kk\tname_ru\tname_en\taliases\taliases_weak\tlat\tlon\tcity\tror\twikidata\twebsite\tnote"

// Rows collects unknown institutions of many texts, to be reviewed and added to the table: one that is named in several
// languages and cases is one.
type Rows struct {
	of map[string]*row
}

type row struct {
	names.Mention
	texts      int
	surfaces   []string
	kk, ru, en string // the first name in each language
}

// Add takes in the mentions of one text.
func (s *Rows) Add(ms []names.Mention) {
	if s.of == nil {
		s.of = map[string]*row{}
	}
	seen := map[string]bool{}
	for _, m := range ms {
		if m.Kind != names.Institution || m.Known || !m.Listed() {
			continue
		}
		g := s.of[m.Key]
		if g == nil {
			g = &row{Mention: m}
			s.of[m.Key] = g
		}
		if !seen[m.Key] {
			g.texts++
		}
		seen[m.Key] = true
		g.Country = cmp.Or(g.Country, m.Country)
		switch {
		case forms.Latin(m.Name):
			g.en = cmp.Or(g.en, m.Name)
		case forms.KazakhOnly(m.Name):
			g.kk = cmp.Or(g.kk, m.Name)
		default:
			g.ru = cmp.Or(g.ru, m.Name)
		}
		if !slices.Contains(g.surfaces, m.Surface) && len(g.surfaces) < 5 {
			g.surfaces = append(g.surfaces, m.Surface)
		}
	}
}

// Write prints the institutions that at least least texts name as lines of institutions.tsv, the most frequent first.
// The note says how often and how they were written; the reviewer fills in the rest.
func (s *Rows) Write(w io.Writer, least int) error {
	var list []*row
	for _, g := range s.of {
		if g.texts >= least {
			list = append(list, g)
		}
	}
	slices.SortFunc(list, func(a, b *row) int {
		return cmp.Or(cmp.Compare(b.texts, a.texts), cmp.Compare(a.Key, b.Key))
	})
	if _, err := fmt.Fprintln(w, Columns); err != nil {
		return err
	}
	for _, g := range list {
		if _, err := fmt.Fprintln(w, g.line()); err != nil {
			return err
		}
	}
	return nil
}

func (g *row) line() string {
	id := cmp.Or(strings.ToLower(g.Country), "own") + "-" + slug(cmp.Or(g.en, strings.TrimPrefix(g.Key, "new:")))
	note := fmt.Sprintf("%d texts: %s", g.texts, strings.ReplaceAll(strings.Join(g.surfaces, "; "), "\t", " "))
	return strings.Join([]string{id, g.Country, g.Body, g.kk, g.ru, g.en, "", "", "", "", "", "", "", "", note}, "\t")
}

// slug writes a name as a key: its words by their sound, with hyphens between.
func slug(name string) string {
	var out []string
	for _, w := range strings.FieldsFunc(forms.Fold(name), func(r rune) bool { return strings.ContainsRune(" -–.,«»\"'()/", r) }) {
		if s := forms.Sound(w); s != "" {
			out = append(out, s)
		}
	}
	return strings.Join(out, "-")
}
