package names

import (
	"cmp"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// A placeID is a town (its number at GeoNames), a region or a country (below zero: from regions.tsv, countries.tsv).
// atlas finds places by a word in any language and form.
type atlas struct {
	places []site
	word   map[string][]int32 // key of a name of one word → places, the largest first
	first  map[string]int32   // key of a word of longer names → its number
	next   map[edge]int32     // longer names, word by word
	ends   map[int32][]int32  // node → places
	exact  map[string][]int32 // beginnings of irregular adjectives: московск
	nodes  int32
}

// site is a place that a name may state.
type site struct {
	kind    elementKind // town, region, country
	country string
	name    string
	town    int32
	people  int
}

const mostNamesakes = 6 // of one place name

// nation is what the atlas takes of a country.
type nation struct {
	iso2, name string
	names      []string // in any language, adjectives too
	adjectives []string // beginnings of irregular Russian ones
	capital    []string
	towns      []namedTown
}

// namedTown is a town with more names than places.tsv has.
type namedTown struct {
	names      []string
	adjectives []string // beginnings of irregular Russian ones
}

func readAtlas(fsys fs.FS, nations []nation, c *concepts) (*atlas, error) {
	a := &atlas{word: make(map[string][]int32, 1<<16), first: make(map[string]int32, 1<<14), next: make(map[edge]int32, 1<<14), ends: make(map[int32][]int32, 1<<14), exact: map[string][]int32{}}
	for _, p := range nations {
		id := a.add(site{kind: countryElement, country: p.iso2, name: p.name, people: 1e9})
		for _, n := range p.names {
			a.name(n, id)
		}
		for _, adj := range p.adjectives {
			a.exact[kazakhSpelling(fold(strings.TrimSuffix(adj, "-")))] = []int32{id}
		}
	}
	err := readTSV(fsys, "regions.tsv", func(line int, f map[string]string) error {
		id := a.add(site{kind: regionElement, country: f["iso2"], name: f["name_en"], people: 1e7})
		for _, col := range []string{"name_en", "name_ru", "name_kk", "other"} {
			for _, n := range split(f[col]) {
				n = strings.TrimPrefix(n, "!")
				if adj, ok := strings.CutSuffix(n, "-"); ok {
					a.exact[kazakhSpelling(fold(adj))] = []int32{id}
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
		id := a.add(site{kind: townElement, country: p.country, name: p.name, town: p.id, people: p.people})
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
		a.joinCity(p.iso2, p.capital, nil)
		for _, c := range p.towns {
			a.joinCity(p.iso2, c.names, c.adjectives)
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
		a.exact[kazakhSpelling(fold(x))] = []int32{id}
	}
}

// townNamed gives a country's largest town of a name, -1 where it has none.
func (a *atlas) townNamed(name, iso2 string) int32 {
	var ids []int32
	if words := nameWords(name); len(words) == 1 {
		ids = a.word[placeKey(words[0])]
	} else if len(words) > 1 {
		ids = a.longer(words)
	}
	best := int32(-1)
	for _, id := range ids {
		if p := a.places[id]; p.kind == townElement && p.country == iso2 && (best < 0 || a.places[best].people < p.people) {
			best = id
		}
	}
	return best
}

func (a *atlas) add(s site) int32 {
	a.places = append(a.places, s)
	return int32(len(a.places) - 1)
}

// name puts a spelling of a place in.
func (a *atlas) name(name string, id int32) {
	words := nameWords(name)
	if len(words) == 0 {
		return
	}
	if len(words) == 1 {
		if k := placeKey(words[0]); len(k) > 2 && !slices.Contains(a.word[k], id) {
			a.word[k] = append(a.word[k], id)
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
		to, ok := a.next[edge{node, n}]
		if !ok {
			a.nodes++
			to = a.nodes
			a.next[edge{node, n}] = to
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
		if node, ok = a.next[edge{node, n}]; !ok {
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

// of gives the places that a folded word may name, in any form; and the words of longer names that it may be.
func (a *atlas) of(form string, e *endings) (ids, parts []int32) {
	try := func(k string) {
		if ids == nil {
			ids = a.word[k]
		}
		if n, ok := a.first[k]; ok && !slices.Contains(parts, n) {
			parts = append(parts, n)
		}
	}
	try(placeKey(form))
	if !cyrillic(form) {
		if base, ok := strings.CutSuffix(form, "n"); ok && ids == nil && strings.HasSuffix(base, "a") && len(base) > 5 {
			try(base) // Siberian
		}
		return ids, parts
	}
	for _, c := range e.kazakh(form)[1:] {
		if utf8.RuneCountInString(c.base) > 2 {
			try(placeKey(c.base))
		}
	}
	stem := kazakhSpelling(e.russian(form))
	if ids == nil {
		for n := len(stem); n > 6; n-- {
			if x := a.exact[stem[:n]]; x != nil {
				ids = x
				break
			}
		}
	}
	try(placeKey(stem))
	for _, b := range adjectiveBases(stem) {
		try(placeKey(b))
	}
	return ids, parts
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

// placeKey is what spellings of a place have in common: Новосібір, Новосибир; Түмен, Тюмень; Ыстамбұл, Стамбул.
func placeKey(word string) string {
	if !cyrillic(word) {
		return word
	}
	k := kazakhSpelling(word)
	if strings.HasPrefix(k, "ист") && !strings.HasPrefix(k, "исто") {
		k = k[len("и"):]
	}
	if b := strings.TrimRight(k, "аеиоуйь"); utf8.RuneCountInString(b) > 2 {
		k = b
	}
	return k
}
