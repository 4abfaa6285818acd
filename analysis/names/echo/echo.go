// Package echo answers: what does the rest of a text tell of a word? How it is written where no sentence begins, and what stands beside it.
// A word is told again by its stem, in whatever case it stands; stems are numbered as they come.
package echo

import "sync"

// Text is what a text has of its stems.
type Text struct {
	stems   []Stem
	numbers map[string]int32 // stem → its place in stems
	pairs   map[uint64]int32 // neighbours → times
}

// Stem is what a text has of one stem.
type Stem struct {
	Small, Capital bool // inside sentences
	times          int32
}

// rooms are of texts that were read; making their maps anew for each text is a tenth of what reading names allocates.
var rooms = sync.Pool{New: func() any {
	return &Text{numbers: map[string]int32{}, pairs: map[uint64]int32{}}
}}

// mostKept bounds what is kept: maps keep their size, and clearing them costs it.
const mostKept = 4000 // pairs

// New begins a text.
func New() *Text { return rooms.Get().(*Text) }

// Leave ends it: t is used no more.
func (t *Text) Leave() {
	if len(t.pairs) > mostKept {
		return
	}
	clear(t.numbers)
	clear(t.pairs)
	t.stems = t.stems[:0]
	rooms.Put(t)
}

// Add takes in the stem of the next word and gives its number. before is the number of the word that it stands beside, -1 for none.
func (t *Text) Add(stem string, before int32) int32 {
	n, ok := t.numbers[stem]
	if !ok {
		n = int32(len(t.stems))
		t.numbers[stem] = n
		t.stems = append(t.stems, Stem{})
	}
	t.stems[n].times++
	if before >= 0 {
		t.pairs[pair(before, n)]++
	}
	return n
}

func pair(a, b int32) uint64 { return uint64(a)<<32 | uint64(b) }

// Of is what the text has of the stem with a number.
func (t *Text) Of(number int32) *Stem { return &t.stems[number] }

// How two neighbours stand in the rest of the text.
const (
	Once    uint8 = iota // neither they nor the one that is asked for stands again
	Apart                // the one stands again without the other
	Always               // it stands again, never without the other
	Both                 // both with it and without
	Repeats              // how many there are
)

// RepeatNames are their names.
var RepeatNames = [Repeats]string{"once", "apart", "always together", "both"}

// Repeat tells whether a stem stands with its neighbour elsewhere in the text; a stands before b, asked is the one that is asked for.
func (t *Text) Repeat(a, b, asked int32) uint8 {
	n := t.pairs[pair(a, b)]
	switch alone := t.stems[asked].times > n; {
	case n > 1 && alone:
		return Both
	case n > 1:
		return Always
	case alone:
		return Apart
	}
	return Once
}
