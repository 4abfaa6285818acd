package analysis

import (
	"strings"
	"unicode/utf8"

	"kelisim/analysis/english"
	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

// Split gives the tokens of what a reader typed, without language or terms.
func Split(s string) []Token {
	out := scan(s, 0, len(s), nil)
	for i := range out {
		if t := &out[i]; t.Kind == Number {
			t.Form = formOfNumber(t.Surface)
		} else {
			t.Form = fold(t.Surface)
		}
	}
	return out
}

// IndexTerms are the terms at a token's position in an index: its exact form, its Cyrillic spelling where it is Kazakh of another
// script, its stem terms, and for Kazakh the stem as a Russian keyboard types it («kf:гылым»). They are shared: copy
// before changing.
func IndexTerms(t Token) []string {
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
		return cyrillicTerms(out, t.Form)
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

// latinTerms reads a Latin word as English, and as Kazakh where that gives words that the lexicon knows, or that are
// Kazakh by their letters.
func latinTerms(out []string, form string) []string {
	out = stemsOnto(out, "en:", english.Stems(english.Unaccent(form)))
	for _, w := range kazakh.FromLatin(form) {
		if kazakh.Weight(w) < known && !strings.ContainsAny(form, "әáäǵğńñŋöóşūúüıý'") {
			break
		}
		out = appendNew(out, w)
		out = stemsOnto(out, "kk:", kazakh.Stems(w))
	}
	return out
}

// cyrillicTerms reads a Cyrillic word as Kazakh and, unless it has a letter that only Kazakh has, as Russian. A word that neither
// language knows may be Kazakh from a Russian keyboard: it is also read with the letters that such a keyboard lacks.
//
// Left alone: words that Russian or Kazakh knows as they stand (тур, кол, сан), lest «тур» find түр.
func cyrillicTerms(out []string, form string) []string {
	out = stemsOnto(out, "kk:", kazakh.Stems(form))
	if strings.ContainsAny(form, kazakhLetters) {
		return out
	}
	out = stemsOnto(out, "ru:", russian.Stems(form))
	if kazakh.Weight(form) > known || russianKnows(form) || utf8.RuneCountInString(form) < 3 {
		return out
	}
	for i, w := range kazakh.Unfold(form) {
		stems := kazakh.Stems(w)
		if i == 0 {
			out = appendNew(out, "kf:"+kazakh.Fold(stems[0]))
		}
		if w != form && kazakh.Weight(w) > known {
			out = stemsOnto(out, "kk:", stems)
		}
	}
	return out
}

func russianKnows(form string) bool { return russian.IsStop(form) }

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
