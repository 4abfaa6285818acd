package names

import (
	"slices"

	"kelisim/analysis"
	"kelisim/analysis/names/world"
)

// evidence gathers what the text says of places, once.
func (r *reader) evidence() *world.Evidence {
	if r.ev != nil {
		return r.ev
	}
	ev := &world.Evidence{Countries: map[string]float64{}, Towns: map[int32]bool{}, Named: map[*world.Body]int{}}
	for i := range r.words {
		if w := &r.words[i]; w.upper && w.Kind == analysis.Word {
			for _, n := range w.towns(r.t) {
				ev.Towns[n] = true
			}
		}
	}
	for _, c := range r.known {
		if c.body != nil && r.at[c.first] > 0 {
			ev.Named[c.body]++
			if c.body.Country != Home && c.body.Country != "" {
				ev.Countries[c.body.Country]++
			}
		}
	}
	for i := 0; i < len(r.words); i++ {
		if m := r.longest(i, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				ev.Countries[s.place.Iso2]++
			}
			i = m.last - 1
		}
	}
	r.t.linker().Prepare(ev)
	r.ev = ev
	return ev
}

// nearest gives the bodies that words may name, best first. Texts repeat their names, so answers are kept.
func (r *reader) nearest(words []int, headless bool) []world.Choice {
	r.key = r.key[:0]
	for _, i := range words {
		r.key = append(append(r.key, r.words[i].form...), ' ')
	}
	if headless {
		r.key = append(r.key, leftOut.Word...)
	}
	if c, ok := r.asked[string(r.key)]; ok {
		return c
	}
	c := r.t.linker().Nearest(r.partsOf(words, headless), r.aroundName(words), 3, false)
	if r.asked == nil {
		r.asked = map[string][]world.Choice{}
	}
	r.asked[string(r.key)] = c
	return c
}

// aroundName is what the text says around a name.
func (r *reader) aroundName(words []int) *world.Evidence {
	ev := *r.evidence()
	for _, i := range words {
		if c := r.claimAt(i); c != nil && c.body != nil {
			ev.Inside = c.body
		}
	}
	return &ev
}

// partsOf are words as the linker asks for them. They hold until the next are made.
func (r *reader) partsOf(words []int, headless bool) []world.Part {
	out := r.parts[:0]
	for _, i := range words {
		w, upper := &r.words[i], r.words[i].upper
		if w.class.sense == school {
			w, upper = &word{lexeme: r.t.lexeme(w.demonym), form: w.demonym}, true
		}
		out = append(out, world.Part{Form: w.form, Elems: w.elements(r.t), Upper: upper})
	}
	if headless {
		w := &word{lexeme: r.t.lexeme(leftOut.Word), form: leftOut.Word}
		out = append(out, world.Part{Form: w.form, Elems: w.elements(r.t)})
	}
	r.parts = out
	return out
}

// isTown reports whether a word may be a town or a region.
func (w *word) isTown(t *Table) bool {
	return slices.ContainsFunc(w.elements(t), func(e world.Element) bool {
		return (e.Kind == world.TownElement || e.Kind == world.RegionElement || e.Kind == world.JoinElement) && e.Like == 1
	})
}

// fuller is a name of the text that others may shorten.
type fuller struct {
	world.Told
	key string
	m   Mention
}

// told is what a run of words says in no language. Answers are kept.
func (r *reader) told(words []int) world.Told {
	key := [2]int{words[0], words[len(words)-1]}
	if t, ok := r.said[key]; ok {
		return t
	}
	t := r.t.linker().Told(r.partsOf(words, false), "")
	if r.said == nil {
		r.said = map[[2]int]world.Told{}
	}
	r.said[key] = t
	return t
}

// echoes gives the fuller name of the text that a name is short for, and of how many bodies it may be one: none, one, or two for more.
func (r *reader) echoes(t world.Told) (m Mention, bodies int) {
	key := ""
	for _, i := range r.shorts.Of(t) {
		f := &r.fuller[i]
		if f.key == key {
			continue
		}
		if r.compared++; t.Shortens(f.Told) {
			m, key = f.m, f.key
			if bodies++; bodies == 2 {
				break
			}
		}
	}
	return m, bodies
}

// listen notes the fuller names of a body of the text: as it is written there, and as the table has it.
func (r *reader) listen(m Mention, words []int) {
	written, body := [2]string{m.Key, m.Surface}, [2]string{m.Key}
	if r.listened[written] {
		return
	}
	if r.listened == nil {
		r.listened = map[[2]string]bool{}
	}
	r.hear(r.t.linker().Told(r.partsOf(words, false), m.Country), m)
	if b := r.t.body[m.Key]; b != nil && !r.listened[body] {
		for _, t := range r.t.toldOf(b) {
			r.hear(t, m)
		}
	}
	r.listened[written], r.listened[body] = true, true
}

// hear notes a fuller name.
func (r *reader) hear(t world.Told, m Mention) {
	r.shorts.Add(len(r.fuller), t)
	r.fuller = append(r.fuller, fuller{t, m.Key, m})
}

// toldOf is what the table's names of a body say.
func (t *Table) toldOf(b *world.Body) []world.Told {
	if known, ok := t.said.Load(b); ok {
		return known.([]world.Told)
	}
	var out []world.Told
	for _, name := range []string{b.RU, b.KK, b.EN} {
		var parts []world.Part
		for _, w := range world.NameWords(name) {
			l := word{lexeme: t.lexeme(w), form: w}
			parts = append(parts, world.Part{Form: w, Elems: l.elements(t)})
		}
		if len(parts) > 1 {
			out = append(out, t.linker().Told(parts, b.Country))
		}
	}
	t.said.Store(b, out)
	return out
}
