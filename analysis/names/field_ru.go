package names

import (
	"slices"

	"kelisim/analysis"
)

// campus gives the end of «в» and a place behind the university of an American state or another country, which belong
// to its name: «Калифорнийский университет в Беркли», «Словацкий технологический университет в Братиславе»; else 0.
func (r *reader) campus(i, left, right int) int {
	if i == 0 || right != i+1 || !r.listed("state", i-1) && !r.national(left, right+1) || right+1 >= len(r.words) || !r.is("in", right) || r.words[right].gap > near || !r.words[right+1].upper || r.words[right+1].gap > near {
		return 0
	}
	for right += 2; right < len(r.words) && r.words[right].upper && r.words[right].gap <= near && (r.words[right].gap == tight || r.onlyPlace(right-1, right+1)); right++ {
	}
	return right
}

// national reports whether a name begins with the adjective of a country, with a capital, in which place k is.
func (r *reader) national(left, k int) bool {
	if k >= len(r.words) || !r.words[left].upper {
		return false
	}
	m := r.longest(left, Country, func(s *spelling, _, _ int) bool { return s.how == "adj" && s.place.Iso2 != Home })
	p := r.longest(k, Country, r.names)
	return m != nil && p != nil && slices.ContainsFunc(p.of, func(s *spelling) bool { return s.place == m.of[0].place })
}

// patron gives the end of «при Президенте Республики …» behind a name, which belongs to it; else 0.
func (r *reader) patron(k int) int {
	if k+2 >= len(r.words) || r.words[k].form != "при" || r.words[k].gap > near || !r.listed("patron", k+1) {
		return 0
	}
	for n := k + 2; n < len(r.words) && n < k+5 && r.words[n].gap <= near && (r.words[n].upper || r.listed("patron", n)); n++ {
		if m := r.longest(n, Country, r.names); m != nil {
			end := m.last
			if end < len(r.words) && r.words[end].gap <= near && r.words[end].upper && r.listed("republic", end) {
				end++ // «Кыргызской Республики»
			}
			return end
		}
	}
	return 0
}

// fieldsOn reports whether the words from k on are fields in the genitive that «и» ends.
func (r *reader) fieldsOn(k int) bool {
	subject := func(n int) bool {
		w := &r.words[n]
		return !w.upper && w.cyrillic && r.genitive(w.form) && (r.describing(n, analysis.RU) || r.t.endings.ends("ru-field", w.form, 2))
	}
	for n := k; subject(k-1) && n+1 < len(r.words) && n < k+6; n++ {
		switch {
		case n > k && r.is("and", n) && r.words[n].gap <= near:
			return subject(n + 1)
		case !subject(n) || r.words[n].gap > comma:
			return false
		}
	}
	return false
}

// genitiveNoun reports whether a word may be a noun in the genitive, by its ending, and no verb.
func (r *reader) genitiveNoun(k int) bool {
	w := &r.words[k]
	return !w.upper && w.gap <= near && !w.Stop && r.t.endings.ends("ru-noun-genitive", w.form, 2) && !r.t.endings.ends("ru-verb", w.form, 2)
}

// field reports whether a word by its ending names a field of study: археологии, хирургии, машиностроения.
func (r *reader) field(k int) bool {
	w := &r.words[k]
	return !w.upper && w.gap <= near && r.t.endings.ends("ru-field", w.form, 2)
}

// untilName gives the word «имени» a few words on, if only words in small letters stand before it that may be in the
// genitive; else 0.
func (r *reader) untilName(k int) int {
	for n := k; n < len(r.words) && n < k+6 && r.words[n].gap <= near; n++ {
		w := &r.words[n]
		switch {
		case r.is("name", n):
			return n
		case w.upper || w.head(analysis.RU).head != nil || r.is("in", n) || w.Stop && !r.is("and", n) || !r.genitive(w.form):
			return 0
		}
	}
	return 0
}
