// Package kazakh answers: of which word is this word a form? Kazakh puts up to eight suffixes behind a stem
// (университет-тер-і-міз-де-гі-лер-ге); search must find all of them by one term.
//
// The readings that the grammar allows (grammar.txt) are weighed by how likely their stem and their chain of suffixes are, which is
// learnt from raw text (Learn) and dictionaries' words. RULES.md tells each rule with its examples and the known faults;
// exceptions.txt lists the closed classes' words that the rules would misread.
//
// References: R. Muhamedowa, Kazakh: A Comprehensive Grammar, 2016; I. H. Witten and T. C. Bell, The zero-frequency problem, IEEE
// Transactions on Information Theory 37, 1991 (the spelling model).
package kazakh

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Reading is one way to read a word.
type Reading struct {
	Stem   string
	Class  string   // N noun, adjective, numeral or name; V verb; X a word of exceptions.txt
	Chain  []string // the names of the suffixes after the stem, as in grammar.txt; nil where there are none
	Weight float64  // natural logarithm of the probability of the stem and its suffixes
}

// longestStem bounds what is given back for a word that is none.
const longestStem = 200 // bytes

// exceptionWeight is an exception's: a closed class's word is a frequent word.
const exceptionWeight = -7

// unreadable is the weight of what no grammar reads.
const unreadable = -100

// Stems gives the stems of a folded word (lower case, NFC, ё as е), the likeliest first: one, or two where it is close. What is no
// Kazakh word stands for itself, without white space and cut to a bound. There is always a stem and none is empty. The caller must
// not change the slice. It is safe for concurrent use.
func Stems(word string) []string {
	at := place(word)
	if s := at.get(word); s != nil {
		return s
	}
	s := stemsOf(theModel(), word)
	if len(word) <= longestStem {
		at.put(strings.Clone(word), s)
	}
	return s
}

func stemsOf(m *model, word string) []string {
	if s, ok := exceptions()[word]; ok {
		return s
	}
	if head, tail, ok := cutCompound(word); ok {
		s := stemsOf(m, tail)
		out := make([]string, len(s))
		for i := range s {
			out[i] = head + s[i]
		}
		return out
	}
	r := readers.Get().(*reader)
	defer readers.Put(r)
	var buf [longest]byte
	b, ok := letters(buf[:0], word)
	if !ok {
		return []string{whole(word)}
	}
	r.g = m.g
	r.read(b)
	if s := m.choose(r); s != nil {
		return s
	}
	return []string{whole(word)}
}

// cutCompound splits іс-шараларды after the hyphen: the last part is inflected. A part must have letters enough to be a word.
func cutCompound(word string) (head, tail string, ok bool) {
	i := strings.LastIndexByte(word, '-')
	if i < 1 || len(word)-i < 5 || len(word) > longestStem {
		return "", "", false
	}
	for _, r := range word {
		if r != '-' && letter(r) == 0 {
			return "", "", false
		}
	}
	return word[:i+1], word[i+1:], true
}

// whole is a word that cannot be read, made fit to be a term.
func whole(word string) string {
	word = cut(word, 4*longestStem)
	fit := strings.Map(func(r rune) rune { // an invalid byte comes as utf8.RuneError
		if unicode.IsSpace(r) || unicode.IsControl(r) {
			return -1
		}
		return r
	}, word)
	if fit == "" {
		return string(utf8.RuneError)
	}
	return strings.Clone(cut(fit, longestStem))
}

// cut shortens s to n bytes at most, at a rune's border where there is one.
func cut(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for i := n; i > n-utf8.UTFMax; i-- {
		if utf8.RuneStart(s[i]) {
			return s[:i]
		}
	}
	return s[:n]
}

var readers = sync.Pool{New: func() any { return new(reader) }}

// A choice is a stem with the weight of all its readings together.
type choice struct {
	b      []byte
	stem   *stem
	weight float64
}

