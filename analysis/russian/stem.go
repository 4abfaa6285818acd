// Package russian answers: what is the stem of a Russian word?
//
// A stem is the word's lemma, folded: договоров, договору → договор; подписан, подписали → подписать. RULES.md tells what is
// joined and what is left alone.
package russian

import (
	_ "embed"
	"sync"
)

//go:embed data/words.bin
var wordsFile []byte

var theData = sync.OnceValue(func() *data {
	d, err := parseData(wordsFile)
	if err != nil {
		panic(err) // a wrong file in our own source
	}
	return d
})

// Stems gives the stems of a folded word (lower case, NFC, ё as е), the likeliest first: one, or two where it is
// close. It returns word itself where nothing is known of it, and is never empty. The caller must not change it.
func Stems(word string) []string {
	h := hash(word)
	if s := recall(h, word); s != nil {
		return s
	}
	return remember(h, word, theData().stems)
}

// A Reading is one way to read a word.
type Reading struct {
	Stem   string
	Class  string   // noun, surname, participle …
	Chain  []string // what the word has beside its stem's letters: «наи-», «-ами»
	Weight float64  // the share of this reading, from 0 to 1 in fifteenths
}

// Explain gives the readings of a folded word, the likeliest first; none where its letters are not Russian.
func Explain(word string) []Reading {
	var out []Reading
	d := theData()
	for _, s := range theExceptions()[word] {
		out = append(out, Reading{Stem: s, Class: "exception", Weight: 1})
	}
	for _, r := range d.readings(word, nil) {
		e := Reading{Stem: r.stem(word), Class: classNames[r.class], Weight: r.share}
		if r.front > 0 {
			e.Chain = append(e.Chain, word[:2*r.front]+"-")
		}
		if r.cut < len(word) {
			e.Chain = append(e.Chain, "-"+word[r.cut:])
		}
		out = append(out, e)
	}
	return out
}
