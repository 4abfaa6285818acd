package names

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/short"
	"kelisim/analysis/names/world"
)

// resolve gives each name its body: the table's that its words name, else an unknown one. A name that is not sure by itself, and
// says less than one other of the text and nothing else, is that one: «Цзяотун университеті» beside «Сиань Цзяотун университеті». Nor is one
// that says less than its body's name, and whose body the text names nowhere else: «Новосібір университеті» of a text that tells of the
// technical one there.
func (r *reader) resolve(names []name) []Mention {
	out, told, sure := make([]Mention, len(names)), make([]world.Told, len(names)), make([]bool, len(names))
	for i, n := range names {
		core, country := r.core(n), r.countryOf(n)
		told[i] = r.t.linker().Told(r.partsOf(core.wordsOf(), n.anchor.headless()), country)
		if len(r.fuller) > 0 && !n.anchor.office() {
			if m, one := r.echoes(r.told(n.wordsOf())); one == 1 {
				out[i], sure[i] = r.again(m, n.first, n.last), true
				continue
			}
		}
		var b *world.Body
		full := true
		if n.anchor.headless() && r.loneAbbr(n.first, n.last) {
			b = r.shared(n.first)
		} else {
			b, full = r.link(n, world.LinkThreshold)
		}
		if b == nil && n.words != nil {
			// A member of a list may have no more of what stands at the list's head than the head: «Мармара, Гази және Баку мемлекеттік
			// университеттері».
			alone := n
			alone.words = append(wordRange(n.first, n.last), n.head)
			b, full = r.link(alone, certain)
		}
		if sure[i] = b != nil && full || n.anchor.office(); b != nil {
			out[i] = r.mention(b, n.first, n.last, "name")
			continue
		}
		start, end := r.span(n.first, n.last)
		normal := r.normal(core)
		out[i] = Mention{Kind: Institution, Key: "new:" + cmp.Or(told[i].Key(country), normal), Name: normal, Country: country,
			Body: n.anchor.kind.Kind, Start: start, End: end, First: n.first, Last: n.last, Surface: r.x.Source[start:end], How: "name"}
	}
	var shorts short.Fuller
	named := map[string]bool{}
	for i := range out {
		shorts.Add(i, told[i])
		named[out[i].Key] = named[out[i].Key] || sure[i]
	}
	for i := range out {
		if sure[i] || out[i].Known && (named[out[i].Key] || r.evidence().Named[r.t.body[out[i].Key]] > 0) {
			continue
		}
		long, one := -1, true
		alike := shorts.Of(told[i])
		for _, j := range alike[:min(len(alike), mostAlike)] {
			if r.compared++; !one {
				break
			}
			if (out[j].Last <= out[i].First || out[i].Last <= out[j].First) && out[j].Listed() && told[i].Shortens(told[j]) {
				one = one && (long < 0 || out[j].Key == out[long].Key || told[long].Shortens(told[j]) || told[j].Shortens(told[long]))
				if long < 0 || len(told[j].Words) > len(told[long].Words) {
					long = int(j)
				}
			}
		}
		if long >= 0 && one {
			m := out[long]
			m.First, m.Last, m.Start, m.End, m.Surface = out[i].First, out[i].Last, out[i].Start, out[i].End, out[i].Surface
			out[i] = m
		}
	}
	return out
}

// mostAlike bounds how many names of a text, the first that have its rarest word, one that is not sure is compared with: a page that
// names one body ten thousand times would cost a hundred million looks. What a text says after five hundred such is lost to it.
const mostAlike = 500

// core is a company's name without the head beside it: «Huawei компаниясы» and «компания Huawei» are Huawei. What does not begin
// with a capital stays.
func (r *reader) core(n name) name {
	c := n
	if !n.anchor.office() || n.anchor.kind.Kind != "company" {
		return n
	}
	switch n.head {
	case n.first:
		c.first++
	case n.last - 1:
		c.last--
	}
	if c.first == n.first && c.last == n.last || c.first >= c.last || !r.words[c.first].upper {
		return n
	}
	c.head, c.words = -1, nil
	return c
}

func (r *reader) mention(b *world.Body, first, last int, how string) Mention {
	start, end := r.span(first, last)
	return Mention{Kind: Institution, Key: b.Key, Name: cmp.Or(b.EN, b.RU, b.KK), Country: b.Country, Body: b.Kind, Start: start, End: end,
		First: first, Last: last, Surface: r.x.Source[start:end], Known: true, How: how}
}

// link finds the table's institution that a name's words name, nil where none has at least a chance. full tells whether they are all that
// its name has.
func (r *reader) link(n name, least float64) (b *world.Body, full bool) {
	words := n.wordsOf()
	if b := cmp.Or(r.exact(words), r.besideKind(n)); b != nil {
		return b, true
	}
	if n.anchor.office() {
		return nil, false
	}
	ev := *r.aroundName(n.wordsOf())
	ev.Country = r.statedCountry(n)
	c := r.t.linker().Nearest(r.partsOf(words, n.anchor.headless()), &ev, 1, false)
	if len(c) == 0 || c[0].Score < least || r.inside(n, c[0].Body) {
		return nil, false
	}
	return c[0].Body, c[0].Full
}

