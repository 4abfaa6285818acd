package names

import (
	"strings"
	"unicode"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// describesKazakh reports whether a word describes a body in a Kazakh name.
func (t *Table) describesKazakh(form string) bool { return t.describe["k"+form] }

// list gives the words of a list.
func (t *Table) list(of list) []string {
	var out []string
	for w, bits := range t.lists {
		if bits&of != 0 && !strings.HasPrefix(w, "~") {
			out = append(out, w)
		}
	}
	return out
}

// has reports whether a list has a word as it stands.
func (t *Table) has(of list, word string) bool { return t.lists[word]&of != 0 }

// learnWords collects the words in small letters that the table's names are made of: they describe a body («ұлттық»,
// «технологий») and so may stand inside the name of a body that the table does not know.
func (t *Table) learnWords() {
	t.describe = map[string]bool{}
	for _, w := range t.list(descriptorKKList) {
		t.describe["k"+w] = true
	}
	for _, w := range t.list(descriptorRUList) {
		t.describe["r"+t.endings.Russian(w)] = true
	}
	for _, b := range t.bodies {
		for _, w := range analysis.Split(b.KK) {
			if t.describes(&w) && forms.Cyrillic(w.Form) {
				t.describe["k"+w.Form] = true
			}
		}
		for _, w := range analysis.Split(b.RU) {
			if t.describes(&w) && forms.Cyrillic(w.Form) {
				t.describe["r"+t.endings.Russian(w.Form)] = true
			}
		}
	}
	for _, of := range []list{andList, nameList, particleList, honourList} {
		for _, w := range t.list(of) {
			delete(t.describe, "k"+w)
			delete(t.describe, "r"+t.endings.Russian(w))
		}
	}
}

// describes leaves out what is written with a capital, heads, and scraps (the «дің» of «ММХҚИ-дің»).
func (t *Table) describes(w *analysis.Token) bool {
	first := []rune(w.Surface)
	if !unicode.IsLower(first[0]) || len(first) < 2 {
		return false
	}
	return !t.heads.Is(w.Form) && !t.has(scrapList, w.Form)
}

// surname reports whether a word looks like a surname of the region: Еспаева, Әбдіхалықов, Қайратқызы.
func (t *Table) surname(cuts []forms.Cut, ru string) bool {
	ends := func(s string) bool {
		for _, end := range t.surnames {
			if len(s) > len(end)+4 && strings.HasSuffix(s, end) {
				return true
			}
		}
		return false
	}
	for _, c := range cuts {
		if ends(c.Base) {
			return true
		}
	}
	return ends(ru)
}
