package world

import (
	"cmp"
	"fmt"
	"io/fs"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// Cyrillic spells foreign names by many systems (Palladius for Chinese, Kontsevich for Korean, Polivanov for Japanese, a
// practical one for each language of Europe). transcriber holds what they come to: which Latin letters a Cyrillic letter
// or pair stands for, and what it costs to read it so instead of the commonest way (transcriptions.tsv, learnt from
// places' names in both scripts). It finds the words of a vocabulary that a Cyrillic word may be.
type transcriber struct {
	reads map[string][]spelt // Cyrillic letter or pair → Latin spellings, the cheapest first
	words []string           // sorted
	nodes []letterNode       // their tree of letters; the first is the root
}

type spelt struct {
	latin string
	cost  float32
}

// letterNode is a node of the tree of a vocabulary's letters.
type letterNode struct {
	child, sibling int32
	word           int32 // -1 where none ends
	letter         byte
}

// heard is a word of the vocabulary that a Cyrillic word may be.
type heard struct {
	word int32
	cost float32 // beyond the commonest reading, for a letter
}

const (
	mostHeard  = 6    // words
	dearest    = 0.2  // cost for a letter of the word
	spare      = 1.2  // and beyond that for the word
	silent     = 1.3  // cost of a Latin consonant that Cyrillic leaves out
	silentSoft = 0.7  // of a vowel or h
	openEnd    = 0.15 // of a Latin vowel behind an adjective's stem: киотский
)

func readTranscriber(fsys fs.FS) (*transcriber, error) {
	x := &transcriber{reads: map[string][]spelt{}}
	err := forms.ReadTSV(fsys, "transcriptions.tsv", func(line int, f map[string]string) error {
		cost, err := strconv.ParseFloat(f["cost"], 32)
		if err != nil {
			return fmt.Errorf("cost %q", f["cost"])
		}
		x.reads[f["cyrillic"]] = append(x.reads[f["cyrillic"]], spelt{f["latin"], float32(cost)})
		return nil
	})
	return x, err
}

// vocabulary plants the tree of words: sorted, without doubles.
func (x *transcriber) vocabulary(words []string) {
	x.words = words
	x.nodes = append(make([]letterNode, 0, 4*len(words)), letterNode{word: -1})
	path := []int32{0} // nodes of the word before
	last := ""
	for i, w := range words {
		n := 0
		for n < len(w) && n < len(last) && w[n] == last[n] {
			n++
		}
		path = path[:n+1]
		for ; n < len(w); n++ {
			at := int32(len(x.nodes))
			x.nodes = append(x.nodes, letterNode{word: -1, letter: w[n]})
			parent := path[len(path)-1]
			if c := x.nodes[parent].child; c == 0 {
				x.nodes[parent].child = at
			} else {
				for x.nodes[c].sibling != 0 {
					c = x.nodes[c].sibling
				}
				x.nodes[c].sibling = at
			}
			path = append(path, at)
		}
		x.nodes[path[len(path)-1]].word = int32(i)
		last = w
	}
}

func (x *transcriber) step(node int32, letter byte) int32 {
	for c := x.nodes[node].child; c != 0; c = x.nodes[c].sibling {
		if x.nodes[c].letter == letter {
			return c
		}
	}
	return 0
}

// search is one look for a Cyrillic word.
type search struct {
	x     *transcriber
	ends  map[int]wordEnd
	reads []letterReads     // of each byte at which a letter begins
	limit float32           // cost that no word may have
	cost  map[int32]float32 // word → its least
	seen  []step            // the states that were reached, each in the place that its hash gives: the last of a place stays
	round uint32
}

// letterReads are the readings of one letter, and of the pair that it begins.
type letterReads struct {
	one, two         []spelt
	oneSize, twoSize int
}

// step is a state of a search: a letter of the word and a node of the tree, and the least cost of reaching it.
type step struct {
	at, node int32
	cost     float32
	round    uint32
}

const manyStates = 1 << 12 // states remembered

var searches = sync.Pool{New: func() any { return &search{cost: map[int32]float32{}, seen: make([]step, manyStates)} }}

// hear finds the words that a folded Cyrillic word sounds like, in any form, the likeliest first.
func (x *transcriber) hear(form string, e *forms.Endings) []heard {
	s := searches.Get().(*search)
	defer searches.Put(s)
	clear(s.cost)
	word := russianLetters.Replace(form)
	s.x, s.ends, s.reads = x, wordEnds(word, form, e), x.readings(word, s.reads[:0])
	letters := float32(utf8.RuneCountInString(form))
	for _, share := range []float32{0.4, 1} {
		s.limit = share * (spare + dearest*letters)
		s.round++
		if s.walk(0, 0, 0, 0); len(s.cost) > 0 {
			break
		}
	}
	out := make([]heard, 0, len(s.cost))
	for w, c := range s.cost {
		out = append(out, heard{w, c})
	}
	slices.SortFunc(out, func(a, b heard) int { return cmp.Or(cmp.Compare(a.cost, b.cost), cmp.Compare(a.word, b.word)) })
	return out[:min(len(out), mostHeard)]
}

// readings looks up how each letter of a word may be read.
func (x *transcriber) readings(word string, out []letterReads) []letterReads {
	for at := 0; at < len(word); at++ {
		var r letterReads
		if utf8.RuneStart(word[at]) {
			_, r.oneSize = utf8.DecodeRuneInString(word[at:])
			r.one = x.reads[word[at:at+r.oneSize]]
			if _, next := utf8.DecodeRuneInString(word[at+r.oneSize:]); next > 0 {
				r.twoSize = r.oneSize + next
				r.two = x.reads[word[at:at+r.twoSize]]
			}
		}
		out = append(out, r)
	}
	return out
}

// new reports whether a state was not reached as cheaply before, and remembers it.
func (s *search) new(at int, node int32, cost float32) bool {
	p := &s.seen[(uint32(node)*0x9e3779b1+uint32(at)*0x85ebca6b)>>20]
	if p.round == s.round && p.at == int32(at) && p.node == node && p.cost <= cost {
		return false
	}
	*p = step{int32(at), node, cost, s.round}
	return true
}

var russianLetters = strings.NewReplacer("ә", "а", "ғ", "г", "қ", "к", "ң", "н", "ө", "о", "ұ", "у", "ү", "у", "һ", "х", "і", "и", "ё", "е")

// wordEnd is a place in a word where an ending may begin.
type wordEnd struct {
	cost      float32 // of taking what follows for an ending: a single letter may well be the name's
	adjective bool
}

// wordEnds are the places where a word may end.
func wordEnds(plainForm, form string, e *forms.Endings) map[int]wordEnd {
	ends := map[int]wordEnd{len(plainForm): {}}
	add := func(base string, adjective bool) {
		n := len(base)
		if utf8.RuneCountInString(base) < 3 || n >= len(plainForm) || ends[n].adjective {
			return
		}
		end := wordEnd{cost: 0.2, adjective: adjective}
		if len(plainForm)-n < 4 {
			end.cost = 0.8
		}
		ends[n] = end
	}
	if len(plainForm) == len(form) {
		for _, c := range e.Kazakh(form) {
			if len(c.Base) < len(form) && strings.HasPrefix(form, c.Base) {
				add(c.Base, false)
			}
		}
	}
	stem := e.Russian(plainForm)
	if strings.HasPrefix(plainForm, stem) {
		add(stem, true)
	}
	for _, x := range []string{"ов", "ев", "ин"} {
		if b, ok := strings.CutSuffix(stem, x); ok {
			add(b, true) // Масариков университет
		}
	}
	for _, b := range adjectiveBases(stem) {
		if strings.HasPrefix(plainForm, b) {
			add(b, true)
		}
	}
	return ends
}

// walk reads on at a letter of the word and a node of the tree. n counts the letters read.
func (s *search) walk(at int, node int32, cost float32, n int) {
	if !s.new(at, node, cost) {
		return
	}
	if end, ok := s.ends[at]; ok && n > 0 {
		s.end(node, cost+end.cost, n)
		if end.adjective {
			for c := s.x.nodes[node].child; c != 0; c = s.x.nodes[c].sibling {
				if strings.IndexByte("aeiouy", s.x.nodes[c].letter) >= 0 {
					s.end(c, cost+end.cost+openEnd, n)
				}
			}
		}
	}
	for c := s.x.nodes[node].child; c != 0 && n > 0; c = s.x.nodes[c].sibling {
		dear := float32(silent)
		if strings.IndexByte("aeiouyh", s.x.nodes[c].letter) >= 0 {
			dear = silentSoft
		}
		if cost+dear <= s.limit {
			s.walk(at, c, cost+dear, n)
		}
	}
	if at == len(s.reads) {
		return
	}
	r := &s.reads[at]
	s.read(r.two, at+r.twoSize, node, cost, n+2)
	s.read(r.one, at+r.oneSize, node, cost, n+1)
}

// read goes on behind a letter by each of its readings.
func (s *search) read(list []spelt, at int, node int32, cost float32, n int) {
	for _, r := range list {
		if cost+r.cost > s.limit {
			return
		}
		to := node
		for i := 0; i < len(r.latin); i++ {
			if to = s.x.step(to, r.latin[i]); to == 0 {
				break
			}
		}
		if to != 0 || r.latin == "" {
			s.walk(at, to, cost+r.cost, n)
		}
	}
}

func (s *search) end(node int32, cost float32, n int) {
	w := s.x.nodes[node].word
	if w < 0 {
		return
	}
	cost /= float32(n)
	if c, ok := s.cost[w]; !ok || cost < c {
		s.cost[w] = cost
	}
}

// likeness is how well a word is heard: 1 by the commonest readings, towards 0 the dearer it is.
func likeness(cost float32) float32 { return float32(math.Exp(-2.5 * float64(cost))) }
