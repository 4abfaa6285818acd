package world

import (
	"unicode"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// indexer takes names into a linker.
type indexer struct {
	*Linker
	forms  map[string]Part // word as written → its part
	seen   map[string]bool // names of the body at hand
	person bool            // the slot at hand is a person's
	long   bool            // it is a place name of several words
	number map[*Body]int32 // of bodies with rows
	buf    []Part
	raw    []string
}

func (in *indexer) body(b *Body, use func(*Body, string) bool) {
	if b.Kind == "government" || b.Kind == "network" || b.Kind == "company" {
		return
	}
	r := in.place(b)
	clear(in.seen)
	for _, n := range b.Names() {
		if in.seen[n] || use != nil && !use(b, n) {
			continue
		}
		in.seen[n] = true
		in.row(r, n)
	}
}

// branch takes in the names of a branch's parent, said with «branch»: филиал РХТУ имени Менделеева.
func (in *indexer) branch(b, parent *Body, use func(*Body, string) bool) {
	r := in.place(b)
	r.heads = 1 << in.concepts.branch
	for _, n := range parent.Names() {
		if use == nil || use(b, n) {
			in.row(r, n)
		}
	}
}

// place begins the row of a body, with its town and country.
func (in *indexer) place(b *Body) row {
	town, ok := in.townOf[b.Town]
	if !ok {
		town = in.cityOf(b)
	}
	country, ok := in.countrySym[b.Country]
	if !ok {
		country = -1
	}
	number, ok := in.number[b]
	if !ok {
		number = int32(len(in.number))
		in.number[b] = number
	}
	land, ok := in.landOf[b.Country]
	if !ok {
		land = int16(len(in.landOf))
		in.landOf[b.Country] = land
	}
	return row{body: b, number: number, town: town, country: country, land: land, kept: keptOf(b)}
}

// cityOf finds the town that a curated row states by its name, -1 where it is unknown.
func (in *indexer) cityOf(b *Body) int32 {
	if id := in.atlas.townNamed(b.City, b.Country); id >= 0 {
		return in.placeSym + id
	}
	return -1
}

// row takes one name in. A name in letters that are neither Latin nor Cyrillic has none.
func (in *indexer) row(r row, name string) {
	r.from = int32(len(in.slots))
	buf := in.buf[:0]
	in.raw = appendWords(in.raw[:0], name)
	for _, w := range in.raw {
		p, ok := in.forms[w]
		if !ok {
			p.Form = forms.WordForm(w)
			p.Elems = in.rowElements(p.Form)
			in.forms[w] = p
		}
		buf = append(buf, p)
	}
	in.buf = buf
	places := in.longPlaces(buf, nil)
	person := namedBeside(buf)
	for i := 0; i < len(buf); i++ {
		if n, ids := placeAt(places, i); n > 0 {
			in.slot(TownElement, func() {
				in.long = true
				for _, id := range ids {
					in.syms = append(in.syms, in.placeSym+id)
				}
				for _, p := range buf[i : i+n] {
					for _, e := range p.Elems {
						if e.Kind == wordElement && e.Like == 1 {
							in.syms = append(in.syms, e.sym)
						}
					}
				}
			})
			i += n - 1
			continue
		}
		for s := uint8(0); s < 3; s++ {
			kind, any := plainElement, false
			for _, e := range buf[i].Elems {
				switch {
				case e.Kind == headElement && s == 0 && e.Like == 1:
					r.heads |= 1 << e.sym
				case e.slot == s && e.Kind > headElement && e.Kind != JoinElement && e.Kind != namedElement && e.Like == 1:
					if any = true; kind == plainElement {
						kind = e.Kind
					}
				}
			}
			if any {
				in.slot(kind, func() {
					in.person = person(i) && kind >= TownElement
					for _, e := range buf[i].Elems {
						if e.slot == s && e.Kind > headElement && e.Kind < JoinElement && e.Like == 1 {
							in.syms = append(in.syms, e.sym)
						}
					}
					if kind < TownElement {
						return
					}
					for _, j := range []int{i - 1, i} {
						if j >= 0 && j+1 < len(buf) && isName(buf[j].Elems) && isName(buf[j+1].Elems) {
							if sym := in.joined(buf[j].Form, buf[j+1].Form); sym >= 0 {
								in.syms = append(in.syms, sym)
							}
						}
					}
				})
			}
		}
	}
	if r.to = int32(len(in.slots)); r.to > r.from {
		in.rows = append(in.rows, r)
	}
}

// joined gives the sym of two short Latin words written as one, «Jiao Tong» and «Jiaotong», or -1: Cyrillic joins what
// Latin parts, and the reverse.
func (in *indexer) joined(a, b string) int32 {
	if len(a) > 6 || len(b) > 6 || len(a) < 2 || len(b) < 2 || !plainLatin(a) || !plainLatin(b) {
		return -1
	}
	return in.word(in.latin, a+b, a+b)
}

// word gives the sym of a word of the table's names.
func (in *indexer) word(table map[string]int32, key, form string) int32 {
	sym, ok := table[key]
	if !ok {
		sym = in.wordSym + int32(len(in.texts))
		in.texts = append(in.texts, form)
		table[key] = sym
	}
	return sym
}

func (in *indexer) slot(kind elementKind, fill func()) {
	s := slot{from: int32(len(in.syms)), kind: kind}
	in.person, in.long = false, false
	fill()
	s.person, s.long = in.person, in.long
	if s.to = int32(len(in.syms)); s.to > s.from {
		in.slots = append(in.slots, s)
	}
}

// rowElements are a word's elements in a name of the table: a word that is no concept is itself, not what it sounds like.
func (in *indexer) rowElements(form string) []Element {
	first, _ := utf8.DecodeRuneInString(form)
	if forms.NamedForms[form] {
		return []Element{{Kind: namedElement, sym: -1, Like: 1}}
	}
	if utf8.RuneCountInString(form) < 2 && !unicode.IsDigit(first) || !unicode.In(first, unicode.Latin, unicode.Cyrillic) && !unicode.IsDigit(first) {
		return nil
	}
	out, _ := in.ConceptElements(form)
	concept := len(out) > 0
	ids, parts, _ := in.atlas.of(form, in.endings)
	for _, p := range parts {
		out = append(out, Element{sym: p, Kind: JoinElement, Like: 1})
	}
	if concept {
		return out
	}
	for _, id := range ids {
		out = append(out, Element{sym: in.placeSym + id, Kind: in.atlas.places[id].Kind, Like: 1})
	}
	if !forms.Cyrillic(form) {
		return append(out, Element{sym: in.word(in.latin, form, form), Kind: wordElement, Like: 1})
	}
	keys := cyrillicKeys(form, in.endings)
	sym := in.word(in.cyrillic, keys[0], form)
	for _, key := range keys[1:] {
		if _, ok := in.cyrillic[key]; !ok {
			in.cyrillic[key] = sym // «Қазтұтынуодақ» of «Қазтұтынуодағы Қарағанды университеті»
		}
	}
	return append(out, Element{sym: sym, Kind: wordElement, Like: 1})
}
