package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// elementKind is what a word of a name is in its signature.
type elementKind uint8

const (
	plainElement   elementKind = iota // weighs nothing: of, мен, академик
	headElement                       // университет
	statusElement                     // ұлттық, state
	fieldElement                      // мұнай, нефтяной, petroleum
	townElement                       // Люблинский
	regionElement                     // Хэнань
	countryElement                    // ресейлік, Turkish
	wordElement                       // by its letters or its sound: Сәтбаев, Lancaster
	joinElement                       // a word of a longer place name: San of San Diego
	namedElement                      // атындағы, имени, named: names of people stand beside it
)

// element is one thing that a folded word may stand for in a signature, whatever its language and case. sym is a head,
// a concept, a place or a word of the table's names, by kind; -1 a word that no name has.
type element struct {
	sym  int32
	like float32 // 1: surely; less by sound, or for a concept that only translators take for the other
	kind elementKind
	slot uint8 // a compound has two: агро-техникалық
}

// part is one word of a name.
type part struct {
	form  string // folded
	elems []element
	upper bool // written with a capital letter
}

// parts cuts a plain string into the words of a name.
func (k *linker) parts(name string) []part {
	var out []part
	if i := strings.LastIndex(name, " ("); i > 0 && capitals(strings.Trim(name[i:], " ()")) != "" {
		name = name[:i] // its abbreviation
	}
	for _, w := range rawWords(norm.NFC.String(name)) {
		first, _ := utf8.DecodeRuneInString(w)
		form := wordForm(w)
		if _, ending := k.endings.kk[form]; ending && len(out) > 0 && unicode.IsLower(first) {
			continue // ҚазҰУ-дың
		}
		out = append(out, part{form: form, elems: k.elements(form), upper: unicode.IsUpper(first)})
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

// nameWords are the folded words of a name.
func nameWords(name string) []string {
	words := rawWords(name)
	for i, w := range words {
		words[i] = wordForm(w)
	}
	return words
}

var namedForms = map[string]bool{"атындағы": true, "атында": true, "имени": true, "им": true, "named": true}

// elements are what a folded word may stand for in a signature. The caller keeps them by form.
func (k *linker) elements(form string) []element {
	if namedForms[form] {
		return []element{{kind: namedElement, sym: -1, like: 1}}
	}
	if utf8.RuneCountInString(form) < 2 {
		if form != "" && form[0] >= '0' && form[0] <= '9' {
			return k.wordElements(nil, form)
		}
		return nil // an initial
	}
	out, sure := k.conceptElements(form)
	ids, parts := k.atlas.of(form, k.endings)
	for _, p := range parts {
		out = append(out, element{sym: p, kind: joinElement, like: 1})
	}
	if sure {
		return out
	}
	for _, id := range ids {
		out = append(out, element{sym: k.placeSym + id, kind: k.atlas.places[id].kind, like: 1})
	}
	return k.wordElements(out, form)
}

// conceptElements reads a word by concepts.tsv.
func (k *linker) conceptElements(form string) (out []element, sure bool) {
	readings, sure := k.concepts.of(form)
	for _, r := range readings {
		slot := uint8(0)
		for _, c := range r {
			x := &k.concepts.list[c]
			out = append(out, element{sym: c, kind: x.kind, like: 1, slot: slot})
			for _, n := range x.near {
				out = append(out, element{sym: n, kind: k.concepts.list[n].kind, like: nearLike, slot: slot})
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
func (k *linker) wordElements(out []element, form string) []element {
	n := len(out)
	add := func(sym int32, like float32) {
		for i := n; i < len(out); i++ {
			if out[i].sym == sym {
				out[i].like = max(out[i].like, like)
				return
			}
		}
		out = append(out, element{sym: sym, kind: wordElement, like: like})
	}
	if !cyrillic(form) {
		if sym, ok := k.latin[form]; ok {
			add(sym, 1)
		}
		for _, sym := range k.sounds[sound(form)] {
			add(sym, 0.9)
		}
	} else {
		for _, key := range cyrillicKeys(form, k.endings) {
			if sym, ok := k.cyrillic[key]; ok {
				add(sym, 1)
			}
		}
		for _, h := range k.hear(form) {
			add(k.latin[k.transcriber.words[h.word]], likeness(h.cost))
		}
	}
	if len(out) == 0 || len(out) == n && isJoins(out) {
		out = append(out, element{sym: -1, kind: wordElement, like: 1})
	}
	return out
}

// cyrillicKeys are what forms of a Cyrillic word in Kazakh and Russian have in common.
func cyrillicKeys(form string, e *endings) []string {
	out := []string{cyrillicKey(form, e)}
	for _, c := range e.kazakh(form)[1:] {
		if utf8.RuneCountInString(c.base) > 2 {
			out = append(out, cyrillicKey(c.base, e))
		}
	}
	return out
}

func cyrillicKey(form string, e *endings) string {
	stem := kazakhSpelling(e.russian(form))
	if b, ok := strings.CutSuffix(stem, "ск"); ok && utf8.RuneCountInString(b) > 3 {
		return b
	}
	return stem
}

func isJoins(elems []element) bool {
	for _, e := range elems {
		if e.kind != joinElement {
			return false
		}
	}
	return true
}

// site is the place that an element stands for.
func (k *linker) site(e element) site { return k.atlas.places[e.sym-k.placeSym] }
