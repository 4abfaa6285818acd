package names

import (
	"io/fs"
	"strings"
	"unicode"

	"kelisim/analysis"
)

// head is a word that names a kind of institution: университет, academy.
type head struct {
	lang   string
	word   string // dictionary form, folded
	kind   string
	need   string // list of words.tsv of which the name must have a word
	gender string
}

// headForm is a head as a word of a text has it.
type headForm struct {
	*head
	plural bool
	poss   bool // Kazakh third person possessive, which ends a name: университеті
	bare   bool // Kazakh without an ending
}

func (t *Table) readHeads(fsys fs.FS) error {
	t.heads = map[string]*head{}
	return readTSV(fsys, "heads.tsv", func(line int, f map[string]string) error {
		h := &head{f["lang"], fold(f["word"]), f["kind"], f["need"], f["gender"]}
		switch h.lang {
		case "en":
			h.word = plain(h.word)
			t.heads["e"+h.word] = h
		case "ru":
			t.heads["r"+t.endings.russian(h.word)] = h
		case "kk":
			t.heads["k"+h.word] = h
		}
		return nil
	})
}

// ruPlurals are the endings of plural heads: университеты, академиям.
var ruPlurals = []string{"ы", "ов", "ам", "ами", "ах", "ии", "ий", "иям", "иями", "иях", "и", "ей"}

// headOf reads a word as a head; ok is false where it is none.
func (t *Table) headOf(w *analysis.Token, lang analysis.Lang) (headForm, bool) {
	if !cyrillic(w.Form) {
		h, ok := t.heads["e"+plain(w.Form)]
		return headForm{head: h}, ok
	}
	if lang != analysis.RU {
		for _, c := range t.endings.kazakh(w.Form) {
			h, ok := t.heads["k"+c.base]
			if !ok || c.rel {
				continue
			}
			f := headForm{head: h, bare: c.ending == ""}
			rest := c.ending
			for _, p := range []string{"лар", "лер", "дар", "дер", "тар", "тер"} {
				if r, ok := strings.CutPrefix(rest, p); ok {
					f.plural, rest = true, r
				}
			}
			f.poss = strings.HasPrefix(rest, "ы") || strings.HasPrefix(rest, "і") || strings.HasPrefix(rest, "сы") || strings.HasPrefix(rest, "сі")
			return f, true
		}
		if lang == analysis.KK {
			return headForm{}, false
		}
	}
	h, ok := t.heads["r"+t.endings.russian(w.Form)]
	if !ok {
		return headForm{}, false
	}
	f := headForm{head: h}
	ending := strings.TrimPrefix(w.Form, t.endings.russian(w.Form))
	switch h.gender {
	case "m":
		f.plural = strings.HasPrefix(ending, "ы") || strings.HasPrefix(ending, "ов") || ending == "ам" || ending == "ами" || ending == "ах" || ending == "и" || ending == "ей"
	case "f":
		f.plural = ending == "ий" || strings.HasSuffix(ending, "ям") || strings.HasSuffix(ending, "ями") || strings.HasSuffix(ending, "ях") || ending == "ам" || ending == "ами" || ending == "ах" || ending == ""
	}
	return f, true
}

// learnWords collects the words in small letters that the table's names are made of: they describe a body («ұлттық»,
// «технологий») and so may stand inside the name of a body that the table does not know.
func (t *Table) learnWords() {
	t.describe = map[string]bool{}
	for w := range t.words["descriptor-kk"] {
		t.describe["k"+w] = true
	}
	for w := range t.words["descriptor-ru"] {
		t.describe["r"+t.endings.russian(w)] = true
	}
	for _, b := range t.bodies {
		for _, w := range analysis.Split(b.KK) {
			if t.describes(&w) && cyrillic(w.Form) {
				t.describe["k"+w.Form] = true
			}
		}
		for _, w := range analysis.Split(b.RU) {
			if t.describes(&w) && cyrillic(w.Form) {
				t.describe["r"+t.endings.russian(w.Form)] = true
			}
		}
	}
	for _, list := range []string{"and", "name", "particle", "honour"} {
		for w := range t.words[list] {
			delete(t.describe, "k"+w)
			delete(t.describe, "r"+t.endings.russian(w))
		}
	}
}

// describes leaves out what is written with a capital, heads, and scraps (the «дің» of «ММХҚИ-дің»).
func (t *Table) describes(w *analysis.Token) bool {
	first := []rune(w.Surface)
	if !unicode.IsLower(first[0]) || len(first) < 2 {
		return false
	}
	if _, ok := t.headOf(w, ""); ok {
		return false
	}
	return !t.words["scrap"][w.Form]
}
