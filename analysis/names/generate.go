package names

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis"
)

// newName is the normalised name in the key of an unknown institution.
func newName(key string) string { return strings.TrimPrefix(key, "new:") }

// variant is a spelling that follows from one of the table's.
type variant struct {
	body  *body
	words [][]string
	name  string
}

// generate adds spellings that follow from the table's: without the person it is called for, without status words, and
// with a city as adjective for the city in the genitive («Венский университет»: «Университет Вены») and the other way
// round. One that two bodies could have, or that the table gives to another body, is left out.
func (t *Table) generate() {
	var all []variant
	t.seats = map[*place][]seat{}
	defer func() { t.seats = nil }()
	for _, b := range t.bodies {
		for _, name := range append([]string{b.KK, b.RU}, b.Aliases...) {
			if cyrillic(name) {
				all = append(all, t.variants(b, name)...)
			}
		}
		toks := t.nameTokens(b.EN) // «Buketov Karaganda University» of «… National Research University»
		if rest := t.withoutStatus(toks); len(rest) < len(toks) && t.tells(rest) {
			all = append(all, variant{b, t.kazakhKeys(rest), join(rest)})
		}
	}
	owner := map[string]*body{}
	clash := map[string]bool{}
	for _, v := range all {
		if o := owner[v.name]; o != nil && o != v.body {
			clash[v.name] = true
		}
		owner[v.name] = v.body
	}
	for _, v := range all {
		if !clash[v.name] && !t.taken(v) {
			t.trie.add(v.words, &spelling{text: v.name, kind: Institution, body: v.body, words: len(v.words), made: true, proper: true})
		}
	}
}

// learnSolo collects universities with one telling word in some language, by its sound: Билькент, Bilkent.
func (t *Table) learnSolo() {
	t.solo = map[string][]*body{}
	for _, b := range t.bodies {
		if b.Kind != "university" || b.Country == Home {
			continue
		}
		for _, n := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
			word := ""
			for i, w := range t.nameTokens(n) {
				switch {
				case t.isHead(w.Form) || t.has("particle", w.Form):
				case word != "" || !t.distinctive(w, i):
					word = "-"
				default:
					word = w.Form
				}
			}
			if word == "" || word == "-" {
				continue
			}
			if s := sound(word); !slices.Contains(t.solo[s], b) {
				t.solo[s] = append(t.solo[s], b)
			}
		}
	}
}

// taken reports whether the table gives a spelling to another body.
func (t *Table) taken(v variant) bool {
	nodes := []int32{0}
	for _, keys := range v.words {
		var after []int32
		for _, n := range nodes {
			for _, k := range keys {
				if to, ok := t.trie.next[edge{n, t.trie.ids[k]}]; ok {
					after = append(after, to)
				}
			}
		}
		nodes = after
	}
	for _, n := range nodes {
		if slices.ContainsFunc(t.trie.ends[n], func(s *spelling) bool { return s.kind == Institution && s.body != v.body }) {
			return true
		}
	}
	return false
}

func (t *Table) variants(b *body, name string) []variant {
	toks := t.nameTokens(name)
	if len(toks) < 2 {
		return nil
	}
	kk := t.kazakhHead(t.endings.kazakh(toks[len(toks)-1].Form))
	var out []variant
	put := func(words []analysis.Token, keys func([]analysis.Token) [][]string) {
		if len(words) < 2 || len(words) == len(toks) {
			return
		}
		var s []string
		for _, w := range words {
			s = append(s, w.Form)
		}
		out = append(out, variant{b, keys(words), strings.Join(s, " ")})
	}
	out = append(out, t.seatVariants(b, toks)...)
	if kk.head != nil && kk.poss {
		for i, w := range toks {
			if w.Form == "атындағы" && b.Kind == "university" {
				put(append(slices.Clone(toks[:i]), toks[len(toks)-1]), t.kazakhKeys)
				put(append(slices.Clone(toks[:i+1]), toks[len(toks)-1]), t.kazakhKeys)
			}
			if w.Form == "атындағы" && t.tells(toks[i+1:]) {
				put(toks[i+1:], t.kazakhKeys)
				put(t.withoutStatus(toks[i+1:]), t.kazakhKeys)
			}
		}
		if rest := t.withoutStatus(toks); t.tells(rest) {
			put(rest, t.kazakhKeys)
		}
		return append(out, t.peopleVariants(b, toks)...)
	}
	if kazakhOnly(name) {
		return nil
	}
	for i, w := range toks {
		if w.Form == "имени" && t.tells(toks[:i]) {
			put(toks[:i], t.russianKeys)
		}
		if w.Form == "имени" && b.Kind == "university" && t.isHead(toks[i-1].Form) {
			put(append(slices.Clone(toks[i-1:i]), toks[i+1:]...), t.russianKeys)
			put(toks[i-1:], t.russianKeys)
		}
	}
	if rest := t.withoutStatus(toks); t.tells(rest) {
		put(rest, t.russianKeys)
	}
	return append(out, t.cityVariants(b, toks)...)
}

// tells reports whether a shortened name still has two words that tell it from others beside its head.
func (t *Table) tells(words []analysis.Token) bool {
	n, proper := 0, 0
	for i, w := range words {
		if !t.isHead(w.Form) {
			n++
			if t.distinctive(w, i) {
				proper++
			}
		}
	}
	return n > 1 && proper > 0
}

func (t *Table) withoutStatus(words []analysis.Token) []analysis.Token {
	return slices.DeleteFunc(slices.Clone(words), func(w analysis.Token) bool {
		return t.has("status", w.Form) || t.has("status", "~"+t.endings.russian(w.Form))
	})
}

