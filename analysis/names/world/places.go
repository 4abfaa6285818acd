package world

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// A placeID is a town (its number at GeoNames), a region or a country (below zero: from regions.tsv, countries.tsv).
// atlas finds places by a word in any language and form.
type atlas struct {
	places []Site
	word   map[string][]int32 // key of a name of one word → places, the largest first
	first  map[string]int32   // key of a word of longer names → its number
	next   map[arc]int32      // longer names, word by word
	ends   map[int32][]int32  // node → places
	exact  map[string][]int32 // beginnings of irregular adjectives: московск
	lands  map[string][]int32 // key that a country has, with «=» and the name as spelt → places
	nodes  int32
}

// arc leads from a node of the longer names, by a word's number, to the next.
type arc struct{ node, word int32 }

// Site is a place that a name may state.
type Site struct {
	Kind    elementKind // town, region, country
	Country string
	Name    string
	town    int32
	people  int
}

const mostNamesakes = 6 // of one place name

// Nation is what the atlas takes of a country.
type Nation struct {
	Iso2, Name string
	Names      []string // in any language, adjectives too
	Adjectives []string // beginnings of irregular Russian ones
	Capital    []string
	Towns      []NamedTown
}

// NamedTown is a town with more names than places.tsv has.
type NamedTown struct {
	Names      []string
	Adjectives []string // beginnings of irregular Russian ones
}

