package world

import (
	"cmp"
	"slices"
	"strings"

	"kelisim/analysis/names/forms"
)

// ClusterKey names an unknown body: the same in Kazakh, Russian and English and in all cases, readable, its head last
// («lankaster-univ»). country, ISO 3166-1 alpha-2 or "", is in it where the name has neither a place nor a word of its own.
func (k *Linker) ClusterKey(words []Part, country string) string {
	places := k.longPlaces(words, nil)
	person := k.lastOfPerson(words)
	var said []string
	head, own := "", false
	for i := 0; i < len(words); i++ {
		if n, ids := placeAt(places, i); n > 0 {
			said, own = append(said, k.placeName(ids, country)), true
			i += n - 1
			continue
		}
		text, kind := k.said(words[i], country)
		switch {
		case text == "" || person(i):
		case kind == headElement:
			if head == "" {
				head = text
			}
		default:
			said = append(said, text)
			own = own || kind >= TownElement
		}
	}
	if !own && country != "" {
		said = append(said, strings.ToLower(country))
	}
	slices.Sort(said)
	said = slices.Compact(said)
	if head != "" {
		said = append(said, head)
	}
	return strings.Join(said, "-")
}

// said is what a word says, in no language.
func (k *Linker) said(w Part, country string) (string, elementKind) {
	var ids []int32
	best := Element{sym: -1}
	for _, e := range w.Elems {
		switch {
		case e.Kind == plainElement || e.Kind == namedElement:
			return "", e.Kind
		case e.Kind == StatusElement && k.concepts.list[e.sym].name == "republic":
			return "", e.Kind // of a country's full name
		case e.Kind < TownElement && e.Like == 1:
			return k.concepts.list[e.sym].name, e.Kind
		case e.Kind >= TownElement && e.Kind <= CountryElement:
			ids = append(ids, e.sym-k.placeSym)
		case e.Kind == wordElement && e.sym >= 0 && e.Like > max(best.Like, sureWord) && !forms.Cyrillic(k.texts[e.sym-k.wordSym]):
			best = e
		}
	}
	switch {
	case len(w.Elems) == 0:
		return "", plainElement // an initial
	case ids != nil:
		return k.placeName(ids, country), TownElement
	case best.sym >= 0:
		return bareSound(k.texts[best.sym-k.wordSym]), wordElement
	case forms.Cyrillic(w.Form):
		return bareSound(cyrillicKey(forms.WordForm(w.Form), k.endings)), wordElement
	}
	return bareSound(forms.WordForm(w.Form)), wordElement
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

// lastOfPerson tells the words of a person's name but the last, its surname: texts write them in full, as initials or not
// at all.
func (k *Linker) lastOfPerson(words []Part) func(int) bool {
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
		return func(j int) bool {
			return j != last && beside(j, i, before) && isName(words[j].Elems)
		}
	}
	return func(int) bool { return false }
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
