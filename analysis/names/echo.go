package names

import (
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// echoes are what the rest of a text tells of a word: how it is written where no sentence begins, and what stands beside it.
// A word is told again by its stem, in whatever case it stands; stems are numbered.
type echoes struct {
	stems   []echo
	numbers map[string]int32 // stem → its place in stems
	pairs   map[uint64]int32 // neighbours → times
}

// rooms are echoes of texts that were read; making their maps anew for each text is a tenth of what reading it allocates.
var rooms = sync.Pool{New: func() any {
	return &echoes{numbers: map[string]int32{}, pairs: map[uint64]int32{}}
}}

// mostKept bounds the echoes that are kept: maps keep their size, and clearing them costs it.
const mostKept = 4000 // words

// leave gives the echoes back.
func (r *reader) leave() {
	if len(r.words) <= mostKept {
		clear(r.echo.numbers)
		clear(r.echo.pairs)
		r.echo.stems = r.echo.stems[:0]
		rooms.Put(r.echo)
	}
	r.echo = nil
}

// echo is what a text has of a stem.
type echo struct {
	small, capital bool // inside sentences
	times          int32
}

// readEchoes reads the whole text.
func (r *reader) readEchoes() {
	r.echo = rooms.Get().(*echoes)
	number := r.echo.numbers
	for i := range r.words {
		w := &r.words[i]
		s := w.stem()
		n, ok := number[s]
		if !ok {
			n = int32(len(r.echo.stems))
			number[s] = n
			r.echo.stems = append(r.echo.stems, echo{})
		}
		w.number = n
		e := &r.echo.stems[n]
		e.times++
		if i > 0 && w.gap < broken {
			r.echo.pairs[pair(r.words[i-1].number, n)]++
		}
		switch {
		case w.gap > near || w.Kind != analysis.Word || forms.AllUpper(w.Surface):
		case w.upper:
			e.capital = true
		default:
			e.small = true
		}
	}
}

func pair(a, b int32) uint64 { return uint64(a)<<32 | uint64(b) }

// echoOf is what the text has of a word's stem.
func (r *reader) echoOf(w *word) *echo { return &r.echo.stems[w.number] }

func (w *word) stem() string { return w.Terms[0] }

// How two neighbours stand in the rest of the text.
const (
	once   uint8 = iota // neither they nor the one that is asked for stands again
	apart               // the one stands again without the other
	always              // it stands again, never without the other
	both                // both with it and without
	repeats
)

var repeatNames = [repeats]string{"once", "apart", "always together", "both"}

// repeatOf tells whether word k stands with its neighbour elsewhere in the text: before it, or behind.
func (r *reader) repeatOf(k, neighbour int) uint8 {
	if min(k, neighbour) < 0 || max(k, neighbour) >= len(r.words) || r.words[max(k, neighbour)].gap == broken {
		return once
	}
	n := r.echo.pairs[pair(r.words[min(k, neighbour)].number, r.words[max(k, neighbour)].number)]
	switch alone := r.echoOf(&r.words[k]).times > n; {
	case n > 1 && alone:
		return both
	case n > 1:
		return always
	case alone:
		return apart
	}
	return once
}
