package kazakh

import (
	"hash/maphash"
	"sync/atomic"
)

// The cache keeps the stems of words seen lately: running text repeats itself. A word has one place, where the next word with the
// same hash ousts it, so the cache is bounded and needs no lock.
const cacheSize = 1 << 16 // places, about 8 MB when full

type cached struct {
	word  string
	stems []string
}

var (
	cache     [cacheSize]atomic.Pointer[cached]
	cacheSeed = maphash.MakeSeed()
)

func place(word string) *atomic.Pointer[cached] {
	return &cache[maphash.String(cacheSeed, word)%cacheSize]
}