// besideKind finds the body whose name stands beside a head of its own kind: «ASEM LLL Hub желісі», «компания Samsung».
func (r *reader) besideKind(n name) *world.Body {
	words := n.wordsOf()
	switch {
	case n.head < 0 || len(words) < 2:
		return nil
	case words[0] == n.head:
		words = words[1:]
	case words[len(words)-1] == n.head:
		words = words[:len(words)-1]
	default:
		return nil
	}
	if b := r.exact(words); b != nil && b.Kind == n.anchor.kind.Kind {
		return b
	}
	return nil
}

// inside reports whether a name only holds the short name of a body, beside words that tell another one: «Набережночелнинский институт
// КФУ» is not КФУ.
func (r *reader) inside(n name, b *world.Body) bool {
	holds, more := false, false
	for _, k := range n.wordsOf() {
		switch c := r.claimAt(k); {
		case r.words[k].class.sense == eponym:
			return false
		case c != nil && c.head < 0 && c.first >= n.first && c.last <= n.last && slices.ContainsFunc(c.of, func(s *spelling) bool { return s.body == b }):
			holds = true
		case k != n.head:
			more = more || r.telling(k)
		}
	}
	return holds && more
}

// statedCountry gives the country of the town that a name holds, or that stands before it as its owner; "" where neither
// tells.
func (r *reader) statedCountry(n name) string {
	for k := n.first; k < n.last; k++ {
		if m := r.longest(k, Country, r.names); m != nil {
			if s := r.country(m); s != nil && s.how == "city" {
				return s.place.Iso2
			}
		}
	}
	return r.owner(n)
}

// exact finds the one institution whose spelling a sequence of words is.
func (r *reader) exact(words []int) *world.Body {
	nodes := []int32{0}
	for _, i := range words {
		if r.words[i].initial {
			continue
		}
		var after []int32
		for _, node := range nodes {
			r.words[i].after(r.t, node, func(to int32) { after = append(after, to) })
		}
		nodes = after
	}
	var sure *world.Body
	for _, node := range nodes {
		if node == 0 {
			return nil
		}
		for _, s := range r.t.trie.Ends(node) {
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

// countryOf gives the country that a name holds or that its owner is, "" where none is told.
func (r *reader) countryOf(n name) string {
	for k := n.first; k < n.last; k++ {
		if c := r.countryAt(k); c != "" {
			return c
		}
	}
	return r.owner(n)
}

// countryAt gives the country that a run of words from word k names.
func (r *reader) countryAt(k int) string {
	if k < 0 || k >= len(r.words) {
		return ""
	}
	if m := r.longest(k, Country, r.names); m != nil {
		if s := r.country(m); s != nil {
			return s.place.Iso2
		}
	}
	return ""
}

// owner gives the country beside a name that the body is of: «Германияның …», «польский Университет …», «Университет …
// Германии», «… (Польша)»; never the word before that belongs to something else («Қытайлық кәсіпкерлер …»).
func (r *reader) owner(n name) string {
	if k := n.last; k < len(r.words) && (strings.HasSuffix(strings.TrimSpace(r.before(k)), "(") || r.words[k].gap == comma || n.anchor.in(inRussian) && r.words[k].gap <= near && r.words[k].upper) {
		if c := r.countryAt(k); c != "" && (r.words[k].gap >= comma || !r.adjective(r.words[k].form)) {
			return c
		}
	}
	k := n.first - 1
	if k < 0 || r.words[n.first].gap > quote {
		return ""
	}
	w := &r.words[k]
	for k > 0 && r.words[k].gap <= near && r.countryAt(k) == "" && r.countryAt(k-1) != "" {
		k-- // «Оңтүстік Кореяның», «АҚШ-тың»
	}
	switch {
	case !w.cyrillic, w.lang == analysis.KK && (w.Suffix != "" || w.people || r.t.endings.Ends("kk-possessor", w.form, 3)),
		w.lang == analysis.RU && r.adjective(w.Form) && r.t.endings.CasesOf(w.Form)&n.anchor.kind.Cases != 0:
		return r.countryAt(k)
	}
	return ""
}

// normal is the normalised name of an unknown institution: the same for every inflection.
func (r *reader) normal(n name) string {
	var b strings.Builder
	words := slices.DeleteFunc(slices.Clone(n.wordsOf()), func(k int) bool { return r.is(rankList, k) })
	for p, i := range words {
		w := &r.words[i]
		s := w.text
		if p > 0 {
			before := &r.words[words[p-1]]
			switch {
			case w.gap == tight && words[p-1] == i-1:
				b.WriteString(r.before(i))
			case before.initial && w.initial:
				b.WriteString(".")
			case before.initial:
				b.WriteString(". ")
			default:
				b.WriteByte(' ')
			}
		}
		switch {
		case i == n.head && n.anchor.in(inKazakh):
			if n.anchor.kind.Poss || n.anchor.kind.Plural {
				s = forms.Possessed(n.anchor.kind.Word)
			} else {
				s = n.anchor.kind.Word
			}
		case i == n.head && n.anchor.in(inRussian):
			s = n.anchor.kind.Word
		case n.anchor.in(inRussian) && (i < n.head || n.anchor.headless()):
			s = r.t.endings.Nominative(s, n.anchor.kind.Gender, r.stressed)
		case w.Form == "им":
			s = "имени"
		}
		b.WriteString(s)
	}
	if n.anchor.headless() {
		b.WriteString(" " + leftOut.Word)
	}
	return forms.UpperOne(b.String())
}

// stressed reports whether a Russian adjective ends in -ой.
func (r *reader) stressed(form string) bool { return r.t.has(stressedList, form) }
