package names

import (
	"io/fs"
	"slices"
	"strings"
	"unicode"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

// head is a word that names a kind of institution: университет, academy.
type head struct {
	lang   string
	word   string // dictionary form, folded
	kind   string
	gender string
	number uint8 // its kind's place in kinds
}

// office reports whether a head names an office, no place of learning: a ministry, a company, a network.
func (h *head) office() bool { return h != nil && !Mention{Kind: Institution, Body: h.kind}.Listed() }

// headForm is a head as a word of a text has it.
type headForm struct {
	*head
	plural bool
	poss   bool  // Kazakh third person possessive, which ends a name: университеті
	bare   bool  // Kazakh without an ending
	cases  uint8 // Russian: the cases that it may be in, a bit a case
	ending string
}

func (t *Table) readHeads(fsys fs.FS) error {
	t.heads, t.plurals = map[string]*head{}, map[string]*head{}
	t.endings.Heads = map[string]string{}
	return forms.ReadTSV(fsys, "heads.tsv", func(line int, f map[string]string) error {
		h := &head{f["lang"], forms.Fold(f["word"]), f["kind"], f["gender"], uint8(max(0, slices.Index(world.Kinds, f["kind"])))}
		switch h.lang {
		case "en":
			h.word = forms.Plain(h.word)
			t.heads["e"+h.word] = h
			if many := forms.EnglishPlural(h.word); t.heads["e"+many] == nil {
				t.plurals["e"+many] = h
			}
		case "ru":
			if last, _ := lastRune(h.word); h.gender == "m" && strings.ContainsRune("жшчщ", last) {
				t.endings.Heads[h.word+"ей"] = h.word
			} else if h.gender == "m" {
				t.endings.Heads[h.word+"ов"] = h.word
			}
			t.heads["r"+t.endings.Russian(h.word)] = h
		case "kk":
			t.heads["k"+h.word] = h
		}
		return nil
	})
}

// kazakhHead reads a Kazakh word as a head.
func (t *Table) kazakhHead(cuts []forms.Cut) headForm {
	for _, c := range cuts {
		h, ok := t.heads["k"+c.Base]
		if !ok {
			// «медуниверситетімен»
			for _, p := range t.prefixes {
				if rest, cut := strings.CutPrefix(c.Base, p); cut && !ok {
					h, ok = t.heads["k"+rest]
				}
			}
		}
		if !ok || c.Rel || strings.ContainsAny(c.Ending, "аы") && strings.ContainsAny(c.Base[max(0, len(c.Base)-6):], "еі") {
			continue // «университеты» is Russian: Kazakh says «университеті»
		}
		f := headForm{head: h, bare: c.Ending == "", ending: c.Ending}
		rest := c.Ending
		for _, p := range t.endings.Class["kk-plural"] {
			if r, ok := strings.CutPrefix(rest, p); ok {
				f.plural, rest = true, r
			}
		}
		f.poss = strings.HasPrefix(rest, "ы") || strings.HasPrefix(rest, "і") || strings.HasPrefix(rest, "сы") || strings.HasPrefix(rest, "сі")
		return f
	}
	return headForm{}
}

// russianHead reads a Russian word as a head.
func (t *Table) russianHead(form, base string) headForm {
	h, ok := t.heads["r"+base]
	if !ok {
		// «госуниверситет», «мединститут»
		for _, p := range t.prefixes {
			if rest, cut := strings.CutPrefix(base, p); cut {
				if h, ok = t.heads["r"+t.endings.Russian(rest)]; ok {
					form, base = strings.TrimPrefix(form, p), t.endings.Russian(rest)
					break
				}
			}
		}
	}
	if !ok {
		return headForm{}
	}
	f := headForm{head: h}
	ending := strings.TrimPrefix(form, base)
	if _, ok := t.endings.Heads[form]; ok {
		ending = "ов"
	}
	f.cases, f.ending = t.endings.HeadCases[h.gender][ending], ending
	if rest, ok := strings.CutPrefix(ending, "и"); ok && rest != "" {
		f.cases = t.endings.HeadCases[h.gender][rest] // академ-ией
	}
	switch h.gender {
	case "m":
		f.plural = slices.Contains(t.endings.Class["ru-plural-m"], ending)
	case "f":
		f.plural = ending == "" || slices.Contains(t.endings.Class["ru-plural-f"], ending)
	}
	return f
}

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

// isHead reports whether a word is a head in any language.
func (t *Table) isHead(form string) bool {
	if !forms.Cyrillic(form) {
		return t.heads["e"+forms.Plain(form)] != nil
	}
	return t.kazakhHead(t.endings.Kazakh(form)).head != nil || t.heads["r"+t.endings.Russian(form)] != nil
}

// describes leaves out what is written with a capital, heads, and scraps (the «дің» of «ММХҚИ-дің»).
func (t *Table) describes(w *analysis.Token) bool {
	first := []rune(w.Surface)
	if !unicode.IsLower(first[0]) || len(first) < 2 {
		return false
	}
	return !t.isHead(w.Form) && !t.has(scrapList, w.Form)
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
