package world

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis/names/forms"
)

// Told is what a name says in no language: the same in Kazakh, Russian and English and in all cases.
type Told struct {
	Words  []string // sorted
	head   *concept // nil where it has none
	person string   // the one of them that is the surname of whom the body is named after
	place  bool     // a place is among them
	own    bool     // a place or a word of its own
}

// Told reads a name. Status words that some texts leave out, and all of a person's name but the surname, say nothing.
// country, ISO 3166-1 alpha-2 or "", chooses among namesakes of places.
func (k *Linker) Told(words []Part, country string) (t Told) {
	places := k.longPlaces(words, nil)
	isPart, surname := k.person(words)
	for i := 0; i < len(words); i++ {
		if n, ids := placeAt(places, i); n > 0 {
			t.Words, t.place, t.own = append(t.Words, k.placeName(ids, country)), true, true
			i += n - 1
			continue
		}
		concepts, head := k.conceptsOf(words[i])
		if concepts != nil || head != nil {
			// «Министрліктің академиясы»: the ministry is whose it is; what a name ends in is what it is.
			if t.head == nil || head != nil && !head.office && (t.head.office || i == len(words)-1) {
				t.head = head
			}
			t.Words = append(t.Words, concepts...)
			continue
		}
		text, place := k.said(words[i], country)
		if text == "" || isPart(i) && i != surname {
			continue
		}
		t.Words, t.own = append(t.Words, text), true
		if isPart(i) {
			t.person = text
		} else {
			t.place = t.place || place
		}
	}
	slices.Sort(t.Words)
	t.Words = slices.Compact(t.Words)
	return t
}

// Key names an unknown body, readable, its head last («lankaster-univ»). The country is in it where the name has neither a place
// nor a word of its own, a person only where it has no place: texts leave out whom a body is named after.
func (t Told) Key(country string) string {
	words := slices.Clone(t.Words)
	if t.place {
		words = slices.DeleteFunc(words, func(w string) bool { return w == t.person })
	}
	if !t.own && country != "" {
		words = append(words, strings.ToLower(country))
		slices.Sort(words)
	}
	if t.head != nil {
		words = append(words, t.head.name)
	}
	return strings.Join(slices.Compact(words), "-")
}

// Shortens reports whether a name says less than another and nothing else: «Цзяотун университеті», «Сиань Цзяотун университеті»;
// one without a head: «Шеффилд», «Университет Шеффилда».
func (t Told) Shortens(long Told) bool {
	if len(t.Words) == 0 || len(t.Words) > len(long.Words) || t.head != long.head && t.head != nil || t.head == long.head && len(t.Words) == len(long.Words) {
		return false
	}
	return !slices.ContainsFunc(t.Words, func(w string) bool { _, ok := slices.BinarySearch(long.Words, w); return !ok })
}

// Another reports whether a name names a person, and a body's names name others.
func (t Told) Another(names []Told) bool {
	other := false
	for _, n := range names {
		if _, same := slices.BinarySearch(n.Words, t.person); same {
			return false
		}
		other = other || n.person != ""
	}
	return t.person != "" && other
}

// After reports whether a body is named after somebody whom words name: «Ясауи» alone is the poet.
func (t Told) After(words []string) bool { return t.person != "" && slices.Contains(words, t.person) }

// conceptsOf are the concepts of a word, nil where it has none: two of «агротехнический», field and head of «мединститут». A country's
// full name has status words that others leave out.
func (k *Linker) conceptsOf(w Part) (names []string, head *concept) {
	slot := -1
	for _, e := range w.Elems {
		switch {
		case e.Kind >= TownElement || e.Like < 1 || e.Kind == plainElement:
		case e.Kind == headElement:
			head = cmp.Or(head, &k.concepts.list[e.sym])
		case int(e.slot) > slot:
			slot = int(e.slot)
			if name := k.concepts.list[e.sym].name; name != "republic" && name != "state" {
				names = append(names, name)
			} else if names == nil {
				names = []string{}
			}
		}
	}
	return names, head
}

