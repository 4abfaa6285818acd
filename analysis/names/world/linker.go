package world

import (
	"cmp"
	"io/fs"
	"maps"
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"kelisim/analysis/names/forms"
)

// Linker finds bodies by the signatures of their names. It is made when it is first asked, in a tenth of a second or two.
type Linker struct {
	concepts    *concepts
	atlas       *atlas
	transcriber *transcriber
	endings     *forms.Endings
	model       *model
	placeSym    int32              // the sym of the first place; concepts come before
	wordSym     int32              // and of the first word
	latin       map[string]int32   // Latin word of a name → sym
	cyrillic    map[string]int32   // what forms of a Cyrillic word of a name have in common → sym
	sounds      map[string][]int32 // sound of a Latin word → syms
	texts       []string           // of words, by sym
	rows        []row              // names of bodies
	lands       []int16            // row → its body's country, as landOf numbers it; apart, since most rows of a word are asked no more
	landOf      map[string]int16   // iso2, "" too → number
	bodies      int                // how many they name
	slots       []slot             // of all rows, one after another
	syms        []int32            // of all slots
	weight      []float32          // sym → how telling it is: 0 … about 1
	posts       []int32            // rows of all syms, one sym after another
	postAt      []int32            // sym → where its rows begin in posts
	townOf      map[int32]int32    // geonameid → sym
	countrySym  map[string]int32   // iso2 → sym
	scratch     sync.Pool
	spelling    map[string]string // words of keys as names write them; see working
	spelt       sync.Once
	spoken      func() []string // sounds of texts
}

// row is the signature of one name of a body.
type row struct {
	body     *Body
	number   int32 // of the body
	from, to int32 // slots
	heads    uint32
	town     int32 // sym, -1 where unknown
	country  int32 // sym
	land     int16
	kept     kept
}

// kept are what a row's body is, beside it: a body is a look at another place of memory.
type kept uint8

const (
	isBranch kept = 1 << iota
	isCurated
	isListed
	isHome
	isSomewhere // its country is known
)

func keptOf(b *Body) (k kept) {
	if b.Kind == "branch" {
		k |= isBranch
	}
	switch {
	case !b.World:
		k |= isCurated
	case b.ROR == "":
		k |= isListed
	}
	if b.Country == home {
		k |= isHome
	}
	if b.Country != "" {
		k |= isSomewhere
	}
	return k
}

// slot is one word of a row's name: the syms that it may be.
type slot struct {
	from, to int32
	kind     elementKind
	person   bool // beside «атындағы», «имени»
	long     bool // a place name of several words
}

// LinkerParts are what a linker is made with, beside the bodies.
type LinkerParts struct {
	endings     *forms.Endings
	concepts    *concepts
	atlas       *atlas
	transcriber *transcriber
	model       *model
}

// ReadParts reads them from a folder.
func ReadParts(fsys fs.FS, e *forms.Endings, nations []Nation) (p LinkerParts, err error) {
	p.endings = e
	if p.concepts, err = readConcepts(fsys, e); err != nil {
		return p, err
	}
	if p.atlas, err = readAtlas(fsys, nations, p.concepts); err != nil {
		return p, err
	}
	if p.transcriber, err = readTranscriber(fsys); err != nil {
		return p, err
	}
	p.model, err = readModel(fsys)
	return p, err
}

// Stock is the bodies that a linker knows.
type Stock struct {
	Curated  []*Body
	Branches map[*Body][]*Body // parent → its branches
	World    []*Body           // those with World, which no curated one is
}

// NewLinker makes a linker of bodies; use, where it is not nil, tells which of their names to take in: for measuring and learning.
func NewLinker(p LinkerParts, of Stock, use func(b *Body, name string) bool) *Linker {
	k := &Linker{endings: p.endings, latin: make(map[string]int32, 1<<15), cyrillic: map[string]int32{}, sounds: make(map[string][]int32, 1<<15),
		townOf: map[int32]int32{}, countrySym: map[string]int32{}, concepts: p.concepts, atlas: p.atlas, transcriber: p.transcriber, model: p.model}
	k.placeSym = int32(len(k.concepts.list))
	k.wordSym = k.placeSym + int32(len(k.atlas.places))
	for i, p := range k.atlas.places {
		switch p.Kind {
		case TownElement:
			k.townOf[p.town] = k.placeSym + int32(i)
		case CountryElement:
			k.countrySym[p.Country] = k.placeSym + int32(i)
		}
	}
	k.landOf = map[string]int16{}
	names := 3 * (len(of.World) + len(of.Curated)) // about
	k.rows, k.slots, k.syms = make([]row, 0, names), make([]slot, 0, 4*names), make([]int32, 0, 6*names)
	in := &indexer{Linker: k, forms: make(map[string]Part, 1<<16), seen: map[string]bool{}, number: make(map[*Body]int32, names)}
	for _, b := range of.Curated {
		in.body(b, use)
		for _, branch := range of.Branches[b] {
			in.branch(branch, b, use)
		}
	}
	for _, b := range of.World {
		if b.World {
			in.body(b, use)
		}
	}
	k.bodies = len(in.number)
	k.lands = make([]int16, len(k.rows))
	for i := range k.rows {
		k.lands[i] = k.rows[i].land
	}
	planted := make(chan struct{}) // one looks at the words, the other at the rows
	go func() {
		k.plant()
		close(planted)
	}()
	k.weigh()
	<-planted
	k.spoken = sync.OnceValue(func() []string { // only searching inside a facet needs it
		out := make([]string, len(k.texts))
		for i, w := range k.texts {
			out[i] = forms.Sound(w)
		}
		return out
	})
	k.scratch.New = func() any { return k.newScratch() }
	return k
}

// plant makes the tree of Latin words and the table of their sounds.
func (k *Linker) plant() {
	words := slices.Sorted(maps.Keys(k.latin))
	words = slices.DeleteFunc(words, func(w string) bool { return len(w) < 2 || !plainLatin(w) })
	k.transcriber.vocabulary(words)
	for _, w := range words {
		if len(w) > 3 {
			s := forms.Sound(w)
			k.sounds[s] = append(k.sounds[s], k.latin[w])
		}
	}
}

// weigh counts in how many bodies' names a sym stands, and lists its rows.
func (k *Linker) weigh() {
	n := int(k.wordSym) + len(k.texts)
	k.postAt = make([]int32, n+1)
	bodies := make([]int32, n)
	last := make([]*Body, n)
	each := func(do func(r int32, sym int32)) {
		for i := range k.rows {
			for _, s := range k.slots[k.rows[i].from:k.rows[i].to] {
				for _, sym := range k.syms[s.from:s.to] {
					do(int32(i), sym)
				}
			}
		}
	}
	total, before := 0, (*Body)(nil)
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
func (k *Linker) hear(form string) []heard {
	if utf8.RuneCountInString(form) < 3 {
		return nil
	}
	return k.transcriber.hear(form, k.endings)
}

// Having gives the bodies whose names have the word, or its beginning, that sounds like the longest typed one.
func (k *Linker) Having(typed []string) []*Body {
	longest := slices.MaxFunc(typed, func(a, b string) int { return cmp.Compare(len(a), len(b)) })
	var out []*Body
	seen := map[*Body]bool{}
	for i, w := range k.spoken() {
		if !strings.HasPrefix(w, longest) {
			continue
		}
		sym := k.wordSym + int32(i)
		for _, r := range k.posts[k.postAt[sym]:k.postAt[sym+1]] {
			if b := k.rows[r].body; !seen[b] {
				seen[b] = true
				out = append(out, b)
			}
		}
	}
	return out
}
