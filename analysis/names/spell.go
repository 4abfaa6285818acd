package names

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/outlets"
	"kelisim/analysis/names/trie"
	"kelisim/analysis/names/world"
)

// noPlace is the kind of spellings that keep a place's name from being evidence.
const noPlace Kind = "phrase"

func (k Kind) bit() uint8 {
	switch k {
	case Country:
		return 1
	case Institution:
		return 2
	}
	return 4
}

// spelling is one way to write a name.
type spelling struct {
	text   string
	kind   Kind
	place  *countries.Country
	body   *world.Body
	words  int
	how    string // of a country: name, adj, city
	upper  string // the spelling's capitals must stand so in the text: ОҚУ is no оқу; "" where only the first must
	weak   bool   // counts only with other evidence
	brief  bool   // weak because it is short only
	made   bool   // a guess: an adjective of a town
	risky  bool   // also a common word
	inner  bool   // counts only inside an institution's name
	proper bool   // has a word that tells it from others, which must have a capital
}

// A word of a text has several keys in the trie: the form itself, its Kazakh bases (only the last word of a Kazakh name is inflected), and
// what its Russian forms have in common (every word of a Russian name is inflected).

// put puts a spelling in under a sequence of words. A body or place stands once where a spelling ends.
func (t *Table) put(words [][]string, s *spelling) {
	t.trie.Add(words, s.kind.bit(), func(at []*spelling) []*spelling {
		has := slices.IndexFunc(at, func(o *spelling) bool { return o.body == s.body && o.place == s.place })
		switch {
		case has < 0:
			return append(at, s)
		case at[has].weak && !s.weak:
			*at[has] = *s
		}
		return at
	})
}

// build makes the trie and the indexes out of the rows.
func (t *Table) build() {
	t.trie = trie.New[*spelling]()
	t.tokens = map[string][]analysis.Token{} // most names are split several times while building
	defer func() { t.tokens = nil }()
	t.learnWords()
	t.surnames = t.list(surnameList)
	t.place = map[string]*countries.Country{}
	t.body = map[string]*world.Body{}
	t.outlet = map[string]*outlets.Outlet{}
	t.peoples, t.adjectives, t.weak = map[string]bool{}, map[string]bool{}, map[string]*spelling{}
	for _, p := range t.places {
		for _, a := range append(slices.Clone(p.AdjRU), p.AdjRUWeak...) {
			t.adjectives[forms.Fold(a)] = true
		}
	}
	for _, p := range t.places {
		for _, a := range append(append(slices.Clone(p.AdjKK), p.AdjKKWeak...), p.KK) {
			t.peoples[forms.Fold(a)] = true
		}
		t.place[p.Iso2] = p
		t.spellPlace(p)
	}
	for _, b := range t.bodies {
		t.body[b.Key] = b
		t.spellBody(b)
	}
	t.joinWorld()
	for _, s := range t.shorts {
		if b := t.body[s[0]]; b != nil {
			for _, n := range forms.Split(s[1]) {
				t.spellName(n, b, true)
			}
		}
	}
	for _, p := range t.phrases {
		toks := t.nameTokens(p.text)
		words := make([][]string, len(toks))
		for i, w := range toks {
			switch {
			case p.lang == "ru":
				words[i] = []string{"r" + t.endings.Russian(w.Form)}
			case p.lang == "kk" && i == len(toks)-1:
				words[i] = t.endings.LastKeys(w.Form)
			default:
				words[i] = []string{"=" + w.Form}
			}
		}
		t.put(words, &spelling{text: p.text, kind: noPlace, words: len(toks)})
	}
	t.linkBranches()
	for _, o := range t.outlets {
		t.outlet[o.Key] = o
	}
	t.finder = sync.OnceValue(t.newFinder) // only queries need it
}

func (t *Table) spellPlace(p *countries.Country) {
	risky := map[string]bool{}
	for _, r := range p.Risky {
		risky[r] = true
	}
	put := func(list []string, how string) {
		for _, name := range list {
			s := &spelling{text: name, kind: Country, place: p, how: how, risky: risky[name], upper: forms.Capitals(name)}
			t.spell(name, s, true)
		}
	}
	put(p.Names(), "name")
	put(append(append(append([]string{}, p.CapitalKK...), p.CapitalRU...), p.CapitalEN...), "city")
	put(p.Cities, "city")
	for _, c := range slices.Concat(p.More, p.Regions) {
		for _, name := range c.Names {
			name, inner := strings.CutPrefix(name, "!")
			// The paradigms of several words multiply; what their forms have in common tells them well enough.
			t.spell(name, &spelling{text: name, kind: Country, place: p, how: "city", inner: inner}, !strings.ContainsRune(name, ' '))
		}
		for _, name := range append(c.RU, c.Adj...) {
			t.spellAdjective(strings.TrimPrefix(name, "!"), p)
		}
		for _, stem := range c.Stems {
			stem = strings.TrimPrefix(stem, "!")
			toks := analysis.Split(stem)
			words := make([][]string, len(toks))
			for i, w := range toks {
				words[i] = []string{"f" + w.Form}
			}
			words[len(toks)-1] = []string{"a" + toks[len(toks)-1].Form}
			t.put(words, &spelling{text: stem, kind: Country, place: p, words: len(toks), how: "city", inner: true, made: true})
		}
	}
	for _, name := range append(slices.Clone(p.CapitalRU), p.Cities...) {
		t.spellAdjective(name, p)
	}
	for _, a := range p.AdjKK {
		t.put([][]string{{"k" + forms.Fold(a)}}, &spelling{text: a, kind: Country, place: p, words: 1, how: "adj", risky: risky[a]})
	}
	put(p.AdjEN, "adj")
	for _, a := range p.AdjRU {
		t.put([][]string{{"a" + forms.Fold(a)}}, &spelling{text: a, kind: Country, place: p, words: 1, how: "adj", risky: risky[a]})
	}
	for _, a := range append(slices.Clone(p.AdjKKWeak), p.AdjKK...) {
		t.weak[forms.Fold(a)] = &spelling{text: a, kind: Country, place: p, words: 1, how: "adj", weak: true}
	}
	for _, a := range p.AdjRUWeak {
		t.weak["~"+forms.Fold(a)] = &spelling{text: a, kind: Country, place: p, words: 1, how: "adj", weak: true}
	}
}

