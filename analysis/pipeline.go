package analysis

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"kelisim/analysis/english"
	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

// An entry is what a pipeline makes of a word.
type entry struct {
	surface string
	lang    Lang
	form    string   // exact term
	words   []string // what is stemmed: form, or what it is in Cyrillic, the likeliest first
	terms   []string // stem terms
	index   []string // all terms at the word's position
	stop    bool
	whole   bool // nothing is left to stem
}

// A step is a small change of an entry.
type step func(*entry)

// pipelines are the steps of each language, in order. A language is added by a line here, a recogniser's model
// (language.go) and a package with Stems and IsStop.
var pipelines = map[Lang][]step{
	KK: {folded, fromOtherScripts, abbreviation("kk:"), stemmed("kk:", kazakh.Stems), stopped(kazakh.IsStop), unmarked, listed},
	RU: {folded, abbreviation("ru:"), stemmed("ru:", russian.Stems), stopped(russian.IsStop), listed},
	EN: {folded, unaccented, stemmed("en:", english.Stems), stopped(english.IsStop), listed},
	"": {folded, itself, listed},
}

func folded(e *entry) {
	e.form = strings.Clone(fold(e.surface))
	e.words = []string{e.form}
}

// fromOtherScripts gives Latin and Arabic-script Kazakh its Cyrillic words.
func fromOtherScripts(e *entry) {
	if ws := toCyrillic(e.form); len(ws) > 0 {
		e.words = ws[:1]
	}
}

// toCyrillic spells a folded Kazakh word of another script in Cyrillic letters, the likeliest spelling first; nil for a
// Cyrillic word.
func toCyrillic(form string) []string {
	for _, r := range form {
		switch classOf(r) & (latin | arabic) {
		case latin:
			return kazakh.FromLatin(form)
		case arabic:
			return kazakh.FromArabic(form)
		}
	}
	return nil
}

// unaccented reads Liège as liege, so that both find each other.
func unaccented(e *entry) {
	for i, w := range e.words {
		e.words[i] = english.Unaccent(w)
	}
}

func stemmed(prefix string, stems func(string) []string) step {
	return func(e *entry) {
		if e.whole {
			return
		}
		for _, w := range e.words {
			for _, s := range stems(w) {
				e.terms = appendNew(e.terms, prefix+s)
			}
		}
	}
}

func stopped(isStop func(string) bool) step {
	return func(e *entry) { e.stop = isStop(e.words[0]) }
}

// unmarked adds the form without Kazakh letters that people type on a Russian keyboard: «kf:гылым» of ғылым. A stem
// that has none of them needs no such term.
func unmarked(e *entry) {
	if s := strings.TrimPrefix(e.terms[0], "kk:"); kazakh.Fold(s) != s {
		e.index = append(e.index, "kf:"+kazakh.Fold(s))
	}
}

func itself(e *entry) { e.terms = []string{e.form} }

// listed gathers the terms at the word's position: the exact one first, the form without Kazakh letters last.
func listed(e *entry) {
	all := []string{e.form}
	for _, w := range e.words {
		all = appendNew(all, w)
	}
	for _, t := range e.terms {
		all = appendNew(all, t)
	}
	for _, t := range e.index {
		all = appendNew(all, t)
	}
	e.index = all
}

func appendNew(list []string, s string) []string {
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// memory keeps what pipelines made of the words last seen. Each word has one place, where the next with the same hash
// takes over: bounded, without locks, and right whatever is lost.
var memory [1 << 16]atomic.Pointer[entry]

var seed = maphash.MakeSeed()

// longestKept bounds what the memory holds: no longer word comes twice.
const longestKept = 80 // bytes

// analysed gives the entry of a clean word in a language. It is shared: nobody may change it.
func analysed(surface string, lang Lang) *entry {
	h := maphash.String(seed, surface)
	if lang != "" {
		h += uint64(lang[0]) * 0x9E3779B97F4A7C15
	}
	place := &memory[h>>48]
	if e := place.Load(); e != nil && e.lang == lang && e.surface == surface {
		return e
	}
	e := &entry{surface: strings.Clone(surface), lang: lang}
	for _, s := range pipelines[lang] {
		s(e)
	}
	if len(surface) <= longestKept {
		place.Store(e)
	}
	return e
}
