package names

import (
	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// echoes are what the rest of a text tells of a word: how it is written where no sentence begins, and what stands beside it.
// A word is told again by its stem, in whatever case it stands; stems are numbered.
type echoes struct {
	stems []echo
	pairs map[[2]int32]int // neighbours
}

// echo is what a text has of a stem.
type echo struct {
	small, capital bool // inside sentences
	times          int
}

// readEchoes reads the whole text.
func (r *reader) readEchoes() {
	r.echo = echoes{pairs: make(map[[2]int32]int, len(r.words))}
	number := make(map[string]int32, len(r.words))
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
			r.echo.pairs[[2]int32{r.words[i-1].number, n}]++
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
	n := r.echo.pairs[[2]int32{r.words[min(k, neighbour)].number, r.words[max(k, neighbour)].number}]
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
