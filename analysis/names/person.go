package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// isPerson reports whether what sounds like a place is a person's name: a surname stands behind it, a first name before it,
// or it is a girl's name that nothing puts in a place.
func (r *reader) isPerson(m *match, s *spelling) bool {
	if s.how == "adj" || m.last-m.first > 1 || r.cityWord(m) {
		return false
	}
	at := m.first > 0 && r.words[m.first].gap <= near && r.is(atList, m.first-1) // «в Софии»
	return !at && r.beforeSurname(m, s) || r.behindName(m, s) ||
		s.how == "city" && !at && r.listed(firstnameList, m.first) && !r.cased("kk-in", m, s)
}

// beforeSurname reports whether a match is the first name of a person: «Қаршыға Ахметов», «Индиана Джонс», «Иран Хамитов».
// Left alone: what has a Kazakh ending of place («Алматыда Ахметов»), and a country before an inflected surname («Ресей
// Путиннің …»).
func (r *reader) beforeSurname(m *match, s *spelling) bool {
	n := m.last
	if n == len(r.words) || r.words[n].gap > near || !r.personal(n) {
		return false
	}
	given, bare := r.given(m.first), r.bare(m, s)
	switch {
	case given:
		return true
	case r.cased("kk-where", m, s):
		return false
	case s.inner, s.risky && r.words[n].latin:
		return true
	case s.how == "city":
		return r.words[n].surname && (bare || r.words[m.first].lang == analysis.RU)
	}
	return bare && r.t.surname(nil, r.words[n].form)
}

// behindName reports whether a match is the surname of a person: «Джек Лондон», «Дж. Лондон», «Дензел Вашингтон».
// Left alone: «Арман Лондонда», which says where Arman is.
func (r *reader) behindName(m *match, s *spelling) bool {
	k := m.first - 1
	if k < 0 || r.words[m.first].gap > near || !r.words[k].upper {
		return false
	}
	if s.risky && r.words[m.first].gap == near && r.bare(m, s) && r.personal(k) && !r.opener(k) {
		return true
	}
	return s.how == "city" && (r.words[k].initial || r.given(k)) && !r.cased("kk-where", m, s)
}

// given reports whether a word is a first name as it stands before a surname: Kazakh bends the last word of a name only,
// Russian all.
func (r *reader) given(i int) bool {
	return r.is(givenList, i) || r.words[i].lang == analysis.RU && r.listed(givenList, i)
}

// personal reports whether a word may be of a person's name.
func (r *reader) personal(i int) bool {
	if i >= len(r.words) {
		return false
	}
	w := &r.words[i]
	return w.upper && !forms.AllUpper(w.Surface) && w.head(w.lang).Head == nil &&
		!r.listed(titleList, i) && !r.is(descriptorENList, i) && !w.kk && !w.ru && !r.placeWord(i, true)
}

// bare reports whether a match is its spelling without an ending.
func (r *reader) bare(m *match, s *spelling) bool { return r.words[m.first].form == forms.Fold(s.text) }

// cased reports whether what a match has beyond its spelling is an ending of a class.
func (r *reader) cased(class string, m *match, s *spelling) bool {
	rest, ok := strings.CutPrefix(r.words[m.last-1].form, forms.Fold(s.text))
	return ok && slices.Contains(r.t.endings.Class[class], rest)
}
