package analysis

import (
	_ "embed"
	"hash/maphash"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
)

//go:embed data/trigrams.tsv
var trigramsText string

type trigram [3]rune

// A vote says how far a word speaks for Kazakh (above 0) or against it: for Russian if it is Cyrillic, for English if
// it is Latin. It is a natural logarithm of odds, cut at certain.
type vote float32

const (
	certain  vote = 6
	kazakhly vote = 8 // a word with a letter that only Kazakh has
)

// trigrams are the votes of runs of three letters (data/trigrams.tsv).
var trigrams = sync.OnceValue(func() map[trigram]vote {
	m := map[trigram]vote{}
	for _, f := range rows(trigramsText) {
		if r := []rune(f[0]); len(r) == 3 && len(f) == 2 {
			tenths, _ := strconv.Atoi(f[1])
			m[trigram(r)] = vote(tenths) / 10
		}
	}
	return m
})

// dependence is how much of a trigram's vote is its own: neighbours share two letters.
const dependence = 0.5

// voteOf gives the vote of a folded word by its letters.
func voteOf(form string) vote {
	if strings.ContainsAny(form, kazakhLetters) {
		return kazakhly
	}
	m := trigrams()
	var sum vote
	a, b := '_', '_'
	for _, c := range form {
		sum += m[trigram{a, b, c}]
		a, b = b, c
	}
	sum += m[trigram{a, b, '_'}]
	return max(-certain, min(certain, sum*dependence))
}

const kazakhLetters = "әіңғүұқөһ"

// A ballot is the vote of a word.
type ballot struct {
	surface string
	vote    vote
}

// ballots keeps the votes of the words last seen; see memory.
var ballots [1 << 14]atomic.Pointer[ballot]

func vouch(surface string) vote {
	place := &ballots[maphash.String(seed, surface)>>50]
	if b := place.Load(); b != nil && b.surface == surface {
		return b.vote
	}
	v := voteOf(fold(surface))
	if len(surface) <= longestKept {
		place.Store(&ballot{strings.Clone(surface), v})
	}
	return v
}

// recognise decides a paragraph's language and script, and each token's language.
func recognise(p *Paragraph, toks []Token, prior Lang) {
	share := scripts(toks)
	switch {
	case share[arabic] > share[cyrillic]+share[latin]:
		p.Script = Arabic
		if prior == KK || uyghurless(toks) {
			p.Lang = KK
		}
	case share[latin] > share[cyrillic]:
		p.Script = Latin
		p.Lang = EN
		if kazakhLatin(toks, prior) {
			p.Lang = KK
		}
	case share[cyrillic] > 0:
		p.Lang = kazakhOrRussian(toks, prior)
	default:
		p.Lang = prior
		if _, ok := pipelines[prior]; !ok {
			p.Lang = ""
		}
	}
	assign(p, toks)
}

// scripts weighs the letters of each script by words. A capitalised word weighs a third: names keep their own letters in any
// text, «Estonian Academy of Arts және TalTech ректорлары» is Kazakh.
func scripts(toks []Token) map[class]float32 {
	share := make(map[class]float32, 4)
	for i := range toks {
		if toks[i].Kind != Word {
			continue
		}
		w := float32(1)
		if capital(toks[i].Surface) {
			w = 1. / 3
		}
		share[scriptOf(toks[i].Surface)] += w
	}
	return share
}

// scriptOf is the script of a word's first letter.
func scriptOf(w string) class {
	for _, r := range w {
		if c := classOf(r) & letter; c != 0 {
			return c
		}
	}
	return 0
}

// leaning is what the article's language adds to a paragraph's votes: it decides ties only.
const leaning vote = 1.5

func kazakhOrRussian(toks []Token, prior Lang) Lang {
	var sum vote
	switch prior {
	case KK:
		sum = leaning
	case RU:
		sum = -leaning
	}
	for i := range toks {
		if w := &toks[i]; w.Kind == Word && scriptOf(w.Surface) == cyrillic {
			sum += vouch(w.Surface)
			if w.Suffix != "" { // only Kazakh puts endings behind hyphens
				sum++
			}
		}
	}
	if sum > 0 || sum == 0 && prior != RU {
		return KK
	}
	return RU
}

// kazakhLatin reports whether Latin words are Kazakh. English is the rule: names alone («Nazarbayev University») are no text.
func kazakhLatin(toks []Token, prior Lang) bool {
	sum := -leaning
	switch prior {
	case KK:
		sum = leaning
	case EN:
		sum -= leaning
	}
	words := 0
	for i := range toks {
		if w := &toks[i]; w.Kind == Word && scriptOf(w.Surface) == latin {
			sum += vouch(w.Surface)
			words++
		}
	}
	return words > 0 && sum/vote(words) > 0.3
}

// uyghurless reports whether Arabic script writes Kazakh: its letters for э, в and the hamza, or its endings, are there.
// Persian, Arabic and Uyghur (which has ې and ئ before vowels) have none of them or their own.
func uyghurless(toks []Token) bool {
	kk, other := 0, 0
	for i := range toks {
		for _, r := range toks[i].Surface {
			switch r {
			case 'ە', 'ۋ', 'ۇ', 'ڭ', 'ٴ', 'ۆ':
				kk++
			case 'ې', 'ئ', 'ة', 'ذ', 'ض', 'ظ', 'ط', 'ص', 'ث', 'ٹ', 'ے', 'ں':
				other++
			}
		}
	}
	return kk > 2*other
}

const (
	enough  vote = 6 // what a run of words in another language must add up to
	leastOf      = 3 // words in such a run
)

// assign gives each token its language: the paragraph's, but for words of another script and runs of words that
// clearly are another language's, as in a quotation.
func assign(p *Paragraph, toks []Token) {
	for i := range toks {
		t := &toks[i]
		t.Lang = p.Lang
		if t.Kind != Word {
			continue
		}
		switch scriptOf(t.Surface) {
		case latin:
			if p.Script != Latin {
				t.Lang = EN
			}
		case cyrillic:
			switch v := vouch(t.Surface); {
			case v == kazakhly:
				t.Lang = KK
			case p.Script == Latin && v > 0:
				t.Lang = KK
			case p.Script == Latin || p.Lang == "":
				t.Lang = RU
			}
		case foreign:
			t.Lang = ""
		case arabic:
			if p.Script != Arabic {
				t.Lang = ""
			}
		}
	}
	if p.Script == Cyrillic {
		quotations(p, toks)
	}
}

// quotations finds runs of words in the other of Kazakh and Russian.
func quotations(p *Paragraph, toks []Token) {
	other, sign := RU, vote(-1)
	if p.Lang == RU {
		other, sign = KK, 1
	}
	first, words := -1, 0
	var sum vote
	last := -1 // the last word that speaks for the other language
	var lastSum vote
	settle := func() {
		if first >= 0 && lastSum >= enough && words >= leastOf {
			for k := first; k <= last; k++ {
				if toks[k].Kind == Word && toks[k].Lang == p.Lang {
					toks[k].Lang = other
				}
			}
		}
		first, words, sum, lastSum = -1, 0, 0, 0
	}
	for i := range toks {
		t := &toks[i]
		if t.Kind != Word || scriptOf(t.Surface) != cyrillic {
			continue
		}
		v := vouch(t.Surface) * sign
		if first < 0 {
			if v > 0.5 {
				first, last, words, sum, lastSum = i, i, 1, v, v
			}
			continue
		}
		sum += v
		if v > 0.3 {
			last, lastSum = i, sum
			words++
		}
		if v < -2.5 || sum < lastSum-2.5 {
			settle()
		}
	}
	settle()
}