// spellAdjective puts the adjectives of a city in: Киль → кильский, Прага → пражский, Токио → токийский. They are
// guesses, and count only inside an institution's name. One that is a country's is none: «русский» is not of Русе.
func (t *Table) spellAdjective(name string, p *countries.Country) {
	if forms.KazakhOnly(name) || !forms.Cyrillic(name) || strings.ContainsRune(name, ' ') {
		return
	}
	toks := analysis.Split(name)
	words := make([][]string, len(toks))
	for i, w := range toks[:len(toks)-1] {
		words[i] = []string{"f" + w.Form}
	}
	for _, stem := range forms.CityAdjectives(toks[len(toks)-1].Form) {
		if len(toks) > 1 || !t.adjectives[stem] {
			words[len(toks)-1] = append(words[len(toks)-1], "a"+stem)
		}
	}
	t.put(words, &spelling{text: name, kind: Country, place: p, words: len(toks), how: "city", inner: true, made: true})
}

func (t *Table) spellBody(b *world.Body) {
	for _, n := range append([]string{b.KK, b.RU, b.EN}, b.Aliases...) {
		t.spellName(n, b, false)
	}
	for _, n := range b.Weak {
		t.spellName(n, b, true)
	}
}

func (t *Table) spellName(name string, b *world.Body, weak bool) {
	if name == "" {
		return
	}
	// «Central Asian University (Almaty)»: the bracket tells bodies apart in lists, no text writes it.
	if i := strings.Index(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		name, weak = name[:i], true
	}
	s := &spelling{text: name, kind: Institution, body: b, weak: weak, upper: forms.Capitals(name)}
	// Three letters may mean much: ТПУ is also a transport hub. Readers of our news know those of home.
	s.brief = !s.weak && s.upper != "" && b.Country != Home && utf8.RuneCountInString(s.upper) <= 3
	s.weak = s.weak || s.brief
	for i, w := range t.nameTokens(name) {
		s.proper = s.proper || t.distinctive(w, i)
	}
	t.spell(name, s, false)
}

// spell puts a name in, in each language that it may be in. exact takes the short names of places by their paradigms.
func (t *Table) spell(name string, s *spelling, exact bool) {
	toks := t.nameTokens(name)
	if len(toks) == 0 {
		return
	}
	s.words = len(toks)
	if !slices.ContainsFunc(toks, func(w analysis.Token) bool { return forms.Cyrillic(w.Form) }) {
		words := make([][]string, len(toks))
		for i, w := range toks {
			words[i] = []string{"=" + forms.Plain(w.Form)}
		}
		t.put(words, s)
		return
	}
	kk := make([][]string, len(toks))
	ru := make([][]string, len(toks))
	for i, w := range toks {
		switch {
		case !forms.Cyrillic(w.Form):
			kk[i] = []string{"=" + forms.Plain(w.Form)}
			ru[i] = kk[i]
		default:
			kk[i] = []string{"=" + w.Form}
			if i == len(toks)-1 {
				kk[i] = t.endings.LastKeys(w.Form)
			}
			if exact {
				for _, f := range t.endings.Paradigm(w.Form) {
					ru[i] = append(ru[i], "f"+f)
				}
			} else {
				ru[i] = []string{"r" + t.endings.Russian(w.Form)}
			}
		}
	}
	t.put(kk, s)
	if !forms.KazakhOnly(name) {
		t.put(ru, s)
	}
}

// nameTokens are the words of a name, without initials: they are passed over in texts too.
func (t *Table) nameTokens(name string) []analysis.Token {
	if toks, ok := t.tokens[name]; ok {
		return toks
	}
	var out []analysis.Token
	all := analysis.Split(name)
	for _, w := range all {
		if len(all) > 1 && (forms.Initial(w.Surface, name[w.End:]) || t.has(rankList, w.Form)) {
			continue
		}
		w.Form = forms.Eponym(w.Form)
		out = append(out, w)
	}
	if t.tokens != nil {
		t.tokens[name] = out
	}
	return out
}

// joinWorld makes the world's bodies known by their keys, and gives a curated row what the world adds to it.
func (t *Table) joinWorld() {
	for _, w := range t.world {
		b := t.body[w.Key]
		switch {
		case b == nil:
			t.body[w.Key] = w
		case b != w:
			b.Other, b.Town, w.World = w.Names(), w.Town, false
			b.Site, b.ROR = cmp.Or(b.Site, w.Site), cmp.Or(b.ROR, w.ROR)
		}
	}
}
