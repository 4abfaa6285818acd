package analysis

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed data/likelihoods.tsv
var likelihoodsText string

// likely says how likely a word is in each language of the table's columns, as natural logarithms above what an unseen
// word has. The first two columns are Kazakh and Russian.
type likely [9]float32

// likelihoods are the logarithms of runs of three letters (data/likelihoods.tsv), in tenths.
var likelihoods = sync.OnceValue(func() map[trigram][len(likely{})]uint8 {
	m := map[trigram][len(likely{})]uint8{}
	for _, f := range rows(likelihoodsText) {
		r := []rune(f[0])
		var row [len(likely{})]uint8
		if len(r) != 3 || len(f) != 1+len(row) {
			continue
		}
		for i, n := range f[1:] {
			tenths, _ := strconv.Atoi(n)
			row[i] = uint8(tenths)
		}
		m[trigram(r)] = row
	}
	return m
})

const (
	worst      float32 = 6  // what one word may cost a language: everybody borrows words
	alien      float32 = 4  // what a letter that neither Kazakh nor Russian has costs them
	nameLikely vote    = .1 // weight of a capitalised word: a list of towns is in any language
	clearly    float32 = 3  // how much likelier a neighbour must be; of 10,500 paragraphs of Kazakh and Russian news one is
)

// likelyOf weighs a folded word in all languages.
func likelyOf(form string) (l likely) {
	m := likelihoods()
	a, b := '_', '_'
	strange := false
	for _, c := range form + "_" {
		for i, n := range m[trigram{a, b, c}] {
			l[i] += float32(n) / 10 * float32(dependence)
		}
		a, b = b, c
		strange = strange || classOf(c)&cyrillic != 0 && (c < 'а' || c > 'я') && !strings.ContainsRune(kazakhLetters, c) && c != 'ё'
	}
	if strange {
		l[0] -= alien
		l[1] -= alien
	}
	best := l[0]
	for _, v := range l {
		best = max(best, v)
	}
	for i := range l {
		l[i] = max(l[i]-best, -worst)
	}
	return l
}

// Likely says how likely the letters of a Cyrillic word are in Kazakh and in Russian: the sums over its runs of three letters, edges
// included, of natural logarithms above what a run has that is never seen. A word of n letters has n+1 runs.
func Likely(word string) (kk, ru float64) {
	m := likelihoods()
	a, b := '_', '_'
	for _, c := range strings.ToLower(word) + "_" {
		row := m[trigram{a, b, c}]
		kk, ru = kk+float64(row[0])/10, ru+float64(row[1])/10
		a, b = b, c
	}
	return kk, ru
}

// A weighing adds up the words of a paragraph.
type weighing struct {
	of    likely
	mixed float32 // each word in the likelier of Kazakh and Russian
}

func (w *weighing) add(l *likely, weight float32) {
	for i, v := range l {
		w.of[i] += v * weight
	}
	w.mixed += max(l[0], l[1]) * weight
}

// foreign reports whether the paragraph is in none of our languages: one of its neighbours is clearly likelier than
// Kazakh and Russian, half of whose texts switch between the two.
func (w *weighing) foreign(prior Lang) bool {
	home := (max(w.of[0], w.of[1]) + w.mixed) / 2
	if prior == KK || prior == RU {
		home += float32(leaning)
	}
	for _, v := range w.of[2:] {
		if v > home+clearly {
			return true
		}
	}
	return false
}
