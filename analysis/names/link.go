package names

import (
	"slices"
	"strings"

	"kelisim/analysis"
)

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
	if k := f.head + 1; f.lang == analysis.RU && k < f.last && r.inQuotes(k) && f.kind.kind != "college" && f.words == nil {
		if b := r.exact(words[k-f.first:]); b != nil {
			return b // «Технический университет «Фрайбергская горная академия»»
		}
	}
	if f.bare > f.first {
		if b := r.exact(words[:f.bare-f.first]); b != nil && r.sameEponym(b, f) {
			if c := r.countryOf(f); c == "" || c == b.Country || r.is("name", f.bare) {
				return b
			}
		}
	}
	if f.lang == analysis.KK && f.words == nil && f.core == f.first && f.head == f.last-1 && f.kind.kind != "college" && f.kind.need == "" {
		if b := r.exact(words[:f.head-f.first]); b != nil && !slices.ContainsFunc(words[:f.head-f.first], func(k int) bool { return !r.words[k].upper }) && (b.Kind == "university" || b.Kind == "institute" || b.Kind == "academy") {
			return b // «Технион институты»
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
