package names

import (
	"cmp"
	"io/fs"
	"maps"
	"math"
	"slices"
	"sync"
	"unicode"
	"unicode/utf8"
)

// linker finds bodies by the signatures of their names. It is made when it is first asked, in a tenth of a second or two.
type linker struct {
	concepts    *concepts
	atlas       *atlas
	transcriber *transcriber
	endings     *endings
	model       *model
	placeSym    int32              // the sym of the first place; concepts come before
	wordSym     int32              // and of the first word
	latin       map[string]int32   // Latin word of a name → sym
	cyrillic    map[string]int32   // what forms of a Cyrillic word of a name have in common → sym
	sounds      map[string][]int32 // sound of a Latin word → syms
	texts       []string           // of words, by sym
	rows        []row              // names of bodies
	slots       []slot             // of all rows, one after another
	syms        []int32            // of all slots
	weight      []float32          // sym → how telling it is: 0 … about 1
	posts       []int32            // rows of all syms, one sym after another
	postAt      []int32            // sym → where its rows begin in posts
	townOf      map[int32]int32    // geonameid → sym
	countrySym  map[string]int32   // iso2 → sym
	scratch     sync.Pool
}

// row is the signature of one name of a body.
type row struct {
	body     *body
	from, to int32 // slots
	heads    uint32
	town     int32 // sym, -1 where unknown
	country  int32 // sym
	name     string
}

// slot is one word of a row's name: the syms that it may be.
type slot struct {
	from, to int32
	kind     elementKind
	person   bool // beside «атындағы», «имени»
}

// world makes a linker of the table's rows. latinOnly leaves Cyrillic names out, and without is a body to leave out: for
// measuring and learning.
func newLinker(fsys fs.FS, t *Table, use func(*body, string) bool) (*linker, error) {
	k := &linker{endings: t.endings, latin: map[string]int32{}, cyrillic: map[string]int32{}, sounds: map[string][]int32{},
		townOf: map[int32]int32{}, countrySym: map[string]int32{}}
	var err error
	if k.concepts, err = readConcepts(fsys, t.endings); err != nil {
		return nil, err
	}
	if k.atlas, err = t.readAtlas(fsys, k.concepts); err != nil {
		return nil, err
	}
	if k.transcriber, err = readTranscriber(fsys); err != nil {
		return nil, err
	}
	if k.model, err = readModel(fsys); err != nil {
		return nil, err
	}
	k.placeSym = int32(len(k.concepts.list))
	k.wordSym = k.placeSym + int32(len(k.atlas.places))
	for i, p := range k.atlas.places {
		switch p.kind {
		case townElement:
			k.townOf[p.town] = k.placeSym + int32(i)
		case countryElement:
			k.countrySym[p.country] = k.placeSym + int32(i)
		}
	}
	in := &indexer{linker: k, forms: map[string]part{}, seen: map[string]bool{}}
	for _, b := range t.bodies {
		in.body(b, use)
		for _, branch := range t.branches[b] {
			in.branch(branch, b, use)
		}
	}
	for _, b := range t.world {
		if t.body[b.Key] == b {
			in.body(b, use)
		}
	}
	k.plant()
	k.weigh()
	k.scratch.New = func() any { return k.newScratch() }
	return k, nil
}

// indexer takes names into a linker.
type indexer struct {
	*linker
	forms  map[string]part // word as written → its part
	seen   map[string]bool // names of the body at hand
	person bool            // the slot at hand is a person's
	buf    []part
	raw    []string
}

func (in *indexer) body(b *body, use func(*body, string) bool) {
	if b.Kind == "government" || b.Kind == "network" || b.Kind == "company" {
		return
	}
	r := in.place(b)
	clear(in.seen)
	for _, n := range b.names() {
		if in.seen[n] || use != nil && !use(b, n) {
			continue
		}
		in.seen[n] = true
		r.name = n
		in.row(r, n)
	}
}

// branch takes in the names of a branch's parent, said with «branch»: филиал РХТУ имени Менделеева.
func (in *indexer) branch(b, parent *body, use func(*body, string) bool) {
	r := in.place(b)
	r.heads = 1 << in.concepts.branch
	for _, n := range parent.names() {
		if use == nil || use(b, n) {
			r.name = n
			in.row(r, n)
		}
	}
}

// place begins the row of a body, with its town and country.
func (in *indexer) place(b *body) row {
	town, ok := in.townOf[b.Town]
	if !ok {
		town = in.cityOf(b)
	}
	country, ok := in.countrySym[b.Country]
	if !ok {
		country = -1
	}
	return row{body: b, town: town, country: country}
}

