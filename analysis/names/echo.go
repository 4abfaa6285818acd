package names

import (
	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// echoes are what the rest of a text tells of a word: how it is written where no sentence begins, and what stands beside it.
// A word is told again by its stem, in whatever case it stands.
type echoes struct {
	small, capital map[string]bool // stems inside sentences
	words          map[string]int
	pairs          map[[2]string]int // neighbours
}

// readEchoes reads the whole text.
func (r *reader) readEchoes() {
	r.echo = echoes{map[string]bool{}, map[string]bool{}, map[string]int{}, map[[2]string]int{}}
	for i := range r.words {
		w := &r.words[i]
		s := w.stem()
		r.echo.words[s]++
		if i > 0 && w.gap < broken {
			r.echo.pairs[[2]string{r.words[i-1].stem(), s}]++
		}
		switch {
		case w.gap > near || w.Kind != analysis.Word || forms.AllUpper(w.Surface):
		case w.upper:
			r.echo.capital[s] = true
		default:
			r.echo.small[s] = true
		}
	}
}

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
	s := r.words[k].stem()
	n := r.echo.pairs[[2]string{r.words[min(k, neighbour)].stem(), r.words[max(k, neighbour)].stem()}]
	switch alone := r.echo.words[s] > n; {
	case n > 1 && alone:
		return both
	case n > 1:
		return always
	case alone:
		return apart
	}
	return once
}
