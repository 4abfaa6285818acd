package world

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"kelisim/analysis/names/forms"
)

// elementKind is what a word of a name is in its signature.
type elementKind uint8

const (
	plainElement   elementKind = iota // weighs nothing: of, мен, академик
	headElement                       // университет
	StatusElement                     // ұлттық, state
	FieldElement                      // мұнай, нефтяной, petroleum
	TownElement                       // Люблинский
	RegionElement                     // Хэнань
	CountryElement                    // ресейлік, Turkish
	wordElement                       // by its letters or its sound: Сәтбаев, Lancaster
	JoinElement                       // a word of a longer place name: San of San Diego
	namedElement                      // атындағы, имени, named: names of people stand beside it
)

// Element is one thing that a folded word may stand for in a signature, whatever its language and case. sym is a head,
// a concept, a place or a word of the table's names, by kind; -1 a word that no name has.
type Element struct {
	sym  int32
	Like float32 // 1: surely; less by sound, or for a concept that only translators take for the other
	Kind elementKind
	slot uint8 // a compound has two: агро-техникалық
}

// Part is one word of a name.
type Part struct {
	Form  string // folded
	Elems []Element
	Upper bool // written with a capital letter
}

// Parts cuts a plain string into the words of a name.
func (k *Linker) Parts(name string) []Part {
	var out []Part
	if i := strings.LastIndex(name, " ("); i > 0 && forms.Capitals(strings.Trim(name[i:], " ()")) != "" {
		name = name[:i] // its abbreviation
	}
	for _, w := range rawWords(norm.NFC.String(name)) {
		first, _ := utf8.DecodeRuneInString(w)
		form := forms.WordForm(w)
		if _, ending := k.endings.KK[form]; ending && len(out) > 0 && unicode.IsLower(first) {
			continue // ҚазҰУ-дың
		}
		out = append(out, Part{Form: form, Elems: k.Elements(form), Upper: unicode.IsUpper(first)})
	}
	return out
}

// rawWords cuts a name at what is no letter, digit, apostrophe or «&» (A&M).
func rawWords(name string) []string { return appendWords(nil, name) }

func appendWords(out []string, name string) []string {
	from := -1
	for i, r := range name {
		switch in := inWord(r); {
		case in && from < 0:
			from = i
		case !in && from >= 0:
			out = append(out, name[from:i])
			from = -1
		}
	}
	if from >= 0 {
		out = append(out, name[from:])
	}
	return out
}

func inWord(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '&' || r == '\''
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || r == '’' || r == 'ʼ' || r == '‘'
}

// NameWords are the folded words of a name.
func NameWords(name string) []string {
	words := rawWords(name)
	for i, w := range words {
		words[i] = forms.WordForm(w)
	}
	return words
}

// Elements are what a folded word may stand for in a signature. The caller keeps them by form.
func (k *Linker) Elements(form string) []Element {
	if forms.NamedForms[form] {
		return []Element{{Kind: namedElement, sym: -1, Like: 1}}
	}
	if utf8.RuneCountInString(form) < 2 {
		if form != "" && form[0] >= '0' && form[0] <= '9' {
			return k.wordElements(nil, form)
		}
		return nil // an initial
	}
	out, sure := k.ConceptElements(form)
	ids, parts, _ := k.atlas.of(form, k.endings)
	for _, p := range parts {
		out = append(out, Element{sym: p, Kind: JoinElement, Like: 1})
	}
	if sure {
		return out
	}
	for _, id := range ids {
		out = append(out, Element{sym: k.placeSym + id, Kind: k.atlas.places[id].Kind, Like: 1})
	}
	return k.wordElements(out, form)
}

// ConceptElements reads a word by concepts.tsv. A place that only begins like a concept is none: Бангкок and bank, Chemnitz and chemistry.
func (k *Linker) ConceptElements(form string) (out []Element, sure bool) {
	readings, sure, begins := k.concepts.of(form)
	if begins > 0 && k.atlas.goesOn(form, begins, k.endings) {
		return nil, false
	}
	for _, r := range readings {
		slot := uint8(0)
		for _, c := range r {
			x := &k.concepts.list[c]
			out = append(out, Element{sym: c, Kind: x.kind, Like: 1, slot: slot})
			for _, n := range x.near {
				out = append(out, Element{sym: n, Kind: k.concepts.list[n].kind, Like: nearLike, slot: slot})
			}
			if x.kind != headElement {
				slot++
			}
		}
	}
	return out, sure
}