// cityOf finds the town that a curated row states by its name, -1 where it is unknown.
func (in *indexer) cityOf(b *body) int32 {
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
			p.form = wordForm(w)
			p.elems = in.rowElements(p.form)
			in.forms[w] = p
		}
		buf = append(buf, p)
	}
	in.buf = buf
	places := in.longPlaces(buf, nil)
	person := namedBeside(buf)
	for i := 0; i < len(buf); i++ {
		if n, ids := placeAt(places, i); n > 0 {
			in.slot(townElement, func() {
				for _, id := range ids {
					in.syms = append(in.syms, in.placeSym+id)
				}
				for _, p := range buf[i : i+n] {
					for _, e := range p.elems {
						if e.kind == wordElement && e.like == 1 {
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
			for _, e := range buf[i].elems {
				switch {
				case e.kind == headElement && s == 0:
					r.heads |= 1 << e.sym
				case e.slot == s && e.kind > headElement && e.kind != joinElement && e.kind != namedElement && e.like == 1:
					if any = true; kind == plainElement {
						kind = e.kind
					}
				}
			}
			if any {
				in.slot(kind, func() {
					in.person = person(i) && kind >= townElement
					for _, e := range buf[i].elems {
						if e.slot == s && e.kind > headElement && e.kind < joinElement && e.like == 1 {
							in.syms = append(in.syms, e.sym)
						}
					}
					if kind < townElement {
						return
					}
					for _, j := range []int{i - 1, i} {
						if j >= 0 && j+1 < len(buf) && isName(buf[j].elems) && isName(buf[j+1].elems) {
							if sym := in.joined(buf[j].form, buf[j+1].form); sym >= 0 {
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
	if len(a) > 6 || len(b) > 6 || len(a) < 2 || len(b) < 2 || !latin_(a) || !latin_(b) {
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
	in.person = false
	fill()
	s.person = in.person
	if s.to = int32(len(in.syms)); s.to > s.from {
		in.slots = append(in.slots, s)
	}
}

// rowElements are a word's elements in a name of the table: a word that is no concept is itself, not what it sounds like.
func (in *indexer) rowElements(form string) []element {
	first, _ := utf8.DecodeRuneInString(form)
	if namedForms[form] {
		return []element{{kind: namedElement, sym: -1, like: 1}}
	}
	if utf8.RuneCountInString(form) < 2 && !unicode.IsDigit(first) || !unicode.In(first, unicode.Latin, unicode.Cyrillic) && !unicode.IsDigit(first) {
		return nil
	}
	out, _ := in.conceptElements(form)
	concept := len(out) > 0
	ids, parts := in.atlas.of(form, in.endings)
	for _, p := range parts {
		out = append(out, element{sym: p, kind: joinElement, like: 1})
	}
	if concept {
		return out
	}
	for _, id := range ids {
		out = append(out, element{sym: in.placeSym + id, kind: in.atlas.places[id].kind, like: 1})
	}
	table, key := in.latin, form
	if cyrillic(form) {
		table, key = in.cyrillic, cyrillicKey(form, in.endings)
	}
	return append(out, element{sym: in.word(table, key, form), kind: wordElement, like: 1})
}

// plant makes the tree of Latin words and the table of their sounds.
func (k *linker) plant() {
	words := slices.Sorted(maps.Keys(k.latin))
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 2 || !latin_(w) })
	k.transcriber.vocabulary(words)
	for _, w := range words {
		if len(w) > 3 {
			s := sound(w)
			k.sounds[s] = append(k.sounds[s], k.latin[w])
		}
	}
}

// weigh counts in how many bodies' names a sym stands, and lists its rows.
func (k *linker) weigh() {
	n := int(k.wordSym) + len(k.texts)
	k.postAt = make([]int32, n+1)
	bodies := make([]int32, n)
	last := make([]*body, n)
	each := func(do func(r int32, sym int32)) {
		for i := range k.rows {
			for _, s := range k.slots[k.rows[i].from:k.rows[i].to] {
				for _, sym := range k.syms[s.from:s.to] {
					do(int32(i), sym)
				}
			}
		}
	}
	total, before := 0, (*body)(nil)
	for i := range k.rows {
		if k.rows[i].body != before {
			total++
			before = k.rows[i].body
		}
	}
	each(func(r, sym int32) {
		k.postAt[sym+1]++
		if b := k.rows[r].body; last[sym] != b {
			last[sym] = b
			bodies[sym]++
		}
	})
	for i := 1; i <= n; i++ {
		k.postAt[i] += k.postAt[i-1]
	}
	k.posts = make([]int32, k.postAt[n])
	at := slices.Clone(k.postAt)
	each(func(r, sym int32) {
		k.posts[at[sym]] = r
		at[sym]++
	})
	most := math.Log(float64(total+1) / 0.5)
	k.weight = make([]float32, n)
	for i := range k.weight {
		k.weight[i] = float32(math.Log(float64(total+1)/(float64(bodies[i])+0.5)) / most)
	}
}

// hear finds the words of the table that a Cyrillic word sounds like.
func (k *linker) hear(form string) []heard {
	if utf8.RuneCountInString(form) < 3 {
		return nil
	}
	return k.transcriber.hear(form, k.endings)
}

// longPlace is a place name of several words: parts[at : at+n].
type longPlace struct {
	at, n int
	ids   []int32
}

// longPlaces finds the place names of several words, from the left, the longest at each.
func (k *linker) longPlaces(parts []part, out []longPlace) []longPlace {
	for i := 0; i < len(parts)-1; i++ {
		best := longPlace{at: i}
		var walk func(at int, node int32)
		walk = func(at int, node int32) {
			if ids := k.atlas.ends[node]; ids != nil && at-i > best.n {
				best.n, best.ids = at-i, ids
			}
			if at == len(parts) || at-i > 4 {
				return
			}
			for _, e := range parts[at].elems {
				if e.kind == joinElement {
					if to, ok := k.atlas.next[edge{node, e.sym}]; ok {
						walk(at+1, to)
					}
				}
			}
		}
		if len(parts[i].elems) == 0 || !hasJoin(parts[i].elems) {
			continue
		}
		walk(i, 0)
		if best.n > 1 {
			out = append(out, best)
			i += best.n - 1
		}
	}
	return out
}

// isName reports whether a word is no concept.
func isName(elems []element) bool {
	return slices.ContainsFunc(elems, func(e element) bool { return e.kind >= townElement && e.kind <= wordElement })
}

func hasJoin(elems []element) bool {
	return slices.ContainsFunc(elems, func(e element) bool { return e.kind == joinElement })
}

// placeAt gives the long place name that begins at a part.
func placeAt(places []longPlace, at int) (n int, ids []int32) {
	i, ok := slices.BinarySearchFunc(places, at, func(p longPlace, at int) int { return cmp.Compare(p.at, at) })
	if !ok {
		return 0, nil
	}
	return places[i].n, places[i].ids
}
