package kazakh

import (
	"hash/maphash"
	"sync/atomic"
)

// The cache keeps the stems of words seen lately: running text repeats itself. A word has two places; a new word takes the first and
// moves what stood there to the second. So the cache is bounded, keeps what is asked for often, and needs no lock.
const cacheSize = 1 << 16 // pairs of places; about 15 MB when full

type cached struct {
	word  string
	stems []string
}

type places [2]atomic.Pointer[cached]

var (
	cache     [cacheSize]places
	cacheSeed = maphash.MakeSeed()
)

func place(word string) *places { return &cache[maphash.String(cacheSeed, word)%cacheSize] }

func (p *places) get(word string) []string {
	for i := range p {
		if c := p[i].Load(); c != nil && c.word == word {
			return c.stems
		}
	}
	return nil
}

func (p *places) put(word string, stems []string) {
	p[1].Store(p[0].Swap(&cached{word, stems}))
}
