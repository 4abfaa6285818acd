package names

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis"
)

// normal is the normalised name of what a pattern found: the same for every inflection.
func (r *reader) normal(f found) string {
	var b strings.Builder
	words := slices.DeleteFunc(slices.Clone(r.wordsOf(f)), func(k int) bool { return r.is("rank", k) })
	for n, i := range words {
		w := &r.words[i]
		s := w.text
		if n > 0 {
			if w.gap == tight && words[n-1] == i-1 {
				b.WriteString(cmp.Or(r.before(i), ""))
			} else if r.words[words[n-1]].initial && w.initial {
				b.WriteString(".")
			} else if r.words[words[n-1]].initial {
				b.WriteString(". ")
			} else {
				b.WriteByte(' ')
			}
		}
		switch {
		case i == f.head && f.lang == analysis.KK:
			s = kazakhHead(f.kind.word)
			if f.core > f.first && f.core == f.head && !f.kind.poss {
				s = f.kind.word
			}
		case i == f.head && f.lang == analysis.RU:
			s = f.kind.word
		case f.lang == analysis.RU && i < f.head:
			s = r.t.nominative(s, f.kind.gender)
		case w.Form == "им":
			s = "имени"
		}
		b.WriteString(s)
	}
	name := b.String()
	return upperOne(name)
}

func upperOne(s string) string {
	for i, r := range s {
		if i == 0 {
			return strings.ToUpper(string(r)) + s[len(string(r)):]
		}
	}
	return s
}

// kazakhHead is a Kazakh head with the possessive that ends a name: университеті, академиясы, орталығы.
func kazakhHead(word string) string {
	switch {
	case strings.HasSuffix(word, "я"):
		return word + "сы"
	case strings.HasSuffix(word, "қ"):
		return strings.TrimSuffix(word, "қ") + "ғы"
	case strings.HasSuffix(word, "п"):
		return strings.TrimSuffix(word, "п") + "бі"
	case word == "институт":
		return word + "ы"
	}
	return word + "і"
}

// nominative gives a Russian adjective in the nominative of a gender: Кильским → Кильский, медицинскую → медицинская.
// Other words stay.
func (t *Table) nominative(s, gender string) string {
	base := s
	for _, x := range t.endings.class["ru-adjective"] {
		if b, ok := strings.CutSuffix(s, x); ok && len(b) > 4 {
			base = b
			break
		}
	}
	if base == s {
		return s
	}
	last, _ := lastRune(base)
	switch gender {
	case "f":
		return base + "ая"
	case "n":
		return base + "ое"
	}
	if t.has("stressed", fold(base)+"ой") {
		return base + "ой"
	}
	if strings.ContainsRune("кгхжшщч", last) {
		return base + "ий"
	}
	return base + "ый"
}
