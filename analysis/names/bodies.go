package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
)

// readBodies finds institutions: names of the table, names that only a pattern finds, then the abbreviations that the
// text itself defines.
func (r *reader) readBodies() {
	known := r.knownNames()
	taken := make([]bool, len(r.words))
	at := make([]*claim, len(r.words)) // the known name that a word is in
	for k := range known {
		for i := known[k].first; i < known[k].last; i++ {
			at[i] = &known[k]
		}
	}
	put := func(m Mention) {
		for k := m.First; k < m.Last; k++ {
			taken[k] = true
		}
		r.bodies = append(r.bodies, m)
	}
	for i := range r.words {
		if taken[i] {
			continue
		}
		for _, f := range r.find(i) {
			if slices.Contains(taken[f.first:f.last], true) {
				continue
			}
			f = r.besideKnown(f, at)
			c := at[f.head]
			if f.how == "list" && !(f.first <= f.head && f.head < f.last && c != nil && c.first <= f.first) {
				put(r.linked(f))
				continue
			}
			if f.how == "list" {
				continue
			}
			if c != nil && c.body != nil && f.core == c.first && f.core > f.first && (!made(c.of) || r.sameEponym(c.body, f)) {
				c.first = f.first // «Шараф Рашидов атындағы Самарқан мемлекеттік университеті»
				continue
			}
			if c != nil && r.keeps(c, f) {
				continue
			}
			if c != nil && c.body != nil && r.onlyStatus(c, f) {
				c.first = f.first // «Национальный исследовательский университет ИТМО»
				continue
			}
			put(r.linked(f))
		}
	}
	for _, c := range known {
		free := true
		for k := c.first; k < c.last; k++ {
			free = free && !taken[k]
		}
		if free && c.body != nil {
			put(r.mention(c.body, r.withFirstName(c.body, r.withInitials(c.first)), c.last, c.how))
		}
	}
	r.weakNames(known, taken, put)
	r.ownNames(taken, put)
}

// withFirstName takes a person's first name in where the table knows it: «Ахмет Ясауи университеті».
func (r *reader) withFirstName(b *body, first int) int {
	if first == 0 || r.words[first].gap > near || !r.words[first-1].upper || r.words[first].initial || len(r.words[first-1].form) < 6 {
		return first
	}
	pair := r.words[first-1].form + " " + r.t.endings.russian(r.words[first].form)
	for _, n := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
		if strings.Contains(fold(n), pair) {
			return first - 1
		}
	}
	return first
}

// claim is a run of words that the table knows, with the body where only one is meant.
type claim struct {
	first, last int
	body        *body
	of          []*spelling
	how         string
}

// knownNames finds the table's names, the longest at each place. Of two that overlap the longer stays.
func (r *reader) knownNames() []claim {
	var out []claim
	for i := 0; i < len(r.words); i++ {
		if len(r.words[i].ids) == 0 {
			continue
		}
		m := r.longest(i, Institution, func(s *spelling, first, last int) bool { return r.written(s, first, last) })
		if m == nil {
			continue
		}
		first := m.first
		if r.words[first].gap == tight && first > 0 && strings.ContainsAny(r.before(first), "-‐‑") {
			// «әл-Фараби» begins with its particle; «Горно-Алтайский» is not «Алтайский».
			if !r.is("particle", first-1) {
				continue
			}
			first--
		}
		c := claim{first: first, last: m.last, of: m.of, how: "alias", body: r.choose(m)}
		if c.body != nil && r.elsewhere(c) {
			continue
		}
		if h := r.words[m.last-1].head(r.headLang(m.last - 1)); h.head != nil && h.plural && !plural(m.of) {
			continue // «Орталық Азия университеттері» are many; lists are read by their pattern
		}
		if n := len(out); n > 0 && c.first < out[n-1].last {
			if c.last-c.first <= out[n-1].last-out[n-1].first {
				continue
			}
			out[n-1] = c
			continue
		}
		out = append(out, c)
	}
	return out
}

