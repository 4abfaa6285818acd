package names

import (
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/short"
	"kelisim/analysis/names/world"
)

// readShort finds the short names of bodies: what the text itself puts in brackets behind a full name, abbreviations that
// the words of a full name of the same text spell out, and the abbreviations that bodies share, where the text tells
// which one is meant. One short name means one body all through a text.
func (r *reader) readShort(taken []bool, put func(Mention)) {
	means := map[string]Mention{}
	for _, m := range slices.Clone(r.bodies) {
		first, last := r.bracket(m.Last, m.End)
		if last == first {
			continue
		}
		if b := r.exact(wordRange(first, last)); !m.Known && b != nil && (m.Country == "" || m.Country == b.Country) {
			m = r.learn(m, b)
		}
		if key := r.asWritten(first, last); means[key].Key == "" {
			means[key] = m
		}
	}
	for _, m := range r.bodies {
		for _, s := range []string{r.ownWord(m), r.ownRun(m)} {
			if s != "" && means[s].Key == "" {
				means[s] = m
			}
		}
	}
	longest := 0
	for name := range means {
		longest = max(longest, 1+strings.Count(name, " "))
	}
	for i := range r.words {
		w := &r.words[i]
		if taken[i] || !w.upper {
			continue
		}
		for n := min(longest, len(r.words)-i); n > 0; n-- {
			m, ok := means[r.asWritten(i, i+n)]
			if !ok && n == 1 && !r.besideHead(i) {
				m, ok = means[stemKey(w)]
			}
			if !ok || slices.Contains(taken[i:i+n], true) || n > 1 && !r.closed(i, i+n) {
				continue
			}
			if first, last := r.withPerson(i, i+n, taken); !r.ofAnother(first, last, m) {
				put(r.again(m, first, last))
				break
			}
		}
		if taken[i] || !forms.Abbreviated(w.Surface) || w.Kind != analysis.Word || utf8.RuneCountInString(w.Surface) > 8 {
			continue
		}
		first, last := r.withPerson(i, i+1, taken)
		if m, ok := r.spelledOut(i); ok && !r.ofAnother(first, last, m) {
			means[w.Surface] = m
			put(r.again(m, first, last))
		} else if b := r.shared(i); b != nil {
			m := r.mention(b, min(first, r.withInitials(i)), max(last, r.claimAt(i).last), "weak")
			if r.ofAnother(m.First, m.Last, m) {
				m = r.mention(b, r.withInitials(i), r.claimAt(i).last, "weak")
			}
			put(m)
		}
	}
}

// spelledOut finds the body of the text whose full name the abbreviation at word i spells: УдГУ of «Удмуртский государственный
// университет». ok is false where there is none, or more than one; and where it only spells a part of the name, while the table has it for
// another body: АТУ is not «Халықаралық ақпараттық технологиялар университеті».
func (r *reader) spelledOut(i int) (m Mention, ok bool) {
	for ; r.gathered < len(r.bodies); r.gathered++ {
		m := r.bodies[r.gathered]
		if m.Last-m.First < 2 {
			continue
		}
		words := make([]string, 0, m.Last-m.First)
		for k := m.First; k < m.Last; k++ {
			words = append(words, r.words[k].form)
		}
		r.spelt.Add(r.gathered, m.Key, words, func() *short.Known { return r.t.spellingOf(m.Key) })
	}
	n, whole, ok := r.spelt.Of(r.words[i].Surface)
	if !ok || !whole && r.othersHave(i, r.bodies[n].Key) {
		return m, false
	}
	return r.bodies[n], true
}

// othersHave reports whether the table has the abbreviation at word i, and not for a body.
func (r *reader) othersHave(i int, key string) bool {
	c := r.claimAt(i)
	return c != nil && c.first == i && !slices.ContainsFunc(c.of, func(s *spelling) bool { return s.body != nil && s.body.Key == key })
}

// spellingOf is how the table spells a body, nil where it lacks it.
func (t *Table) spellingOf(key string) *short.Known {
	b := t.body[key]
	if b == nil {
		return nil
	}
	if known, ok := t.spelt.Load(b); ok {
		return known.(*short.Known)
	}
	k := short.Knowing(b.Names())
	t.spelt.Store(b, k)
	return k
}