// said is what a word that is no concept says, in no language, and whether it is a place.
func (k *Linker) said(w Part, country string) (text string, place bool) {
	var ids []int32
	best := Element{sym: -1}
	for _, e := range w.Elems {
		switch {
		case e.Kind == plainElement || e.Kind == namedElement:
			return "", false
		case e.Kind >= TownElement && e.Kind <= CountryElement:
			ids = append(ids, e.sym-k.placeSym)
		case e.Kind == wordElement && e.sym >= 0 && e.Like > max(best.Like, sureWord) && !forms.Cyrillic(k.texts[e.sym-k.wordSym]):
			best = e
		}
	}
	switch {
	case len(w.Elems) == 0:
		return "", false // an initial
	case ids != nil:
		return k.placeName(ids, country), true
	case best.sym >= 0:
		return bareSound(k.texts[best.sym-k.wordSym]), false
	case forms.Cyrillic(w.Form):
		return bareSound(cyrillicKey(forms.WordForm(w.Form), k.endings)), false
	}
	return bareSound(forms.WordForm(w.Form)), false
}

// sureWord is how like a word of the table must be to be taken for it.
const sureWord = 0.75

// bareSound is a word's sound without the vowels at its end, which cases change.
func bareSound(word string) string {
	s := forms.Sound(word)
	if b := strings.TrimRight(s, "aeiou"); len(b) > 2 {
		return b
	}
	return s
}

// placeName is the name of the first place in the country, else of the first. A region is called like its town: many
// adjectives are of both.
func (k *Linker) placeName(ids []int32, country string) string {
	at := max(0, slices.IndexFunc(ids, func(id int32) bool { return k.atlas.places[id].Country == country }))
	var b strings.Builder
	for _, w := range NameWords(k.concepts.without(k.atlas.places[ids[at]].Name, "regional")) {
		b.WriteString(w)
	}
	return bareSound(b.String())
}

// person tells the words of a person's name and which is the surname, -1 where no person is named: texts write first names in full,
// as initials or not at all.
func (k *Linker) person(words []Part) (part func(int) bool, surname int) {
	for i, w := range words {
		if !isNamed(w.Elems) {
			continue
		}
		before := w.Form == "атындағы" || w.Form == "атында"
		last := i - 1
		if !before {
			for last = i; last+1 < len(words) && last < i+3 && isName(words[last+1].Elems); {
				last++
			}
		}
		return func(j int) bool { return beside(j, i, before) && isName(words[j].Elems) }, last
	}
	return func(int) bool { return false }, -1
}

// Working is the working name of an unknown body, made of its key: «ped-urganch-inst» is «Urganch Pedagogical Institute». The
// table will have a better one when it learns the body.
func (k *Linker) Working(key string) string {
	k.spelt.Do(k.spell)
	var own, of, rest []string
	for _, w := range strings.Split(key, "-") {
		if i := slices.IndexFunc(k.concepts.list, func(c concept) bool { return c.name == w }); i >= 0 {
			if c := &k.concepts.list[i]; c.kind == StatusElement {
				of = append(of, c.label)
			} else {
				rest = append(rest, c.label)
			}
			continue
		}
		own = append(own, forms.UpperOne(cmp.Or(k.spelling[w], w)))
	}
	return strings.Join(slices.Concat(own, of, rest), " ")
}

// spell notes how the words of keys are written: as the largest place that sounds so, or as a word of the table's names.
func (k *Linker) spell() {
	k.spelling = map[string]string{}
	for _, w := range k.transcriber.words {
		if b := bareSound(w); k.spelling[b] == "" || len(w) < len(k.spelling[b]) {
			k.spelling[b] = w
		}
	}
	people := map[string]int{}
	for i, p := range k.atlas.places {
		if w := k.placeName([]int32{int32(i)}, ""); p.people > people[w] {
			people[w], k.spelling[w] = p.people, k.concepts.without(p.Name, "regional")
		}
	}
}
