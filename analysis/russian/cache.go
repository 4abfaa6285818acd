package russian

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync/atomic"
)

// Running text repeats its words: the last word of each slot is kept with its stems. Slots are few, so memory is bounded, and
// each is read and replaced at once, so no lock is needed.
const slots = 1 << 16

type kept struct {
	word  string
	stems []string
}

var (
	memory [slots]atomic.Pointer[kept]
	seed   = maphash.MakeSeed()
)

func hash(word string) uint64 { return maphash.String(seed, word) % slots }

func recall(slot uint64, word string) []string {
	if k := memory[slot].Load(); k != nil && k.word == word {
		return k.stems
	}
	return nil
}

// mostKept is the longest word, in bytes, that is kept.
const mostKept = 4 * longest

func remember(slot uint64, word string, stems []string) []string {
	if len(word) > mostKept {
		return stems
	}
	// Stems may be pieces of the word and the word a piece of a long text: neither must hold it in memory.
	k := &kept{word: strings.Clone(word), stems: slices.Clip(stems)}
	for i, s := range stems {
		if strings.HasPrefix(k.word, s) {
			stems[i] = k.word[:len(s)]
		} else {
			stems[i] = strings.Clone(s)
		}
	}
	memory[slot].Store(k)
	return k.stems
}