// choose gives the one or two stems of the readings found, nil where there are none.
func (m *model) choose(r *reader) []string {
	var list [24]choice
	all, top := list[:0], math.Inf(-1)
	weigh := func(x reading, b []byte, s *stem) {
		w := m.readingWeight(b, s, x, 0)
		top = max(top, w)
		i := slices.IndexFunc(all, func(c choice) bool { return string(c.b) == string(b) })
		if i >= 0 {
			hi, lo := max(all[i].weight, w), min(all[i].weight, w)
			all[i].weight = hi + math.Log1p(math.Exp(lo-hi))
			return
		}
		all = append(all, choice{b, s, w})
	}
	for i, x := range r.found {
		b := r.stem(x)
		if s := m.stems[string(b)]; s != nil && s.counts[x.class] > 0 {
			weigh(x, b, s)
			r.found[i].end = 0 // done
		}
	}
	for _, x := range r.found {
		if x.end == 0 {
			continue
		}
		// Spelling is slow to weigh: an unseen stem that is hopeless even if its letters cost nothing is left out.
		b := r.stem(x)
		s := m.stems[string(b)]
		c := m.chainWeight(x.chain, x.class)
		if c+letterCost*float64(len(b))+math.Log(unseenMass)-m.logTotal > top-hopeless ||
			c+math.Log(nounOfNounCount)-m.logTotal > top-hopeless && m.derived(b, x.class) > 0 {
			weigh(x, b, s)
		}
	}
	if len(all) == 0 {
		return nil
	}
	slices.SortFunc(all, func(a, b choice) int {
		if a.weight != b.weight {
			return cmp.Compare(b.weight, a.weight)
		}
		return slices.Compare(a.b, b.b)
	})
	all = fuse(all)
	if len(all) > 1 && all[0].weight-all[1].weight < closeness+closenessLetter*float64(max(0, len(all[0].b)-4)) {
		return []string{all[0].term(), all[1].term()}
	}
	if s := all[0].stem; s != nil {
		return s.terms
	}
	return []string{all[0].term()}
}

func (c choice) term() string {
	if c.stem != nil {
		return c.stem.terms[0]
	}
	return spell(c.b)
}

// fuse leaves the shorter of the first two choices where the longer is a form of it.
func fuse(all []choice) []choice {
	if len(all) < 2 || all[0].weight-all[1].weight >= fusion {
		return all
	}
	switch a, b := all[0].b, all[1].b; {
	case isFormOf(a, b):
		return all[1:2]
	case isFormOf(b, a):
		return append(all[:1], all[2:]...)
	}
	return all
}

var formEndings = func() map[string]bool {
	m := map[string]bool{}
	for _, e := range endings("у ған ген қан кен атын етін йтын йтін мас мес бас бес пас пес лы лі ды ді ты ті сыз сіз дай дей тай тей ғы гі қы кі") {
		m[string(e)] = true
	}
	return m
}()

// isFormOf reports whether long is short with an ending that makes no new word for search; оқу is оқы with -у.
func isFormOf(long, short []byte) bool {
	n := len(short)
	if len(long) > n && string(long[:n]) == string(short) {
		return formEndings[string(long[n:])]
	}
	last := short[n-1]
	return len(long) == n && (last == letterYBack || last == letterYFore) && string(long[:n-1]) == string(short[:n-1]) &&
		formEndings[string(long[n-1:])]
}

// Weight gives the natural logarithm of the probability of a folded word's likeliest reading; -100 where there is none.
func Weight(word string) float64 {
	if _, ok := exceptions()[word]; ok {
		return exceptionWeight
	}
	var buf [longest]byte
	b, ok := letters(buf[:0], word)
	if !ok {
		return unreadable
	}
	m := theModel()
	r := readers.Get().(*reader)
	defer readers.Put(r)
	r.g = m.g
	r.read(b)
	top := float64(unreadable)
	for _, x := range r.found {
		b := r.stem(x)
		top = max(top, m.readingWeight(b, m.stems[string(b)], x, 0))
	}
	return top
}

// Explain gives the readings of a folded word, the likeliest first; nil where the grammar reads none.
func Explain(word string) []Reading {
	m := theModel()
	var out []Reading
	if s, ok := exceptions()[word]; ok {
		out = append(out, Reading{Stem: s[0], Class: "X", Weight: exceptionWeight})
	}
	var buf [longest]byte
	b, ok := letters(buf[:0], word)
	if !ok {
		return out
	}
	r := reader{g: m.g}
	r.read(b)
	first := len(out)
	for _, x := range r.found {
		b := r.stem(x)
		out = append(out, Reading{spell(b), "NV"[x.class : x.class+1], m.g.names(x.chain), m.readingWeight(b, m.stems[string(b)], x, 0)})
	}
	slices.SortFunc(out[first:], func(a, b Reading) int {
		if a.Weight != b.Weight {
			return cmp.Compare(b.Weight, a.Weight)
		}
		return cmp.Or(strings.Compare(a.Stem, b.Stem), strings.Compare(a.Class, b.Class), slices.Compare(a.Chain, b.Chain))
	})
	return out
}