// withPerson is a short name with the person that it is named for, where the text says so: «ГрГУ имени Янки Купалы», «Асфендияров
// атындағы ҚазҰМУ».
func (r *reader) withPerson(first, last int, taken []bool) (int, int) {
	named := func(i int) bool { return i >= 0 && i < len(r.words) && r.words[i].class.sense == eponym }
	from := first
	if named(first - 1) {
		for from--; from > 0 && first-from < reachBare && r.words[from-1].upper; {
			from--
		}
	} else if !named(last) {
		return first, last
	}
	for ; from <= first; from++ {
		if a, ok := r.headlessAt(from); ok {
			if s, _ := r.best(a); s.first <= first && s.last >= last && (named(first-1) && s.first < first || s.last > last+1) && !slices.Contains(taken[s.first:s.last], true) {
				return s.first, s.last
			}
		}
	}
	if !named(last) {
		return first, last
	}
	end := last + 1 // who is named: «им. Ю.А. Гагарина», «имени Янки Купалы»
	for end < len(r.words) && r.words[end].gap <= near && (r.words[end].initial || r.words[end].class.sense == forename) {
		end++
	}
	if end < len(r.words) && r.words[end].gap <= near && r.words[end].upper && !slices.Contains(taken[first:end+1], true) {
		return first, end + 1
	}
	return first, last
}

// ofAnother reports whether words name a person, and a body is named for others.
func (r *reader) ofAnother(first, last int, m Mention) bool {
	names := []world.Told{r.told(wordRange(m.First, m.Last))}
	if b := r.t.body[m.Key]; b != nil {
		names = append(names, r.t.toldOf(b)...)
	}
	return last-first > 1 && r.told(wordRange(first, last)).Another(names)
}

// asWritten is a run of words as the text writes it, which is how a short name is known again.
func (r *reader) asWritten(first, last int) string {
	var b strings.Builder
	for k := first; k < last; k++ {
		b.WriteString(r.words[k].Surface)
		b.WriteByte(' ')
	}
	return strings.TrimSuffix(b.String(), " ")
}

// closed reports whether no mark parts a run of words.
func (r *reader) closed(first, last int) bool {
	return !slices.ContainsFunc(r.words[first+1:last], func(w word) bool { return w.gap > quote })
}

// again is a mention of the same body at other words.
func (r *reader) again(m Mention, first, last int) Mention {
	m.First, m.Last, m.How = first, last, "short"
	m.Start, m.End = r.span(first, last)
	m.Surface = r.x.Source[m.Start:m.End]
	return m
}

// shared takes the one body of those that share the abbreviation at word i which the text is evidence of: its full name, its
// town, its country.
func (r *reader) shared(i int) *world.Body {
	c := r.claimAt(i)
	if c == nil || c.first != i || c.body != nil {
		return nil
	}
	ev := r.evidence()
	best, most := (*world.Body)(nil), 0
	tie := false
	for _, s := range c.of {
		if s.kind != Institution {
			continue
		}
		n := 0
		if len(r.found.Of(s.body.Key)) > 0 {
			n += 4
		}
		if r.namesTownOf(s.body) {
			n += 2
		}
		if r.besideNameOf(i, c.last, s.body) {
			n += 3
		}
		if s.body.Country != Home && ev.Countries[s.body.Country] > 0 {
			n++
		}
		if s.brief && len(c.of) == 1 && r.academic(i, c.last) {
			n++
		}
		switch {
		case n > most:
			best, most, tie = s.body, n, false
		case n == most && n > 0 && s.body != best:
			tie = true
		}
	}
	if tie {
		return nil
	}
	return best
}

// besideNameOf reports whether beside words i to last stands a word with a capital that a body's name has, too: «S. Amanzholov EKU»,
// «Қозыбаев атындағы СҚУ».
func (r *reader) besideNameOf(i, last int, b *world.Body) bool {
	near := map[string]bool{}
	for k := max(0, i-2); k < min(len(r.words), last+3); k++ {
		w := &r.words[k]
		if k >= i && k < last || !w.upper || w.initial || utf8.RuneCountInString(w.form) < minPerson || !r.closed(min(k, i), max(k+1, last)) {
			continue
		}
		for _, s := range r.t.endings.Sounds(w.form) {
			near[s] = true
		}
	}
	return len(near) > 0 && slices.ContainsFunc(b.Names(), func(name string) bool {
		return slices.ContainsFunc(world.NameWords(name), func(w string) bool {
			return utf8.RuneCountInString(w) >= minPerson && near[forms.Sound(forms.Fold(w))]
		})
	})
}

// minPerson is how many letters the name of whom a body is named after has at least.
const minPerson = 5

