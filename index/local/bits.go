package local

import (
	"iter"
	"math/bits"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// docs is a set of a segment's documents, a bit each. A segment of 100,000 documents takes 12.5 kB, and two sets meet in
// under 2 µs whatever they hold; bleve's packed bitmaps are smaller where few documents are in them, but each step of a
// query allocates a new one.
type docs []uint64

const wordBits = 64 // documents of a word

func wordsFor(n uint32) int { return int(n+wordBits-1) / wordBits }

func (d docs) has(doc uint32) bool { return d[doc/wordBits]>>(doc%wordBits)&1 != 0 }

func (d docs) add(doc uint32) { d[doc/wordBits] |= 1 << (doc % wordBits) }

func (d docs) and(o docs) {
	for i := range d {
		d[i] &= o[i]
	}
}

func (d docs) or(o docs) {
	for i := range d {
		d[i] |= o[i]
	}
}

func (d docs) andNot(o docs) {
	for i := range d {
		d[i] &^= o[i]
	}
}

func (d docs) count() (n int) {
	for _, w := range d {
		n += bits.OnesCount64(w)
	}
	return n
}

func (d docs) empty() bool {
	for _, w := range d {
		if w != 0 {
			return false
		}
	}
	return true
}

// any reports whether one of the documents from first to last is in the set.
func (d docs) any(first, last uint32) bool {
	i, j := first/wordBits, last/wordBits
	low, high := ^uint64(0)<<(first%wordBits), ^uint64(0)>>(wordBits-1-last%wordBits)
	if i == j {
		return d[i]&low&high != 0
	}
	if d[i]&low != 0 || d[j]&high != 0 {
		return true
	}
	for _, w := range d[i+1 : j] {
		if w != 0 {
			return true
		}
	}
	return false
}

// all are the documents, ascending.
func (d docs) all() iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, w := range d {
			for base := uint32(i) * wordBits; w != 0; w &= w - 1 {
				if !yield(base + uint32(bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}

// addAll adds what a bitmap of bleve's holds.
func (d docs) addAll(b *roaring.Bitmap) {
	var buf [256]uint32
	for it := b.ManyIterator(); ; {
		k := it.NextMany(buf[:])
		if k == 0 {
			return
		}
		for _, doc := range buf[:k] {
			d.add(doc)
		}
	}
}

// docsOf is a bitmap of bleve's as a set of n documents.
func docsOf(b *roaring.Bitmap, n uint32) docs {
	d := make(docs, wordsFor(n))
	d.addAll(b)
	return d
}

// scratch is the memory of one search: sets, numbers and readers that live as long as it does. A search takes what it needs
// from a few large pieces and gives all back at once, so that the next one allocates nothing. What a search of an enormous
// query took is not kept.
type scratch struct {
	sets    pieces[uint64]
	numbers pieces[float64]
	clean   pieces[float64] // zeros; whoever takes some gives them back as zeros
	small   pieces[float32]
	readers pieces[reader]
	located pieces[located]
	decoded pieces[uint32]
}

// pieces gives out parts of large slices.
type pieces[T any] struct {
	all  [][]T
	at   int // the piece that parts are cut from
	used int // of it
	sum  int
}

func (p *pieces[T]) take(n, piece int) []T {
	out := p.asIs(n, piece)
	clear(out)
	return out
}

// asIs is a part as it was left.
func (p *pieces[T]) asIs(n, piece int) []T {
	for p.at < len(p.all) && p.used+n > len(p.all[p.at]) {
		p.at, p.used = p.at+1, 0
	}
	if p.at == len(p.all) {
		k := max(n, piece)
		p.all, p.sum = append(p.all, make([]T, k)), p.sum+k
	}
	out := p.all[p.at][p.used : p.used+n : p.used+n]
	p.used += n
	return out
}

func (p *pieces[T]) reset() { p.at, p.used = 0, 0 }

// mark is a place to go back to: what is taken after it is given back.
type mark struct{ at, used int }

func (p *pieces[T]) mark() mark { return mark{p.at, p.used} }

func (p *pieces[T]) back(m mark) { p.at, p.used = m.at, m.used }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// mostKept is how much memory of a search is kept for the next.
const mostKept = 16 << 20 // bytes

func (s *scratch) give() {
	if 8*(s.sets.sum+s.numbers.sum+s.clean.sum)+4*(s.small.sum+s.decoded.sum)+readerSize*s.readers.sum+locatedSize*s.located.sum > mostKept {
		return
	}
	s.sets.reset()
	s.numbers.reset()
	s.clean.reset()
	s.small.reset()
	s.readers.reset()
	s.located.reset()
	s.decoded.reset()
	scratches.Put(s)
}

// set is an empty set of n documents.
func (s *scratch) set(n uint32) docs { return s.sets.take(wordsFor(n), 1<<13) }

// copied is a set like another.
func (s *scratch) copied(of docs) docs {
	out := docs(s.sets.take(len(of), 1<<13))
	copy(out, of)
	return out
}