// nearLike is how much a concept counts for one that is near it.
const nearLike = 0.55

// wordElements adds the words of the table's names that a word is or sounds like.
func (k *Linker) wordElements(out []Element, form string) []Element {
	n := len(out)
	add := func(sym int32, like float32) {
		for i := n; i < len(out); i++ {
			if out[i].sym == sym {
				out[i].Like = max(out[i].Like, like)
				return
			}
		}
		out = append(out, Element{sym: sym, Kind: wordElement, Like: like})
	}
	if !forms.Cyrillic(form) {
		if sym, ok := k.latin[form]; ok {
			add(sym, 1)
		}
		for _, sym := range k.sounds[forms.Sound(form)] {
			add(sym, 0.9)
		}
	} else {
		for _, key := range cyrillicKeys(form, k.endings) {
			if sym, ok := k.cyrillic[key]; ok {
				add(sym, 1)
			}
		}
		best := float32(0)
		for _, e := range out[n:] {
			best = max(best, e.Like)
		}
		for _, h := range k.hear(form) {
			like := likeness(h.cost)
			if best = max(best, like); like < farthest*best {
				break
			}
			add(k.latin[k.transcriber.words[h.word]], like)
		}
	}
	if len(out) == 0 || len(out) == n && isJoins(out) {
		out = append(out, Element{sym: -1, Kind: wordElement, Like: 1})
	}
	return out
}

// farthest is the share of the best likeness below which a word is not taken for another: Nizami, heard as it is, is not Nis.
const farthest = 0.6

// cyrillicKeys are what forms of a Cyrillic word in Kazakh and Russian have in common.
func cyrillicKeys(form string, e *forms.Endings) []string {
	out := []string{cyrillicKey(form, e)}
	for _, c := range e.Kazakh(form)[1:] {
		if utf8.RuneCountInString(c.Base) > 2 {
			out = append(out, cyrillicKey(c.Base, e))
		}
	}
	return out
}

func cyrillicKey(form string, e *forms.Endings) string {
	stem := forms.KazakhSpelling(e.Russian(form))
	if b, ok := strings.CutSuffix(stem, "ск"); ok && utf8.RuneCountInString(b) > 3 {
		return b
	}
	return stem
}

func isJoins(elems []Element) bool {
	for _, e := range elems {
		if e.Kind != JoinElement {
			return false
		}
	}
	return true
}

// Site is the place that an element stands for.
func (k *Linker) Site(e Element) Site { return k.atlas.places[e.sym-k.placeSym] }

// Towns gives the numbers of the towns that a folded word may name.
func (k *Linker) Towns(form string) (out []int32) {
	ids, _, _ := k.atlas.of(form, k.endings)
	for _, id := range ids {
		if k.atlas.places[id].Kind == TownElement {
			out = append(out, k.placeSym+id)
		}
	}
	return out
}

// Sites gives the places that a word may name, the likeliest first.
func (k *Linker) Sites(word string) (out []Site) {
	for _, e := range k.Elements(forms.WordForm(word)) {
		if e.Kind == TownElement || e.Kind == RegionElement || e.Kind == CountryElement {
			out = append(out, k.Site(e))
		}
	}
	return out
}

// Town is the name of the town that a word names, else of another place (Tashkent before its region), else the word.
func (k *Linker) Town(word string) string {
	s := k.Sites(word)
	if i := slices.IndexFunc(s, func(p Site) bool { return p.Kind == TownElement }); i >= 0 {
		return s[i].Name
	}
	if len(s) > 0 {
		return s[0].Name
	}
	return forms.UpperOne(word)
}

// CountryOf is the country of the likeliest place that a word names, "" for none.
func (k *Linker) CountryOf(word string) string {
	if s := k.Sites(word); len(s) > 0 {
		return s[0].Country
	}
	return ""
}
