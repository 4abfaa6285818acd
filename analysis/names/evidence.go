package names

import (
	"strings"

	"kelisim/analysis/names/world"
)

// evidence gathers what the text says of places, once.
func (r *reader) evidence() *world.Evidence {
	if r.ev != nil {
		return r.ev
	}
	ev := &world.Evidence{Countries: map[string]float64{}}
	for i := 0; i < len(r.words); i++ {
		if m := r.longest(i, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				ev.Countries[s.place.Iso2]++
			}
			i = m.last - 1
		}
	}
	r.ev = ev
	return ev
}

// nearest gives the bodies that words may name, best first. Texts repeat their names, so answers are kept.
func (r *reader) nearest(words []int, headless bool) []world.Choice {
	var key strings.Builder
	for _, i := range words {
		key.WriteString(r.words[i].form)
		key.WriteByte(' ')
	}
	if headless {
		key.WriteString(leftOut.word)
	}
	if c, ok := r.asked[key.String()]; ok {
		return c
	}
	c := r.t.linker().Nearest(r.partsOf(words, headless), r.evidence(), 3, false)
	if r.asked == nil {
		r.asked = map[string][]world.Choice{}
	}
	r.asked[key.String()] = c
	return c
}

func (r *reader) partsOf(words []int, headless bool) []world.Part {
	out := make([]world.Part, len(words))
	for n, i := range words {
		w := &r.words[i]
		out[n] = world.Part{Form: w.form, Elems: w.elements(r.t), Upper: w.upper}
	}
	if headless {
		w := &word{lexeme: r.t.lexeme(leftOut.word), form: leftOut.word}
		out = append(out, world.Part{Form: w.form, Elems: w.elements(r.t)})
	}
	return out
}

// isTown reports whether a word may be a town or a region.
func (w *word) isTown(t *Table) bool {
	for _, e := range w.elements(t) {
		if (e.Kind == world.TownElement || e.Kind == world.RegionElement || e.Kind == world.JoinElement) && e.Like == 1 {
			return true
		}
	}
	return false
}
