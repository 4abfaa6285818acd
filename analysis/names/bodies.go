package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// readBodies finds institutions: names of the table, names that only a pattern finds, then the abbreviations that the
// text itself defines.
func (r *reader) readBodies() {
	known := r.knownNames()
	var taken []bool = make([]bool, len(r.words))
	covers := func(i int) *claim {
		for k := range known {
			if known[k].first <= i && i < known[k].last {
				return &known[k]
			}
		}
		return nil
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
			c := covers(f.head)
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
	for k := c.last; k < f.last; k++ {
		if !r.words[k].upper || r.is("name", k) || f.lang == analysis.EN {
			return false
		}
	}
	return true
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

// made reports whether all spellings are generated, none is the table's.
func made(of []*spelling) bool {
	return !slices.ContainsFunc(of, func(s *spelling) bool { return !s.made })
}

// sameEponym reports whether the person for whom a pattern's name is called may be the one of the table's names, which
// name no other person.
func (r *reader) sameEponym(b *body, f found) bool {
	named := false
	for _, n := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
		low := strings.ToLower(n)
		if strings.Contains(low, "атындағы") || strings.Contains(low, "имени ") || strings.Contains(low, "им. ") {
			named = true
			for k := f.first; k < f.last; k++ {
				if k >= f.core && (f.bare == 0 || k < f.bare) {
					continue
				}
				if w := r.t.endings.russian(r.words[k].form); len(w) > 6 && strings.Contains(low, w) {
					return true
				}
			}
		}
	}
	return !named
}

// linked makes a mention of what a pattern found: of the table's institution where its words are a known name, else
// of an unknown one.
func (r *reader) linked(f found) Mention {
	b := r.link(f)
	if b == nil {
		b = r.alike(f)
	}
	if b != nil {
		return r.mention(b, f.first, f.last, f.how)
	}
	start, end := r.span(f.first, f.last)
	name := r.normal(f)
	return Mention{Kind: Institution, Key: "new:" + name, Name: name, Country: r.countryOf(f), Body: f.kind.kind, Start: start, End: end,
		First: f.first, Last: f.last, Surface: r.x.Source[start:end], How: f.how}
}

// link finds the table's institution for a pattern's words.
func (r *reader) link(f found) *body {
	words := r.wordsOf(f)
	if b := r.exact(words); b != nil {
		return b
	}
	if f.core > f.first {
		if b := r.exact(words[f.core-f.first:]); b != nil && r.sameEponym(b, f) {
			return b
		}
	}
	if f.lang == analysis.KK && f.last > f.head+1 {
		if b := r.exact(words[f.head+1-f.first:]); b != nil {
			return b // «Ұлттық зерттеу ядролық университеті «МИФИ»»
		}
	}
	if f.bare > f.first {
		if b := r.exact(words[:f.bare-f.first]); b != nil && r.sameEponym(b, f) {
			return b
		}
	}
	if f.how == "list" {
		if alone := slices.DeleteFunc(slices.Clone(words), func(k int) bool { return k < f.first || k >= f.last || k == f.head }); len(alone) > 0 {
			if b := r.exact(alone); b != nil {
				return b // «ЕҰУ және Қарағанды университеттері»
			}
		}
		// The shared describing words may belong to the last member alone.
		short := slices.DeleteFunc(slices.Clone(words), func(k int) bool { return k != f.head && !r.words[k].upper })
		if len(short) < len(words) && len(short) > 1 {
			if b := r.exact(short); b != nil {
				return b
			}
		}
	}
	return nil
}

// alike finds the institution whose only telling word sounds like a pattern's: «Билькент университеті» is Bilkent
// University.
func (r *reader) alike(f found) *body {
	word := -1
	for _, k := range r.wordsOf(f) {
		switch {
		case k == f.head:
		case word >= 0 || !r.words[k].upper:
			return nil
		default:
			word = k
		}
	}
	if word < 0 {
		return nil
	}
	for _, s := range r.t.wordSounds(r.words[word].form) {
		if of := r.t.solo[s]; len(of) == 1 && len(s) > 4 {
			if c := r.countryOf(f); c == "" || c == of[0].Country {
				return of[0]
			}
		}
	}
	return nil
}

// exact finds the one institution whose spelling a sequence of words is.
func (r *reader) exact(words []int) *body {
	nodes := []int32{0}
	for _, i := range words {
		if r.words[i].initial {
			continue
		}
		var after []int32
		for _, node := range nodes {
			for _, id := range r.words[i].ids {
				if to, ok := r.t.trie.next[edge{node, id}]; ok {
					after = append(after, to)
				}
			}
		}
		nodes = after
	}
	var sure *body
	for _, node := range nodes {
		if node == 0 {
			return nil
		}
		for _, s := range r.t.trie.ends[node] {
			if s.kind != Institution || s.weak {
				continue
			}
			if sure != nil && sure != s.body {
				return nil
			}
			sure = s.body
		}
	}
	return sure
}

// countryOf gives the country that stands in or right before a name, "" where none does.
func (r *reader) countryOf(f found) string {
	for k := max(0, min(f.first, f.from)-2); k < f.last; k++ {
		if m := r.longest(k, Country, r.names); m != nil {
			if s := r.country(m); s != nil {
				return s.place.Iso2
			}
		}
	}
	return ""
}

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
	for _, p := range r.x.Paragraphs {
		if at < p.First || at >= p.Last {
			continue
		}
		city := sound(strings.ToLower(b.City))
		for i := p.First; i < p.Last; i++ {
			if m := r.longest(i, Country, r.names); m != nil && b.Country != Home {
				if s := r.country(m); s != nil && s.place.Iso2 == b.Country {
					return true
				}
			}
			if city != "" && r.words[i].upper {
				for _, s := range r.t.wordSounds(r.words[i].form) {
					if s == city {
						return true
					}
				}
			}
		}
	}
	return false
}

// ownNames finds the short names that the text defines in brackets behind a full one: «Краков тау-кен-металлургия
// академиясы (AGH)», and all later places that use them.
func (r *reader) ownNames(taken []bool, put func(Mention)) {
	type short struct {
		words []string
		of    Mention
	}
	var defs []short
	for _, m := range slices.Clone(r.bodies) {
		first, last := r.bracket(m.Last, m.End)
		if last == first {
			continue
		}
		var words []string
		for k := first; k < last; k++ {
			words = append(words, r.words[k].Surface)
		}
		defs = append(defs, short{words, m})
	}
	for _, m := range r.bodies {
		if s := r.shortLatin(m); s != "" {
			defs = append(defs, short{[]string{s}, m})
		}
	}
	for i := range r.words {
		for _, d := range defs {
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
