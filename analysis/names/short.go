package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// weakNames takes weak spellings where there is other evidence for one of the bodies they may mean: its full name in
// the same text, or its city or country in the same paragraph.
func (r *reader) weakNames(known []claim, taken []bool, put func(Mention)) {
	sure := map[*body]bool{}
	for _, m := range r.bodies {
		if b := r.t.body[m.Key]; b != nil {
			sure[b] = true
		}
	}
	for _, c := range known {
		if c.body != nil || len(c.of) == 0 || slices.Contains(taken[c.first:c.last], true) {
			continue
		}
		var full, near []*body
		for _, s := range c.of {
			switch {
			case sure[s.body]:
				full = append(full, s.body)
			case r.nearby(s.body, c.first):
				near = append(near, s.body)
			}
		}
		pick := full
		if len(pick) == 0 {
			pick = near
		}
		if len(pick) == 1 {
			put(r.mention(pick[0], r.withInitials(c.first), c.last, "weak"))
		}
	}
}

// nearby reports whether a body's country (if it is not home) or city stands in the paragraph of a word.
func (r *reader) nearby(b *body, at int) bool {
	k, ok := slices.BinarySearchFunc(r.x.Paragraphs, at, func(p analysis.Paragraph, at int) int { return p.Last - 1 - at })
	if !ok && k == len(r.x.Paragraphs) {
		return false
	}
	seen := r.around(k)
	return b.Country != Home && seen["country "+b.Country] || b.City != "" && seen["city "+sound(strings.ToLower(b.City))]
}

// around gives the countries of a paragraph and the sounds of its words with capitals, which may be cities.
func (r *reader) around(k int) map[string]bool {
	if r.nears == nil {
		r.nears = map[int]map[string]bool{}
	}
	if seen, ok := r.nears[k]; ok {
		return seen
	}
	seen := map[string]bool{}
	p := r.x.Paragraphs[k]
	for i := p.First; i < p.Last; i++ {
		if m := r.longest(i, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				seen["country "+s.place.Iso2] = true
			}
		}
		if r.words[i].upper {
			for _, s := range r.t.wordSounds(r.words[i].form) {
				seen["city "+s] = true
			}
		}
	}
	r.nears[k] = seen
	return seen
}

// ownNames finds the short names that the text defines in brackets behind a full one: «Краков тау-кен-металлургия
// академиясы (AGH)», and all later places that use them.
func (r *reader) ownNames(taken []bool, put func(Mention)) {
	type short struct {
		words []string
		of    Mention
	}
	defs := map[string][]short{} // by their first word
	define := func(words []string, m Mention) {
		for _, d := range defs[words[0]] {
			if slices.Equal(d.words, words) {
				return
			}
		}
		defs[words[0]] = append(defs[words[0]], short{words, m})
	}
	for _, m := range slices.Clone(r.bodies) {
		first, last := r.bracket(m.Last, m.End)
		if last == first {
			continue
		}
		var words []string
		for k := first; k < last; k++ {
			words = append(words, r.words[k].Surface)
		}
		if b := r.exact(wordRange(first, last)); !m.Known && b != nil && (m.Country == "" || m.Country == b.Country) {
			m = r.learn(m, b)
		}
		define(words, m)
	}
	for _, m := range r.bodies {
		if s := r.shortLatin(m); s != "" {
			define([]string{s}, m)
		}
	}
	for i := range r.words {
		for _, d := range defs[r.words[i].Surface] {
			if i+len(d.words) > len(r.words) || slices.Contains(taken[i:i+len(d.words)], true) {
				continue
			}
			same := true
			for k, w := range d.words {
				if r.words[i+k].Surface != w || k > 0 && r.words[i+k].gap > quote {
					same = false
					break
				}
			}
			if !same {
				continue
			}
			m := d.of
			m.First, m.Last = i, i+len(d.words)
			m.Start, m.End = r.span(m.First, m.Last)
			m.Surface, m.How = r.x.Source[m.Start:m.End], "alias"
			put(m)
			break
		}
	}
}

// learn links all mentions of an unknown name to the institution whose abbreviation stands in brackets behind one:
// «Российская академия народного хозяйства (РАНХиГС)».
func (r *reader) learn(m Mention, b *body) Mention {
	for i, o := range r.bodies {
		if o.Key == m.Key {
			known := r.mention(b, o.First, o.Last, o.How)
			known.Start, known.End, known.Surface = o.Start, o.End, o.Surface
			r.bodies[i] = known
			if o.Start == m.Start {
				m = known
			}
		}
	}
	return m
}

func wordRange(first, last int) []int {
	out := make([]int, 0, last-first)
	for k := first; k < last; k++ {
		out = append(out, k)
	}
	return out
}

// shortLatin is the one word of a Latin name that tells it from others and so may stand for it later: Saxion of «Saxion
// University of Applied Sciences». "" where there is none, or more than one.
func (r *reader) shortLatin(m Mention) string {
	short := ""
	for k := m.First; k < m.Last; k++ {
		w := &r.words[k]
		switch {
		case !w.latin:
			return ""
		case r.is("descriptor-en", k) || r.is("particle", k) || w.headEN.head != nil:
		case !w.upper || short != "" || utf8.RuneCountInString(w.Surface) < 3:
			return ""
		case r.longest(k, Country, func(s *spelling, _, _ int) bool { return !s.inner }) != nil:
			return "" // «University of Oulu»: Oulu alone is the city
		default:
			short = w.Surface
		}
	}
	if m.Last-m.First < 2 {
		return ""
	}
	return short
}

// bracket gives the words of a short name in brackets right behind a mention, none where what stands there is none.
func (r *reader) bracket(last, end int) (int, int) {
	if last >= len(r.words) {
		return 0, 0
	}
	between := strings.TrimSpace(r.x.Source[end:r.words[last].Start])
	between = strings.TrimLeft(between, "»”\"")
	if i := strings.IndexByte(between, '('); i < 0 || i > 14 || strings.ContainsAny(between[:i], ",.;:") {
		return 0, 0
	}
	for k := last; k < len(r.words) && k-last < 4; k++ {
		w := &r.words[k]
		if k > last && w.gap > quote {
			return 0, 0
		}
		after := r.x.Source[w.SuffixEnd:min(len(r.x.Source), w.SuffixEnd+4)]
		if strings.HasPrefix(strings.TrimLeft(after, "»”\""), ")") {
			if w := &r.words[last]; !w.upper || w.cyrillic && !allUpper(w.Surface) && capitals(w.Surface) == "" {
				return 0, 0 // «Калифорния университеті (Беркли)» tells where
			}
			if r.longest(last, Country, r.names) != nil {
				return 0, 0 // «Бухарестте (Румыния)»
			}
			return last, k + 1
		}
	}
	return 0, 0
}