func readAtlas(fsys fs.FS, nations []Nation, c *concepts) (*atlas, error) {
	a := &atlas{word: make(map[string][]int32, 1<<16), first: make(map[string]int32, 1<<14), next: make(map[arc]int32, 1<<14), ends: make(map[int32][]int32, 1<<14), exact: map[string][]int32{}, lands: map[string][]int32{}}
	for _, p := range nations {
		id := a.add(Site{Kind: CountryElement, Country: p.Iso2, Name: p.Name, people: 1e9})
		for _, n := range p.Names {
			a.name(n, id)
		}
		for _, adj := range p.Adjectives {
			a.exact[forms.KazakhSpelling(forms.Fold(strings.TrimSuffix(adj, "-")))] = []int32{id}
		}
	}
	err := forms.ReadTSV(fsys, "regions.tsv", func(line int, f map[string]string) error {
		id := a.add(Site{Kind: RegionElement, Country: f["iso2"], Name: f["name_en"], people: 1e7})
		for _, col := range []string{"name_en", "name_ru", "name_kk", "other"} {
			for _, n := range forms.Split(f[col]) {
				n = strings.TrimPrefix(n, "!")
				if adj, ok := strings.CutSuffix(n, "-"); ok {
					a.exact[forms.KazakhSpelling(forms.Fold(adj))] = []int32{id}
					continue
				}
				a.name(n, id)
				if base := c.without(n, "regional"); base != n {
					a.name(base, id) // Новосибирская область
				}
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	towns, err := readTowns(fsys)
	if err != nil {
		return nil, err
	}
	for _, p := range towns {
		id := a.add(Site{Kind: TownElement, Country: p.country, Name: p.name, town: p.id, people: p.people})
		a.name(p.name, id)
		for _, n := range p.latin {
			a.name(n, id)
		}
		for _, n := range p.cyrillic {
			a.name(n, id)
			if base, ok := strings.CutSuffix(n, "ск"); ok && utf8.RuneCountInString(base) > 2 {
				a.name(strings.TrimSuffix(base, "ь"), id) // Kazakh: Новосібір, Том
			}
		}
	}
	for _, p := range nations {
		a.joinCity(p.Iso2, p.Capital, nil)
		for _, c := range p.Towns {
			a.joinCity(p.Iso2, c.Names, c.Adjectives)
		}
	}
	a.sort()
	return a, nil
}

// joinCity gives a town of places.tsv the names that cities.tsv and countries.tsv have for it.
func (a *atlas) joinCity(iso2 string, names, adj []string) {
	id := int32(-1)
	for _, n := range names {
		if id = a.townNamed(strings.TrimPrefix(n, "!"), iso2); id >= 0 {
			break
		}
	}
	if id < 0 {
		return
	}
	for _, n := range names {
		a.name(strings.TrimPrefix(n, "!"), id)
	}
	for _, x := range adj {
		a.exact[forms.KazakhSpelling(forms.Fold(x))] = []int32{id}
	}
}

// townNamed gives a country's largest town of a name, -1 where it has none.
func (a *atlas) townNamed(name, iso2 string) int32 {
	var ids []int32
	if words := NameWords(name); len(words) == 1 {
		ids = a.word[placeKey(words[0])]
	} else if len(words) > 1 {
		ids = a.longer(words)
	}
	best := int32(-1)
	for _, id := range ids {
		if p := a.places[id]; p.Kind == TownElement && p.Country == iso2 && (best < 0 || a.places[best].people < p.people) {
			best = id
		}
	}
	return best
}

func (a *atlas) add(s Site) int32 {
	a.places = append(a.places, s)
	return int32(len(a.places) - 1)
}

// name puts a spelling of a place in.
func (a *atlas) name(name string, id int32) {
	words := NameWords(name)
	if len(words) == 0 {
		return
	}
	if len(words) == 1 {
		k := placeKey(words[0])
		if len(k) > 2 && !slices.Contains(a.word[k], id) {
			a.word[k] = append(a.word[k], id)
		}
		if of := a.word[k]; len(of) > 0 && a.places[of[0]].Kind == CountryElement {
			if k = asSpelt(k, words[0]); !slices.Contains(a.lands[k], id) {
				a.lands[k] = append(a.lands[k], id)
			}
		}
		return
	}
	node := int32(0)
	for _, w := range words {
		k := placeKey(w)
		n, ok := a.first[k]
		if !ok {
			n = int32(len(a.first))
			a.first[k] = n
		}
		to, ok := a.next[arc{node, n}]
		if !ok {
			a.nodes++
			to = a.nodes
			a.next[arc{node, n}] = to
		}
		node = to
	}
	if !slices.Contains(a.ends[node], id) {
		a.ends[node] = append(a.ends[node], id)
	}
}

// longer gives the places with a name of several words.
func (a *atlas) longer(words []string) []int32 {
	node := int32(0)
	for _, w := range words {
		n, ok := a.first[placeKey(w)]
		if !ok {
			return nil
		}
		if node, ok = a.next[arc{node, n}]; !ok {
			return nil
		}
	}
	return a.ends[node]
}

// sort puts the largest of namesakes first and forgets the smallest.
func (a *atlas) sort() {
	trim := func(ids []int32) []int32 {
		if len(ids) > 1 {
			slices.SortStableFunc(ids, func(x, y int32) int { return cmp.Compare(a.places[y].people, a.places[x].people) })
		}
		return ids[:min(len(ids), mostNamesakes)]
	}
	for k, ids := range a.word {
		a.word[k] = trim(ids)
	}
	for k, ids := range a.ends {
		a.ends[k] = trim(ids)
	}
}

// of gives the places that a folded word may name, in any form, with what it has of their name; and the words of longer names that it
// may be.
func (a *atlas) of(form string, e *forms.Endings) (ids, parts []int32, key string) {
	try := func(word string) {
		k := placeKey(word)
		if ids == nil {
			ids, key = a.word[k], k
			if len(ids) > 1 && a.places[ids[0]].Kind == CountryElement {
				if as := a.lands[asSpelt(k, word)]; as != nil {
					ids = as // Турку is no people
				}
			}
		}
		if n, ok := a.first[k]; ok && !slices.Contains(parts, n) {
			parts = append(parts, n)
		}
	}
	try(form)
	if !forms.Cyrillic(form) {
		if base, ok := strings.CutSuffix(form, "n"); ok && ids == nil && strings.HasSuffix(base, "a") && len(base) > 5 {
			try(base) // Siberian
		}
		return ids, parts, key
	}
	for _, c := range e.Kazakh(form)[1:] {
		if utf8.RuneCountInString(c.Base) > 2 {
			try(c.Base)
		}
	}
	stem := forms.KazakhSpelling(e.Russian(form))
	if ids == nil {
		for n := len(stem); n > 6; n-- {
			if x := a.exact[stem[:n]]; x != nil {
				ids, key = x, stem[:n]
				break
			}
		}
	}
	try(stem)
	for _, b := range adjectiveBases(stem) {
		try(b)
	}
	return ids, parts, key
}

// goesOn reports whether a word is a place whose name goes on by letters of its own behind its first bytes, which are a concept's:
// «академическая» does not. Of Latin spellings only the commonest counts; the others are of languages that have words like it (agraria).
func (a *atlas) goesOn(form string, begins int, e *forms.Endings) bool {
	ids, _, key := a.of(form, e)
	if ids == nil {
		return false
	}
	place, least := a.places[ids[0]], 2
	base, adjective := strings.CutSuffix(key, "ск")
	switch {
	case place.Kind != TownElement: // regions.tsv and countries.tsv are by hand
		least = 1
	case adjective:
		least = 3
	case !forms.Cyrillic(form) && form != forms.WordForm(place.Name):
		return false
	}
	return utf8.RuneCountInString(base)-utf8.RuneCountInString(form[:begins]) >= least
}

// adjectiveBases guesses the place names behind a Russian adjective without its ending: люблинск → люблин, пражск → праг.
func adjectiveBases(stem string) []string {
	base, ok := strings.CutSuffix(stem, "ск")
	if !ok {
		if b, ok := strings.CutSuffix(stem, "цк"); ok {
			return []string{b + "ц", b + "к"} // елецкий
		}
		return nil
	}
	out := []string{base}
	for _, x := range []string{"ин", "ий", "ь", "ан", "ов", "ев", "ен", "н", "й", "иан", "ей"} {
		if b, ok := strings.CutSuffix(base, x); ok && utf8.RuneCountInString(b) > 2 {
			out = append(out, b)
		}
	}
	if b, ok := strings.CutSuffix(base, "ж"); ok {
		out = append(out, b+"г")
	}
	return out
}

// asSpelt is the key of a word of which a place's key leaves the last vowels out.
func asSpelt(key, word string) string { return key + "=" + forms.KazakhSpelling(word) }

// placeKey is what spellings of a place have in common: Новосібір, Новосибир; Түмен, Тюмень; Ыстамбұл, Стамбул.
func placeKey(word string) string {
	if !forms.Cyrillic(word) {
		return word
	}
	k := forms.KazakhSpelling(word)
	if strings.HasPrefix(k, "ист") && !strings.HasPrefix(k, "исто") {
		k = k[len("и"):]
	}
	if b := strings.TrimRight(k, "аеиоуйь"); utf8.RuneCountInString(b) > 2 {
		k = b
	}
	return k
}
