package lexicon

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// Words typed without Kazakh letters, in Russian, Latin or look-alike ones, are other stems than those of lists, and mostly no
// words at all: «венчурлик», «kvanttyq». They sound as the right ones do. One word alone is often another that sounds so («кос»,
// «ул»): there only what no list has is read by its sound. Two that stand in a list side by side («кос диплом») are no accident.
//
// Left alone: slips that sound the same (университтет). In Cyrillic letters a stem must be written as a Russian keyboard writes the
// right one; what was mistyped is mended by query, which says so.

// leastHeard is what one word alone must have to be read by its sound.
const leastHeard = 4 // letters of it

// learnSounds takes the sounds of Kazakh and Russian stems: nobody has to type English in other letters.
func (l *Lexicon) learnSounds() {
	l.sounds = make(map[string][]int32, len(l.terms))
	for i, t := range l.terms {
		if k := langOf(t); k >= 0 && langs[k] != analysis.EN {
			s := analysis.Sound(t[3:])
			l.sounds[s] = append(l.sounds[s], int32(i))
		}
	}
}

// as is the lexicon's stem that a term is.
func (l *Lexicon) as(terms []string, out []int32) []int32 {
	if stem, ok := l.stems[terms[0]]; ok {
		out = append(out, stem)
	}
	return out
}

// heard are the stems that sound like a term, too, unless it has letters that only a Kazakh keyboard has.
func (l *Lexicon) heard(terms []string, out []int32) []int32 {
	out = l.as(terms, out)
	t := terms[0]
	if unmistakable(t) {
		return out
	}
	if langOf(t) >= 0 {
		t = t[3:]
	}
	cyrillic := t != "" && t[0] >= utf8.RuneSelf
	for _, stem := range l.sounds[analysis.Sound(t)] {
		if cyrillic && analysis.Struck(l.terms[stem][3:]) != t {
			continue
		}
		if !slices.Contains(out, stem) {
			out = append(out, stem)
		}
	}
	return out
}

func unmistakable(term string) bool { return strings.ContainsAny(term, "әғқңөұүһі") }

// plain reports whether a word that no list has may be read by its sound.
func plain(terms []string) bool {
	return len(terms) > 0 && !unmistakable(terms[0]) && utf8.RuneCountInString(analysis.Sound(terms[0])) >= leastHeard
}
