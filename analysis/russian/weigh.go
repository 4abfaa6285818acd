package russian

import "math"

// A weighing estimates how often each lexeme occurs, and so which reading of a word is meant: expectation maximisation over
// the frequencies of words, with the shares of readings that OpenCorpora's annotated corpus gives as a second witness.
type weighing struct {
	d      *dictionary
	freq   map[string]float64
	tag    []float64 // how often a tag occurs
	sum    []float64 // of a lexeme's tags
	lexeme []float64 // how often a lexeme occurs, in a billion words
	own    []float64 // what the word gave to the lexeme of each reading of it, by the reading's number
	first  []int     // number of a word's first reading
}

const (
	rounds    = 6
	rareness  = 10.0 // what a lexeme that was never met counts
	annotated = 0.7  // how much the annotated corpus counts where it knows the word
)

func weigh(d *dictionary, freq map[string]float64) *weighing {
	w := &weighing{d: d, freq: freq, tag: make([]float64, len(d.tags)), sum: make([]float64, len(d.lexemes)),
		lexeme: make([]float64, len(d.lexemes))}
	id := map[string]int{}
	for i, t := range d.tags {
		id[t] = i
		w.tag[i] = 1
	}
	for _, x := range d.words {
		for tag, share := range d.seen[x.text] {
			if i, ok := id[tag]; ok {
				w.tag[i] += share * math.Sqrt(freq[x.text])
			}
		}
	}
	for i, l := range d.lexemes {
		for _, p := range d.paradigms[l.paradigm] {
			w.sum[i] += w.tag[p.tag]
		}
	}
	n := 0
	for _, x := range d.words {
		w.first = append(w.first, n)
		n += len(x.forms)
	}
	w.own = make([]float64, n)
	for range rounds {
		next, own := make([]float64, len(d.lexemes)), make([]float64, n)
		for k, x := range d.words {
			f := freq[x.text]
			if f == 0 {
				continue
			}
			for i, share := range w.shares(k) {
				next[x.forms[i].lexeme] += f * share
				own[w.first[k]+i] = f * share
			}
		}
		w.lexeme, w.own = next, own
	}
	return w
}

// shares gives each reading of word k its probability. What the word itself gave to a lexeme is no evidence for it: else a name that
// has one form (Вели) would take all of a verb's (вели).
func (w *weighing) shares(k int) []float64 {
	out, _ := w.expect(k)
	return out
}

// expect gives the shares, and how often in a billion words the word is expected of the lexemes' other forms.
func (w *weighing) expect(k int) (shares []float64, often float64) {
	x := w.d.words[k]
	own := map[int32]float64{}
	for i, f := range x.forms {
		own[f.lexeme] += w.own[w.first[k]+i]
	}
	out := make([]float64, len(x.forms))
	total := 0.0
	for i, f := range x.forms {
		tag := w.d.paradigms[w.d.lexemes[f.lexeme].paradigm][f.place].tag
		out[i] = (max(w.lexeme[f.lexeme]-own[f.lexeme], 0) + rareness) * w.tag[tag] / w.sum[f.lexeme]
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	seen := w.d.seen[x.text]
	if seen == nil {
		return out, total
	}
	of := map[string]float64{}
	for i, f := range x.forms {
		of[w.d.tag(f)] += out[i]
	}
	known := 0.0
	met := map[string]bool{}
	for _, f := range x.forms { // in order: the sum must not depend on a map's
		if t := w.d.tag(f); !met[t] {
			met[t] = true
			known += seen[t]
		}
	}
	if known == 0 {
		return out, total
	}
	for i, f := range x.forms {
		t := w.d.tag(f)
		out[i] = (1-annotated)*out[i] + annotated*seen[t]/known*out[i]/of[t]
	}
	return out, total
}
