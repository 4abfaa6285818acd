package analysis

import (
	_ "embed"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis/english"
	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

// Split gives the tokens of what a reader typed, without language or terms.
func Split(s string) []Token {
	out := scan(s, 0, len(s), make([]Token, 0, tokensIn(len(s))))
	for i := range out {
		out[i].Form = formOf(&out[i])
	}
	return out
}

// IndexTerms are the terms at a token's position in an index: its exact form, its Cyrillic spelling where it is Kazakh of another
// script, its stem terms, and for Kazakh the stem as a Russian keyboard types it («kf:гылым»). They are shared: copy
// before changing.
func IndexTerms(t Token) []string {
	if e := t.known; e != nil && e.form == t.Form && e.surface == t.Surface && e.lang == t.Lang {
		return e.index
	}
	if t.Kind == Word {
		if e := analysed(t.Surface, t.Lang); e.form == t.Form {
			return e.index
		}
	}
	out := []string{t.Form}
	for _, s := range t.Terms {
		out = appendNew(out, s)
	}
	return out
}

// QueryTerms gives the terms that a typed word may have in an index, over every language whose letters it can have; its Form,
// the exact term, comes first.
func QueryTerms(t Token) []string {
	out := []string{t.Form}
	if t.Kind == Number {
		return out
	}
	switch scriptOf(t.Form) {
	case latin:
		return latinTerms(out, t.Form)
	case arabic:
		for _, w := range kazakh.FromArabic(t.Form) {
			out = appendNew(out, w)
			out = stemsOnto(out, "kk:", kazakh.Stems(w))
		}
	case cyrillic:
		return cyrillicTerms(out, t)
	}
	return out
}

func stemsOnto(out []string, prefix string, stems []string) []string {
	for _, s := range stems {
		out = appendNew(out, prefix+s)
	}
	return out
}

// known is the weight of a Kazakh word that the learnt lexicon knows the stem of.
const known = -20

// latinTerms reads a Latin word as English, as Kazakh where that gives words that the lexicon knows, or that are Kazakh by
// their letters, and as Russian where the dictionary has the word and Kazakh does not know a usual one.
func latinTerms(out []string, form string) []string {
	out = stemsOnto(out, "en:", english.Stems(english.Unaccent(form)))
	best := math.Inf(-1)
	for _, w := range kazakh.FromLatin(form) {
		if kazakh.Weight(w) < known && !strings.ContainsAny(form, "әáäǵğńñŋöóşūúüıý'") {
			break
		}
		best = max(best, kazakh.Weight(w))
		out = appendNew(out, w)
		out = stemsOnto(out, "kk:", kazakh.Stems(w))
	}
	for _, w := range russian.FromLatin(form) {
		if best < usual || slices.Contains(out, w) { // the same word in both languages: меморандум
			out = appendNew(out, w)
			out = stemsOnto(out, "ru:", russian.Stems(w))
		}
	}
	if w := replace(form, twins.toCyrillic); len(form) > 2 && len(w) == 2*len(form) && kazakh.Weight(w) > usual {
		out = appendNew(out, w) // every letter a look-alike: ipi for ірі
		out = stemsOnto(out, "kk:", kazakh.Stems(w))
	}
	return out
}

// usual is the weight of a form of a usual Kazakh word.
const usual = -14

// cyrillicTerms reads a Cyrillic word as Kazakh and, unless it has a letter that only Kazakh has, as Russian. It may also be
// Kazakh from a Russian keyboard: then it is read with the letters that such a keyboard lacks (казакстан → қазақстан).
func cyrillicTerms(out []string, t Token) []string {
	form := t.Form
	if head, certain, ok := initials(t.Surface); ok {
		f := fold(head)
		out = append(out, "kk:"+f)
		if !strings.ContainsAny(f, kazakhLetters) {
			out = append(out, "ru:"+f)
		}
		if certain {
			return out
		}
	}
	out = stemsOnto(out, "kk:", kazakh.Stems(form))
	if strings.ContainsAny(form, kazakhLetters) {
		return out
	}
	out = stemsOnto(out, "ru:", russian.Stems(form))
	return unfolded(out, form)
}

const (
	frequent = -12.5 // weight of a Kazakh word that may be meant by a Russian one (казак → қазақ)
	common   = -10.5 // the same for three letters (коп → көп)
	likelier = 0.7   // how much likelier it must be than the Kazakh word that was typed (кала → қала)
)

//go:embed data/short.txt
var shortText string

// shortRussian are common Russian words of three letters.
var shortRussian = sync.OnceValue(func() map[string]bool {
	m := map[string]bool{}
	for _, f := range rows(shortText) {
		m[f[0]] = true
	}
	return m
})

// unfolded adds Kazakh readings of a word without Kazakh letters. A word that neither language knows is looked for by its stem
// without those letters, too: names are in no lexicon (Нарикбаев).
//
// Left alone: words of two letters, common short Russian ones, and those that are as good as they stand (сан, бала, орта), lest
// they find other words.
func unfolded(out []string, form string) []string {
	n := utf8.RuneCountInString(form)
	if n < 3 || shortRussian()[form] {
		return out
	}
	typed, inRussian := kazakh.Weight(form), russian.Known(form)
	least := float64(known)
	if inRussian {
		least = frequent
	}
	if n == 3 {
		least = common
	}
	if typed > known {
		least = max(least, typed+likelier)
	}
	for i, w := range kazakh.Unfold(form) {
		if i == 0 && typed < known && !inRussian {
			out = appendNew(out, "kf:"+kazakh.Fold(kazakh.Stems(w)[0]))
		}
		if w != form && kazakh.Weight(w) > least {
			out = appendNew(out, w)
			out = stemsOnto(out, "kk:", kazakh.Stems(w))
		}
	}
	return out
}

// mostSpellings bounds the readings of the beginning of a word: each is looked up.
const mostSpellings = 6

// Spellings gives how the beginning of a word may be written in an index, as it is first: in Cyrillic letters where it has Latin
// or Arabic ones, and with the letters that a Russian keyboard lacks.
func Spellings(form string) []string {
	out := []string{form}
	var more []string
	switch scriptOf(form) {
	case latin:
		more = kazakh.FromLatin(form)
	case arabic:
		more = kazakh.FromArabic(form)
	case cyrillic:
		if !strings.ContainsAny(form, kazakhLetters) {
			more = kazakh.Unfold(form)
		}
	}
	for _, w := range more {
		if len(out) < mostSpellings {
			out = appendNew(out, w)
		}
	}
	return out
}

// Struck gives a folded word as a Russian keyboard can type it: қазақстан → казакстан.
func Struck(form string) string { return kazakh.Fold(form) }

// IsArabic reports whether a folded word is in Arabic script.
func IsArabic(form string) bool { return scriptOf(form) == arabic }

// IsStop reports whether a folded word is a stop word in any language whose letters it can have.
func IsStop(form string) bool {
	switch scriptOf(form) {
	case latin:
		return english.IsStop(form)
	case cyrillic:
		return kazakh.IsStop(form) || russian.IsStop(form)
	}
	return false
}
