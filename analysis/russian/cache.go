package russian

import (
	"hash/maphash"
	"sync/atomic"
)

// Running text repeats its words: the last word of each slot is kept with its stems. Slots are few, so memory is bounded, and
// each is read and replaced at once, so no lock is needed.
const slots = 1 << 16

type kept struct {
	word  string
	stems [2]string
	many  int // stems behind the first
}

var (
	memory [slots]atomic.Pointer[kept]
	seed   = maphash.MakeSeed()
)

func hash(word string) uint64 { return maphash.String(seed, word) % slots }

func recall(slot uint64, word string) []string {
	if k := memory[slot].Load(); k != nil && k.word == word {
		return k.stems[: 1+k.many : 1+k.many]
	}
	return nil
}

// mostKept is the longest word, in bytes, that is kept.
const mostKept = 4 * longest

// remember finds the stems of a word and keeps them. Word and stems share one string of their own: they may be pieces of a long
// text, which must not be held in memory.
func remember(slot uint64, word string, find func(string) (first, other string)) []string {
	first, other := find(word)
	k := &kept{}
	text := word + first + other
	k.word = text[:len(word)]
	k.stems[0] = text[len(word) : len(word)+len(first)]
	k.stems[1] = text[len(word)+len(first):]
	if other != "" {
		k.many = 1
	}
	if len(word) <= mostKept {
		memory[slot].Store(k)
	}
	return k.stems[: 1+k.many : 1+k.many]
}