// academic reports whether what stands beside words i to last is of a body of learning: a title, a head, a branch, another
// body in a list.
func (r *reader) academic(i, last int) bool {
	for k := max(0, i-3); k < min(len(r.words), last+3); k++ {
		if k >= i && k < last {
			continue
		}
		switch r.words[k].class.sense {
		case title, aHead, aBranch, aKnown:
			return true
		}
	}
	return i > 0 && r.found.Ends(i-1) && r.is(andList, i-1) || r.found.Begins(last+1) && last < len(r.words) && r.is(andList, last)
}

// namesTownOf reports whether the text names a body's town.
func (r *reader) namesTownOf(b *world.Body) bool {
	if b.City == "" {
		return false
	}
	if r.heard == nil {
		r.heard = map[string]bool{}
		for i := range r.words {
			if r.words[i].upper {
				for _, s := range r.t.endings.Sounds(r.words[i].form) {
					r.heard[s] = true
				}
			}
		}
	}
	return r.heard[forms.Sound(forms.Fold(b.City))]
}

// learn links all mentions of an unknown name to the institution whose abbreviation stands in brackets behind one:
// «Российская академия народного хозяйства (РАНХиГС)».
func (r *reader) learn(m Mention, b *world.Body) Mention {
	unknown := m.Key
	for _, i := range r.found.Of(unknown) {
		o := r.bodies[i]
		known := r.mention(b, o.First, o.Last, o.How)
		known.Start, known.End, known.Surface = o.Start, o.End, o.Surface
		r.bodies[i] = known
		if o.Start == m.Start {
			m = known
		}
	}
	r.found.Rename(unknown, b.Key)
	return m
}

// ownWord is the one word of a name that tells it from others and so may stand for it elsewhere, in any form: Saxion of «Saxion
// University of Applied Sciences», Анадолу of «Анадолу университеті». "" where there is none, or more than one, and for places and
// persons, which mean themselves. In Cyrillic only a body abroad has one: at home such a word is one of the language («Болашақ»,
// «Туран»), and means much else.
func (r *reader) ownWord(m Mention) string {
	own := ""
	for k := m.First; k < m.Last; k++ {
		w := &r.words[k]
		switch w.class.sense {
		case aHead, anOffice, field, status, conjunction, particle, preposition, stop:
			continue
		case other, abbr, abbrU:
		default:
			return ""
		}
		switch {
		case r.is(descriptorENList, k):
		case w.cyrillic && (m.Country == Home || m.Country == ""):
			return ""
		case !w.upper || own != "" || utf8.RuneCountInString(w.Surface) < 3:
			return ""
		case w.cyrillic && (r.adjective(w.form) || r.echoOf(w).Small):
			return ""
		case r.longest(k, Country, func(s *spelling, _, _ int) bool { return !s.inner }) != nil:
			return "" // «University of Oulu»: Oulu alone is the city
		default:
			own = stemKey(w)
		}
	}
	if m.Last-m.First < 2 {
		return ""
	}
	return own
}

// ownRun is the Latin words, two or more, of a name that has Cyrillic ones beside them: «HEC Montréal» of «школа HEC Montréal».
func (r *reader) ownRun(m Mention) string {
	own := func(k int) bool { return r.words[k].latin && r.words[k].upper && r.words[k].around != analysis.EN }
	first, last := m.First, m.Last
	for first < last && !own(first) {
		first++
	}
	for last > first && !own(last-1) {
		last--
	}
	if last-first < 2 || last-first == m.Last-m.First || !r.closed(first, last) || slices.ContainsFunc(wordRange(first, last), func(k int) bool { return !own(k) }) {
		return ""
	}
	return r.asWritten(first, last)
}

// besideHead reports that a head stands beside a word, which then names another body: «Анадолу агенттігі».
func (r *reader) besideHead(i int) bool {
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(r.words) && r.words[max(i, k)].gap <= quote {
			if s := r.words[k].class.sense; s == aHead || s == anOffice {
				return true
			}
		}
	}
	return false
}

// stemKey is a word in any of its forms.
func stemKey(w *word) string {
	return "~" + w.stem()
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
			if w := &r.words[last]; !w.upper || w.cyrillic && !forms.AllUpper(w.Surface) && forms.Capitals(w.Surface) == "" {
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

// loneAbbr reports whether a run is one abbreviation, of which a signature tells nothing.
func (r *reader) loneAbbr(first, last int) bool {
	s := r.words[first].class.sense
	return last == first+1 && (s == abbr || s == abbrU)
}
