// Package heads answers: is a word of a text the head of a name, университет, министерлігі, academy, and in which form? heads.tsv has them.
package heads

import (
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// Head is a word that names a kind of institution.
type Head struct {
	Lang   string // kk, ru, en
	Word   string // dictionary form, folded
	Kind   string // one of world.Kinds
	Gender string // of a Russian one: m, f, n
	Number uint8  // its kind's place among the kinds
}

// Office reports whether a head names an office, no place of learning: a ministry, a company, a network. Of nil it is false.
func (h *Head) Office() bool {
	return h != nil && (h.Kind == "government" || h.Kind == "network" || h.Kind == "company")
}

// Form is a head as a word of a text has it; its Head is nil where the word is none.
type Form struct {
	*Head
	Plural bool
	Poss   bool   // Kazakh third person possessive, which ends a name: университеті
	Bare   bool   // Kazakh without an ending
	Cases  uint8  // Russian: the cases that it may be in, a bit a case
	Ending string // folded
	Front  string // what a short head has before it: гос of госуниверситет
}

// The languages of a Reading's forms.
const (
	KK = iota
	RU
	EN
	languages
)

// Reading is a word read as a head: each form of a place of learning's or of an office's.
type Reading struct{ Learning, Office [languages]Form }

// none is the reading of most words.
var none Reading

// None reports whether a word is no head in any language.
func (r *Reading) None() bool { return r == &none }

// In gives the form of a word in a text of a language, of those that are one kind's: Latin words are English.
func In(of *[languages]Form, russian bool) Form {
	switch {
	case of[EN].Head != nil:
		return of[EN]
	case russian && of[RU].Head != nil || of[KK].Head == nil:
		return of[RU]
	}
	return of[KK]
}

// Table is the heads that are known. It does not change after Read.
type Table struct {
	words    map[string]*Head // language's first letter and word, or what a Russian one's forms have in common
	plurals  map[string]*Head // of English heads
	prefixes []string         // of short heads: гос-, мед-
	endings  *forms.Endings
}

// Read reads heads.tsv; kinds numbers them, and prefixes are what short heads may begin with. It tells endings how heads end.
func Read(fsys fs.FS, endings *forms.Endings, kinds, prefixes []string) (*Table, error) {
	t := &Table{map[string]*Head{}, map[string]*Head{}, prefixes, endings}
	endings.Heads = map[string]string{}
	return t, forms.ReadTSV(fsys, "heads.tsv", func(_ int, f map[string]string) error {
		h := &Head{f["lang"], forms.Fold(f["word"]), f["kind"], f["gender"], uint8(max(0, slices.Index(kinds, f["kind"])))}
		switch h.Lang {
		case "en":
			h.Word = forms.Plain(h.Word)
			t.words["e"+h.Word] = h
			if many := forms.EnglishPlural(h.Word); t.words["e"+many] == nil {
				t.plurals["e"+many] = h
			}
		case "ru":
			if last, _ := utf8.DecodeLastRuneInString(h.Word); h.Gender == "m" && strings.ContainsRune("жшчщ", last) {
				endings.Heads[h.Word+"ей"] = h.Word
			} else if h.Gender == "m" {
				endings.Heads[h.Word+"ов"] = h.Word
			}
			t.words["r"+endings.Russian(h.Word)] = h
		case "kk":
			t.words["k"+h.Word] = h
		}
		return nil
	})
}

// Is reports whether a folded word is a head in any language.
func (t *Table) Is(form string) bool {
	if !forms.Cyrillic(form) {
		return t.English(form) != nil
	}
	return t.kazakh(t.endings.Kazakh(form)).Head != nil || t.words["r"+t.endings.Russian(form)] != nil
}

// English is the head that a folded Latin word is in the singular, nil for none.
func (t *Table) English(form string) *Head { return t.words["e"+forms.Plain(form)] }

// Latin reads a folded Latin word.
func (t *Table) Latin(form string) *Reading {
	en := Form{Head: t.English(form)}
	if en.Head == nil {
		en = Form{Head: t.plurals["e"+forms.Plain(form)], Plural: true}
	}
	return reading(EN, en)
}

// Cyrillic reads a folded Cyrillic word; cuts are its Kazakh bases, base is what its Russian forms have in common.
func (t *Table) Cyrillic(form string, cuts []forms.Cut, base string) *Reading {
	return reading(KK, t.kazakh(cuts), t.russian(form, base))
}

// reading sorts forms, of languages from the first one on.
func reading(first int, of ...Form) *Reading {
	r := none
	for i, f := range of {
		switch {
		case f.Office():
			r.Office[first+i] = f
		case f.Head != nil:
			r.Learning[first+i] = f
		}
	}
	if r == none {
		return &none
	}
	return &r
}

func (t *Table) kazakh(cuts []forms.Cut) Form {
	for _, c := range cuts {
		h, ok := t.words["k"+c.Base]
		front := ""
		if !ok {
			// «медуниверситетімен»
			for _, p := range t.prefixes {
				if rest, cut := strings.CutPrefix(c.Base, p); cut && !ok {
					h, ok = t.words["k"+rest]
					front = p
				}
			}
		}
		if !ok || c.Rel || strings.ContainsAny(c.Ending, "аы") && strings.ContainsAny(c.Base[max(0, len(c.Base)-6):], "еі") {
			continue // «университеты» is Russian: Kazakh says «университеті»
		}
		f := Form{Head: h, Bare: c.Ending == "", Ending: c.Ending, Front: front}
		rest := c.Ending
		for _, p := range t.endings.Class["kk-plural"] {
			if r, ok := strings.CutPrefix(rest, p); ok {
				f.Plural, rest = true, r
			}
		}
		f.Poss = strings.HasPrefix(rest, "ы") || strings.HasPrefix(rest, "і") || strings.HasPrefix(rest, "сы") || strings.HasPrefix(rest, "сі")
		return f
	}
	return Form{}
}

func (t *Table) russian(form, base string) Form {
	h, ok := t.words["r"+base]
	front := ""
	if !ok {
		// «госуниверситет», «мединститут»
		for _, p := range t.prefixes {
			if rest, cut := strings.CutPrefix(base, p); cut {
				if h, ok = t.words["r"+t.endings.Russian(rest)]; ok {
					form, base, front = strings.TrimPrefix(form, p), t.endings.Russian(rest), p
					break
				}
			}
		}
	}
	if !ok {
		return Form{}
	}
	f := Form{Head: h, Front: front}
	ending := strings.TrimPrefix(form, base)
	if _, ok := t.endings.Heads[form]; ok {
		ending = "ов"
	}
	f.Cases, f.Ending = t.endings.HeadCases[h.Gender][ending], ending
	if rest, ok := strings.CutPrefix(ending, "и"); ok && rest != "" {
		f.Cases = t.endings.HeadCases[h.Gender][rest] // академ-ией
	}
	switch h.Gender {
	case "m":
		f.Plural = slices.Contains(t.endings.Class["ru-plural-m"], ending)
	case "f":
		f.Plural = ending == "" || slices.Contains(t.endings.Class["ru-plural-f"], ending)
	}
	return f
}