func (t *Table) kazakhKeys(words []analysis.Token) [][]string {
	out := make([][]string, len(words))
	for i, w := range words {
		out[i] = []string{"=" + plain(w.Form)}
		if i == len(words)-1 && cyrillic(w.Form) {
			out[i] = t.lastKeys(w.Form)
		}
	}
	return out
}

func (t *Table) russianKeys(words []analysis.Token) [][]string {
	out := make([][]string, len(words))
	for i, w := range words {
		out[i] = []string{"=" + plain(w.Form)}
		if cyrillic(w.Form) {
			out[i] = []string{"r" + t.endings.russian(w.Form)}
		}
	}
	return out
}

// cityVariants turns the city of a Russian name from adjective to genitive and back.
func (t *Table) cityVariants(b *body, toks []analysis.Token) []variant {
	p := t.place[b.Country]
	if p == nil {
		return nil
	}
	first, last := toks[0], toks[len(toks)-1]
	start, end := t.endings.russian(first.Form), t.endings.russian(last.Form)
	for _, city := range t.citiesOf(p) {
		c := city.name
		switch {
		case slices.Contains(city.stems, start):
			words := append(t.russianKeys(toks[1:]), []string{"r" + city.base})
			return []variant{{b, words, join(toks[1:]) + " " + c}}
		case end == city.base:
			var keys []string
			for _, s := range city.stems {
				keys = append(keys, "r"+s)
			}
			words := append([][]string{keys}, t.russianKeys(toks[:len(toks)-1])...)
			return []variant{{b, words, c + " " + join(toks[:len(toks)-1])}}
		}
	}
	return nil
}

// peopleVariants turns the country that begins a Kazakh name into its people and back: «Моңғолия ұлттық университеті»,
// «Моңғол ұлттық университеті».
func (t *Table) peopleVariants(b *body, toks []analysis.Token) []variant {
	p := t.place[b.Country]
	if p == nil || b.Country == Home || len(toks) < 3 {
		return nil
	}
	names := append(append([]string{p.KK}, p.AdjKK...), p.AdjKKWeak...)
	var out []variant
	for _, n := range names {
		if fold(n) != toks[0].Form {
			continue
		}
		for _, o := range names {
			if o != n && !strings.ContainsRune(o, ' ') && !t.endings.ends("kk-made", fold(o), 2) {
				words := append([][]string{{"=" + fold(o)}}, t.kazakhKeys(toks[1:])...)
				out = append(out, variant{b, words, fold(o) + " " + join(toks[1:])})
			}
		}
	}
	return out
}

// seatVariants gives the Russian and Kazakh names of a university abroad that is called for its city and nothing more,
// as its Kazakh name tells: «Падуя университеті» is «Университет Падуи» and «Падуанский университет».
func (t *Table) seatVariants(b *body, toks []analysis.Token) []variant {
	p := t.place[b.Country]
	n := len(toks)
	if p == nil || b.Country == Home || b.Kind != "university" {
		return nil
	}
	if h := t.kazakhHead(t.endings.kazakh(toks[n-1].Form)); h.head == nil || h.word != "университет" {
		return nil
	}
	if n > 2 && toks[n-3].Form != "атындағы" {
		return nil // «Гиссен университеті» of «Юстус Либих атындағы Гиссен университеті»
	}
	name := toks[n-2].Form
	out := []variant{{b, t.kazakhKeys(toks[n-2:]), join(toks[n-2:])}}
	for _, city := range t.citiesOf(p) {
		if city.name != name && city.kk != name {
			continue
		}
		var keys []string
		for _, s := range city.stems {
			keys = append(keys, "r"+s)
		}
		out = append(out,
			variant{b, [][]string{{"r" + t.endings.russian("университет")}, {"r" + city.base}}, "университет " + city.name},
			variant{b, [][]string{keys, {"r" + t.endings.russian("университет")}}, city.name + " университет"})
	}
	return out
}

// seat is a city as Russian names have it: its genitive's base, and what its adjectives begin with.
type seat struct {
	name, kk, base string
	stems          []string
}

func (t *Table) citiesOf(p *place) []seat {
	if s, ok := t.seats[p]; ok {
		return s
	}
	out := []seat{}
	put := func(name, kk string, adj []string) {
		name, kk = fold(strings.TrimPrefix(name, "!")), fold(strings.TrimPrefix(kk, "!"))
		if kazakhOnly(name) || utf8.RuneCountInString(name) < 3 || strings.ContainsAny(name, " -") {
			return
		}
		if i := slices.IndexFunc(out, func(s seat) bool { return s.name == name }); i >= 0 {
			out[i].kk = cmp.Or(out[i].kk, kk)
			out[i].stems = append(out[i].stems, adj...)
			return
		}
		out = append(out, seat{name, kk, t.endings.russian(name), append(cityAdjectives(name), adj...)})
	}
	for _, c := range append(slices.Clone(p.CapitalRU), p.Cities...) {
		put(c, "", nil)
	}
	for _, c := range p.More {
		for _, ru := range c.ru {
			put(ru, c.kk, c.adj)
		}
	}
	var adj []string
	for _, a := range p.AdjRU {
		adj = append(adj, t.endings.russian(fold(a)))
	}
	put(p.RU, p.KK, adj) // «Национальный университет Монголии», «Монгольский национальный университет»
	t.seats[p] = out
	return out
}

func join(toks []analysis.Token) string {
	s := make([]string, len(toks))
	for i, w := range toks {
		s[i] = w.Form
	}
	return strings.Join(s, " ")
}
