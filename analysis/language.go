package analysis

import (
	_ "embed"
	"hash/maphash"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

//go:embed data/trigrams.tsv
var trigramsText string

type trigram [3]rune

// A vote says how far a word speaks for Kazakh (above 0) or against it: for Russian if it is Cyrillic, for English if
// it is Latin. It is a natural logarithm of odds, cut at certain.
type vote float32

const (
	certain    vote = 6
	kazakhly   vote = 8 // a word with a letter that only Kazakh has
	kazakhWord vote = 9
	kazakhName vote = 4
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

// A ballot is what a word says of its language.
type ballot struct {
	surface string
	vote    vote
	likely  likely // of a Cyrillic word
}

// ballots keeps the votes of the words last seen; see memory.
var ballots [1 << 16]atomic.Pointer[ballot]

func vouch(surface string) *ballot {
	place := &ballots[maphash.String(seed, surface)>>48]
	if b := place.Load(); b != nil && b.surface == surface {
		return b
	}
	form := fold(surface)
	b := &ballot{surface: strings.Clone(surface), vote: voteOf(form)}
	if scriptOf(surface) == cyrillic {
		b.likely = likelyOf(form)
	}
	if len(surface) <= longestKept {
		place.Store(b)
	}
	return b
}

// recognise decides a paragraph's language and script, and each token's language.
func recognise(src string, p *Paragraph, toks []Token, prior Lang) {
	share := scripts(src, toks)
	var buf [256]vote
	votes := buf[:0]
	for i := range toks {
		var v vote
		if t := &toks[i]; t.Kind == Word && (share.latin > 0 || share.cyrillic > 0) {
			v = vouch(t.Surface).vote
		}
		votes = append(votes, v)
	}
	switch {
	case share.arabic > share.cyrillic+share.latin:
		p.Script = Arabic
		if prior == KK || kazakhArabic(toks) {
			p.Lang = KK
		}
	case share.latin > share.cyrillic:
		p.Script = Latin
		p.Lang = EN
		if kazakhLatin(toks, votes, prior) {
			p.Lang = KK
		}
	case share.cyrillic > 0:
		p.Lang = kazakhOrRussian(src, toks, votes, prior)
	default:
		p.Lang = prior
		if _, ok := pipelines[prior]; !ok {
			p.Lang = ""
		}
	}
	assign(p, toks, votes)
}

// shares are how much of a paragraph is in each script.
type shares struct{ latin, cyrillic, arabic float32 }

// scripts weighs the words of each script. A capitalised word weighs less, with the small ones beside it (Academy of Arts): names
// keep their own letters in any text, «Estonian Academy of Arts және TalTech ректорлары» is Kazakh. Addresses weigh next to
// nothing.
func scripts(src string, toks []Token) (s shares) {
	for i := range toks {
		t := &toks[i]
		if t.Kind != Word {
			continue
		}
		w := float32(1)
		switch scriptOf(t.Surface) {
		case latin:
			if named(toks, i) {
				w = 1. / 6
			}
			if address(src, t) {
				w /= 100
			}
			s.latin += w
		case cyrillic:
			if capital(t.Surface) {
				w = 1. / 3
			}
			s.cyrillic += w
		case arabic:
			s.arabic += w
		}
	}
	return s
}

// named reports whether a word is capitalised or stands between two that are.
func named(toks []Token, i int) bool {
	return capital(toks[i].Surface) || i > 0 && i+1 < len(toks) && capital(toks[i-1].Surface) && capital(toks[i+1].Surface)
}

// address reports whether a word is part of an address: info@kaznu.kz, https://kaznu.kz/x.
func address(src string, t *Token) bool {
	if t.End+1 < len(src) && strings.IndexByte(".@/:_=&?", src[t.End]) >= 0 && (src[t.End+1] > ' ' && src[t.End+1] < 0x80) {
		return true
	}
	return t.Start > 1 && strings.IndexByte(".@/_=&?", src[t.Start-1]) >= 0 && src[t.Start-2] > ' ' && src[t.Start-2] < 0x80
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
const leaning vote = 3

// quotedWeight is what a word between quotation marks weighs: a text's language is that of the words around a quotation.
const quotedWeight vote = 0.25

func kazakhOrRussian(src string, toks []Token, votes []vote, prior Lang) Lang {
	var sum vote
	switch prior {
	case KK:
		sum = leaning
	case RU:
		sum = -leaning
	}
	depth := 0
	var all weighing
	for i := range toks {
		w := &toks[i]
		if i > 0 {
			depth = max(0, depth+marks(src[toks[i-1].End:w.Start]))
		}
		if w.Kind != Word || scriptOf(w.Surface) != cyrillic {
			continue
		}
		v, weight := votes[i], vote(1)
		if capital(w.Surface) {
			weight = nameLikely
		}
		if v == kazakhly {
			// Kazakh names keep their letters in Russian text (Әл-Фараби), common words do not occur there.
			if v = kazakhName; !capital(w.Surface) {
				v = kazakhWord
			}
		} else if capital(w.Surface) {
			v *= nameWeight
		}
		if w.Suffix != "" { // only Kazakh puts endings behind hyphens
			v++
		}
		if depth > 0 {
			v *= quotedWeight
			weight *= quotedWeight
		}
		sum += v
		all.add(&vouch(w.Surface).likely, float32(weight))
	}
	if all.foreign(prior) {
		return ""
	}
	if sum > 0 || sum == 0 && prior != RU {
		return KK
	}
	return RU
}

// marks counts the quotation marks that open in a gap less those that close.
func marks(gap string) int {
	n := 0
	for i := 0; i+1 < len(gap); i++ {
		switch gap[i : i+2] {
		case "«":
			n++
		case "»":
			n--
		case "\xe2\x80": // “ opens, ” closes
			if i+2 < len(gap) && gap[i+2] == 0x9c {
				n++
			} else if i+2 < len(gap) && gap[i+2] == 0x9d {
				n--
			}
		}
	}
	return n
}

// kazakhLatin reports whether Latin words are Kazakh. English is the rule: names alone («Nazarbayev University») are no text.
func kazakhLatin(toks []Token, votes []vote, prior Lang) bool {
	sum := -leaning / 2
	switch prior {
	case KK:
		sum = leaning
	case EN:
		sum -= leaning
	}
	words := 0
	for i := range toks {
		if w := &toks[i]; w.Kind == Word && scriptOf(w.Surface) == latin {
			sum += votes[i]
			words++
		}
	}
	return words > 0 && sum/vote(words) > 0.3
}

// kazakhArabic reports whether Arabic script writes Kazakh: its letters for э, в and the hamza, or its endings, are there.
// Persian, Arabic and Uyghur (which has ې and ئ before vowels) have none of them or their own.
func kazakhArabic(toks []Token) bool {
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
	enough  vote = 6  // what a run of words in another language with a stop word must add up to
	plenty  vote = 16 // the same without one: lists of loans and foreign names look alike in both languages
	leastOf int  = 3  // words in such a run

	nameWeight vote = 0.3 // of a capitalised word: names are of any language
)

// assign gives each token its language: the paragraph's, but for words of another script and runs of words that
// clearly are another language's, as in a quotation.
func assign(p *Paragraph, toks []Token, votes []vote) {
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
			switch v := votes[i]; {
			case p.Script == Cyrillic && p.Lang == "":
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
	if p.Script == Cyrillic && p.Lang != "" {
		quotations(p, toks, votes)
	}
}

// quotations finds runs of words in the other of Kazakh and Russian.
func quotations(p *Paragraph, toks []Token, votes []vote) {
	other, sign := RU, vote(-1)
	if p.Lang == RU {
		other, sign = KK, 1
	}
	first, words := -1, 0
	var sum vote
	last := -1 // the last word that speaks for the other language
	var lastSum vote
	grammar := false // a word of the other language's grammar is in the run
	isStop := [2]func(string) bool{russian.IsStop, kazakh.IsStop}
	if other == KK {
		isStop[0], isStop[1] = isStop[1], isStop[0]
	}
	settle := func() {
		least := plenty
		if grammar {
			least = enough
		}
		if first >= 0 && lastSum >= least && words >= leastOf {
			for k := first; k <= last; k++ {
				if toks[k].Kind == Word && toks[k].Lang == p.Lang {
					toks[k].Lang = other
				}
			}
		}
		first, words, sum, lastSum, grammar = -1, 0, 0, 0, false
	}
	for i := range toks {
		t := &toks[i]
		if t.Kind != Word || scriptOf(t.Surface) != cyrillic {
			continue
		}
		v := votes[i] * sign
		if capital(t.Surface) {
			v *= nameWeight
		}
		if first < 0 {
			if v <= 0.5 {
				continue
			}
			first = i
		}
		sum += v
		if v > 0.3 {
			last, lastSum = i, sum
			words++
			if f := fold(t.Surface); isStop[0](f) && !isStop[1](f) {
				grammar = true
			}
		}
		if v < -2.5 || sum < lastSum-2.5 {
			settle()
		}
	}
	settle()
}
