package names

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/world"
)

// match is a run of words that spellings name.
type match struct {
	first, last int
	of          []*spelling
}

// longest finds the longest run from word i that spellings of a kind accept, nil for none.
func (r *reader) longest(i int, kind Kind, fits func(s *spelling, first, last int) bool) *match {
	var best *match
	var walk func(node int32, at int)
	walk = func(node int32, at int) {
		r.words[at].after(r.t, node, func(to int32) {
			if ends := r.t.trie.Ends(to); len(ends) > 0 {
				var of []*spelling
				for _, s := range ends {
					if s.kind == kind && fits(s, i, at+1) {
						of = append(of, s)
					}
				}
				switch {
				case len(of) == 0:
				case best == nil || at+1 > best.last:
					best = &match{i, at + 1, of}
				case at+1 == best.last:
					for _, s := range of {
						if !slices.ContainsFunc(best.of, func(o *spelling) bool { return o.body == s.body && o.place == s.place }) {
							best.of = append(best.of, s)
						}
					}
				}
			}
			next := at + 1
			for next < len(r.words) && r.words[next].initial && r.words[next].gap <= quote {
				next++ // «имени Л.Н. Гумилева»: names are kept without initials
			}
			if next < len(r.words) && r.words[next].gap <= quote {
				walk(to, next)
			}
		})
	}
	if r.words[i].begins&kind.bit() != 0 {
		walk(0, i)
	}
	return best
}

// written reports whether a run of words has the capitals that a spelling must have.
func (r *reader) written(s *spelling, first, last int) bool {
	if s.upper != "" {
		w := r.words[first].Surface
		if s.words == 1 && (forms.AllUpper(w) || forms.Capitals(w) != "" && utf8.RuneCountInString(s.upper) > 3) {
			return beginsWith(&r.words[first], s) // «КАЗНУ», «КазГЮУ» beside «КАЗГЮУ»
		}
		return strings.HasPrefix(w, s.upper)
	}
	if s.kind == Institution && !s.proper {
		return r.words[first].upper
	}
	for i := first; i < last; i++ {
		if !r.words[i].upper {
			continue
		}
		if s.kind != Institution {
			return true
		}
		if w := &r.words[i]; w.Learning == [3]heads.Form{} && !w.initial {
			return true
		}
	}
	return false
}

// beginsWith reports whether a word is an abbreviation with no more than a case ending: КазНАИУ is not КазНАИ, whose у
// would be an ending in small letters.
func beginsWith(w *word, s *spelling) bool {
	rest, ok := strings.CutPrefix(w.form, forms.Fold(s.upper))
	if !ok || rest == "" {
		return ok || w.form != forms.Fold(w.Surface) // letters that only look alike
	}
	if forms.AllUpper(w.Surface) {
		return utf8.RuneCountInString(rest) > 1
	}
	end, _ := utf8.DecodeLastRuneInString(w.Surface)
	return unicode.IsLower(end)
}

// withInitials takes the initials before a name in: «Л.Н.» of «Л.Н. Гумилев атындағы …». A title is one of them only
// before a person: «академик Е. Бөкетов», not «профессор Университета …».
func (r *reader) withInitials(first int) int {
	for first > 0 && r.words[first].gap <= quote && r.words[first-1].initial && !(r.is(rankList, first-1) && (forms.Abbreviated(r.words[first].Surface) || r.words[first].head(r.words[first].lang).Head != nil)) {
		first--
	}
	return first
}

// span gives the bytes of a run of words. A quotation mark whose other half is inside belongs to it: «МИФИ»; so do the sign of a number and
// the full stop of an initial: «№ 45 мектеп», «академика Батпенова Н.Д.».
func (r *reader) span(first, last int) (start, end int) {
	start, end = r.words[first].Start, r.words[last-1].End
	src := r.x.Source
	start = numberSign(src, start)
	if r.words[last-1].initial && strings.HasPrefix(src[end:], ".") {
		end++
	}
	open, shut := 0, 0
	for _, q := range src[start:end] {
		switch q {
		case '«', '“', '„':
			open++
		case '»', '”':
			if open > shut {
				shut++
			} else if s, size := utf8.DecodeLastRuneInString(src[:start]); strings.ContainsRune("«“„", s) {
				start -= size
			}
		}
	}
	if strings.Count(src[start:end], "\"")%2 == 1 {
		if strings.HasPrefix(src[end:], "\"") {
			end++
		} else if strings.HasSuffix(src[:start], "\"") {
			start--
		}
	}
	if open > shut {
		if s, size := utf8.DecodeRuneInString(src[end:]); strings.ContainsRune("»”“", s) {
			end += size
		}
	}
	return start, end
}

// numberSign is where the sign stands that numbers what begins at a byte of a text, or that byte: «№ 45».
func numberSign(src string, start int) int {
	before := strings.TrimRightFunc(src[:start], unicode.IsSpace)
	if n, ok := strings.CutSuffix(before, "№"); ok && len(src[start:]) > 0 && '0' <= src[start] && src[start] <= '9' {
		return len(n)
	}
	return start
}

// claim is a run of words that the table knows, with the body where only one is meant.
type claim struct {
	first, last int
	body        *world.Body
	of          []*spelling
	head        int // its head's word, -1 for none: КазНУ, MIT
}

// readKnown finds the runs that the table knows, the longest at each place. Of two that overlap the longer stays.
func (r *reader) readKnown() {
	r.at = make([]int32, len(r.words))
	for i := range r.words {
		if r.words[i].begins == 0 {
			continue
		}
		m := r.longest(i, Institution, r.written)
		if m == nil {
			continue
		}
		first := m.first
		if r.words[first].gap == tight && first > 0 && strings.ContainsAny(r.before(first), "-‐‑") {
			// «әл-Фараби» begins with its particle; «Горно-Алтайский» is not «Алтайский».
			if !r.is(particleList, first-1) {
				continue
			}
			first--
		}
		c := claim{first: first, last: m.last, of: m.of, body: r.choose(m), head: -1}
		for k := c.first; k < c.last; k++ {
			if r.words[k].head(r.headLang(k)).Head != nil {
				c.head = k
			}
		}
		if c.body != nil && r.elsewhere(c) {
			c.body = nil
		}
		if n := len(r.known); n > 0 && c.first < r.known[n-1].last {
			if c.last-c.first <= r.known[n-1].last-r.known[n-1].first {
				continue
			}
			r.known = r.known[:n-1]
		}
		r.known = append(r.known, c)
	}
	for n, c := range r.known {
		for k := c.first; k < c.last; k++ {
			r.at[k] = int32(n + 1)
			if c.head < 0 && c.body != nil {
				r.words[k].class.sense = aKnown
			}
		}
	}
}

// claimAt gives the known run that word i is in, nil for none.
func (r *reader) claimAt(i int) *claim {
	if r.at[i] == 0 {
		return nil
	}
	return &r.known[r.at[i]-1]
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
		if !r.words[k].upper && k > c.last+1 && !r.is(inList, k) {
			break
		}
	}
	return false
}

// choose takes the institution that a match means, nil where it is not sure.
func (r *reader) choose(m *match) *world.Body {
	var sure *world.Body
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
