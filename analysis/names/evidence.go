package names

import (
	"strings"
)

// evidence gathers what the text says of places, once.
func (r *reader) evidence() *evidence {
	if r.ev != nil {
		return r.ev
	}
	ev := &evidence{countries: map[string]float64{}}
	for i := 0; i < len(r.words); i++ {
		if m := r.longest(i, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				ev.countries[s.place.Iso2]++
			}
			i = m.last - 1
		}
	}
	r.ev = ev
	return ev
}

// nearest gives the bodies that words may name, best first. Texts repeat their names, so answers are kept.
func (r *reader) nearest(words []int) []choice {
	var key strings.Builder
	for _, i := range words {
		key.WriteString(r.words[i].form)
		key.WriteByte(' ')
	}
	if c, ok := r.asked[key.String()]; ok {
		return c
	}
	c := r.t.linker().nearest(r.partsOf(words), r.evidence(), 3, false)
	if r.asked == nil {
		r.asked = map[string][]choice{}
	}
	r.asked[key.String()] = c
	return c
}

func (r *reader) partsOf(words []int) []part {
	out := make([]part, len(words))
	for n, i := range words {
		w := &r.words[i]
		out[n] = part{form: w.form, elems: w.elements(r.t), upper: w.upper}
	}
	return out
}

// isTown reports whether a word may be a town or a region.
func (w *word) isTown(t *Table) bool {
	for _, e := range w.elements(t) {
		if (e.kind == townElement || e.kind == regionElement || e.kind == joinElement) && e.like == 1 {
			return true
		}
	}
	return false
}