// elsewhere reports whether a name that any country may have is given to another country than the table's body:
// «Академия государственного управления при Президенте Республики Беларусь», «Ресейдің Ғылым академиясы».
func (r *reader) elsewhere(c claim) bool {
	for _, s := range c.of {
		if s.proper || s.upper != "" {
			return false
		}
	}
	other := func(k int) bool {
		m := r.longest(k, Country, func(s *spelling, first, last int) bool { return s.how != "city" && r.names(s, first, last) })
		if m == nil {
			return false
		}
		s := r.country(m)
		return s != nil && s.place.Iso2 != c.body.Country
	}
	if c.first > 0 && r.words[c.first].gap <= near && other(c.first-1) {
		return true
	}
	for k := c.last; k < len(r.words) && k < c.last+4 && r.words[k].gap <= near; k++ {
		if r.words[k].lang == analysis.RU && other(k) {
			return true
		}
		if !r.words[k].upper && k > c.last+1 && !r.is("in", k) {
			break
		}
	}
	return false
}

// plural reports whether a spelling itself has a plural head: «Назарбаев Зияткерлік мектептері».
func plural(of []*spelling) bool {
	for _, s := range of {
		for _, end := range []string{"тері", "тары", "лері", "лары", "дері", "дары", "ы", "школы"} {
			if strings.HasSuffix(s.text, end) && !strings.HasSuffix(s.text, "ты") && !strings.HasSuffix(s.text, "сы") {
				return true
			}
		}
	}
	return false
}

// choose takes the institution that a match means, nil where it is not sure.
func (r *reader) choose(m *match) *body {
	var sure *body
	for _, s := range m.of {
		if s.weak {
			continue
		}
		if sure != nil && sure != s.body {
			return nil
		}
		sure = s.body
	}
	return sure
}

// keeps reports whether a known name stands although a pattern sees a longer one around it.
func (r *reader) keeps(c *claim, f found) bool {
	if c.body == nil && len(c.of) > 0 {
		return c.first == f.first && c.last >= f.last
	}
	if c.last > f.last || c.first < f.first {
		return true
	}
	if c.last < f.last {
		return r.lastSame(c, f)
	}
	first := r.withInitials(c.first)
	if first <= f.first {
		return true
	}
	// More to the left: a sentence's first word or a person's name is no part of the institution's.
	if f.first+1 == first && r.starts(f.first) && !r.describing(f.first, f.lang) {
		return true
	}
	proper := 0
	for k := f.first; k < first; k++ {
		if r.words[k].upper && !r.describing(k, f.lang) {
			if r.words[k].surname {
				return true
			}
			proper++
		}
	}
	for k := f.first; k < first; k++ {
		if r.is("particle", k) {
			return false // «Хамад бин Халифа университеті» is not «Халифа университеті»
		}
	}
	return proper > 1 || proper > 0 && f.first > 0 && r.words[f.first].gap <= near && r.listed("title", f.first-1)
}

// lastSame reports whether what a pattern sees to the right of a known name is no part of it: another name.
func (r *reader) lastSame(c *claim, f found) bool {
	if k := c.last; f.last == k+1 && f.lang == analysis.RU && !r.titled(f.head) && !r.placeWord(k, true) && !r.words[k].surname && !r.again(k) {
		return false // «Стамбульский университет Айдын»
	}
	for k := c.last; k < f.last; k++ {
		if !r.words[k].upper || r.is("name", k) || f.lang == analysis.EN {
			return false
		}
		if m := r.longest(k, Country, r.names); m != nil && c.body.Country != "" && !slices.ContainsFunc(m.of, func(s *spelling) bool { return s.place.Iso2 == c.body.Country }) {
			return false // «Высшая школа экономики Хельсинки»
		}
	}
	return true
}

// again reports whether a name stands elsewhere in the text too, so that it may be the next clause's subject: «с Томским
// университетом Шакарим намерен …».
func (r *reader) again(k int) bool {
	w := r.words[k].form
	for n := range r.words {
		if o := r.words[n].form; n != k && r.words[n].upper && (o == w || strings.HasPrefix(o, w) && r.t.endings.ru[o[len(w):]]) {
			return true
		}
	}
	return false
}

// onlyStatus reports whether a pattern sees only status words («ұлттық», «государственный») beyond a known name.
func (r *reader) onlyStatus(c *claim, f found) bool {
	if c.last != f.last || c.first <= f.first {
		return false
	}
	for k := f.first; k < c.first; k++ {
		if !r.listed("status", k) {
			return false
		}
	}
	return true
}
