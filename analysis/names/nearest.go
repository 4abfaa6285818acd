package names

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// evidence is what a text says around a name.
type evidence struct {
	countries map[string]float64 // iso2 → weight of the article's or sentence's countries
	towns     map[int32]bool     // GeoNames ids of towns named in the article
	named     map[*body]bool     // bodies already named in full
	country   string             // iso2 stated beside the name, "" unknown
}

// choice is a body that a name may mean.
type choice struct {
	body  *body
	score float64  // chance that the name means it: of the bodies of the table and of none of them
	why   []string // what speaks for and against it; only from explain
}

const (
	enough   = 400  // rows to look at: rarer words first
	commonst = 2500 // rows of a word that may find candidates
	mostPart = 24   // words of a name; what is longer is cut
)

// scratch is the memory of one look.
type scratch struct {
	like   []float32 // sym → how much the name's word is like it
	slotOf []uint8   // sym → slot of the name + 1
	seen   []uint32  // row → round in which it was looked at
	round  uint32
	used   []int32 // syms to clear
	slots  []textSlot
	heads  uint32
	branch bool
	places []longPlace
	rare   []int32
	best   map[*body]candidate
	skip   func(*row) bool // while learning: rows that the table must not hold
}

// textSlot is one word of the name.
type textSlot struct {
	kind   elementKind
	weight float32
	person bool // beside «атындағы», «имени»
	from   int  // part
}

type candidate struct {
	row int32
	sum float32
	vec vector
}

func (k *linker) newScratch() *scratch {
	return &scratch{like: make([]float32, len(k.weight)), slotOf: make([]uint8, len(k.weight)), seen: make([]uint32, len(k.rows)), best: map[*body]candidate{}}
}

// nearest gives the bodies that the words of a name may mean, best first, at most n; nothing where no candidate shares a
// telling word.
func (t *Table) nearest(words []part, ev *evidence, n int) []choice {
	return t.linker().nearest(words, ev, n, false)
}

// explain is nearest with reasons.
func (t *Table) explain(words []part, ev *evidence, n int) []choice {
	return t.linker().nearest(words, ev, n, true)
}

func (k *linker) nearest(words []part, ev *evidence, n int, why bool) []choice {
	s := k.scratch.Get().(*scratch)
	defer k.scratch.Put(s)
	k.candidates(s, words, ev)
	out := make([]choice, 0, len(s.best))
	sum, top := 1.0, 0.0
	for _, c := range s.best {
		top = max(top, float64(c.sum))
	}
	sum = math.Exp(-top)
	for b, c := range s.best {
		e := math.Exp(float64(c.sum) - top)
		sum += e
		out = append(out, choice{body: b, score: e})
	}
	slices.SortFunc(out, func(a, b choice) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.body.Key, b.body.Key))
	})
	out = out[:min(n, len(out))]
	for i := range out {
		out[i].score /= sum
		if why {
			out[i].why = k.reasons(s.best[out[i].body])
		}
	}
	return out
}

func (k *linker) reasons(c candidate) []string {
	var out []string
	for i, x := range c.vec {
		if x != 0 {
			out = append(out, fmt.Sprintf("%s %.2f × %.2f = %+.2f", featureNames[i], x, k.model.weight[i], x*k.model.weight[i]))
		}
	}
	return out
}

// candidates fills s.best with the best row of each body that shares a telling word with the name.
func (k *linker) candidates(s *scratch, words []part, ev *evidence) {
	for _, sym := range s.used {
		s.like[sym], s.slotOf[sym] = 0, 0
	}
	s.used, s.slots, s.heads, s.branch, s.rare = s.used[:0], s.slots[:0], 0, false, s.rare[:0]
	clear(s.best)
	s.round++
	k.read(s, words[:min(len(words), mostPart)])
	for _, sym := range s.used {
		if n := k.postAt[sym+1] - k.postAt[sym]; n > 0 && n <= commonst {
			s.rare = append(s.rare, sym)
		}
	}
	slices.SortFunc(s.rare, func(a, b int32) int {
		return cmp.Or(cmp.Compare(s.cost(k, a), s.cost(k, b)), cmp.Compare(a, b))
	})
	looked := 0
	for i, sym := range s.rare {
		posts := k.posts[k.postAt[sym]:k.postAt[sym+1]]
		all := i == 0 || looked+len(posts) <= enough
		for _, r := range posts {
			if s.seen[r] == s.round || !all && !(looked < 2*enough && ev.near(k.rows[r].body.Country)) {
				continue
			}
			s.seen[r] = s.round
			looked++
			k.look(s, r, ev)
		}
	}
}

// cost is how many rows a sym brings; one that the name's word is only like comes later.
func (s *scratch) cost(k *linker, sym int32) float32 {
	return float32(k.postAt[sym+1]-k.postAt[sym]) / s.like[sym]
}

// near reports whether the text names a country.
func (ev *evidence) near(country string) bool {
	return ev != nil && (ev.country == country || ev.countries[country] > 0)
}

// read lays the name's words out as slots, and marks the syms that they may be.
func (k *linker) read(s *scratch, words []part) {
	s.places = k.longPlaces(words, s.places[:0])
	for i := 0; i < len(words); i++ {
		if n, ids := placeAt(s.places, i); n > 0 {
			at := k.open(s, townElement, i)
			for _, id := range ids {
				k.mark(s, at, k.placeSym+id, 1)
			}
			for _, p := range words[i : i+n] {
				for _, e := range p.elems {
					if e.kind == wordElement && e.sym >= 0 {
						k.mark(s, at, e.sym, e.like)
					}
				}
			}
			i += n - 1
			continue
		}
		first := -1
		for _, e := range words[i].elems {
			switch e.kind {
			case headElement:
				if e.like == 1 {
					s.heads |= 1 << e.sym
				}
			case statusElement, fieldElement, townElement, regionElement, countryElement, wordElement:
				if first < 0 {
					first = len(s.slots)
				}
				for first+int(e.slot) >= len(s.slots) {
					k.open(s, e.kind, i)
				}
				if e.sym >= 0 {
					k.mark(s, first+int(e.slot), e.sym, e.like)
				} else {
					s.slots[first+int(e.slot)].weight = 1
				}
			}
		}
	}
	k.persons(s, words)
}

func (k *linker) open(s *scratch, kind elementKind, from int) int {
	s.slots = append(s.slots, textSlot{kind: kind, from: from})
	return len(s.slots) - 1
}

func (k *linker) mark(s *scratch, slot int, sym int32, like float32) {
	if s.like[sym] == 0 {
		s.used = append(s.used, sym)
	} else if other := int(s.slotOf[sym]) - 1; like == 1 && s.like[sym] == 1 && other != slot && s.slots[slot].weight == 0 {
		s.slots[slot].kind = plainElement // said twice: тау-кен
		return
	}
	if like > s.like[sym] {
		s.like[sym], s.slotOf[sym] = like, uint8(slot+1)
	}
	if w := k.weight[sym] * like; w > s.slots[slot].weight {
		s.slots[slot].weight = w
	}
}

// persons marks the words of people's names.
func (k *linker) persons(s *scratch, words []part) {
	for i, w := range words {
		if isNamed(w.elems) {
			before := w.form == "атындағы" || w.form == "атында"
			for j := range s.slots {
				if x := &s.slots[j]; x.kind >= fieldElement {
					x.person = x.person || beside(x.from, i, before)
				}
			}
		}
	}
}

func isNamed(elems []element) bool { return len(elems) == 1 && elems[0].kind == namedElement }

// beside reports whether a word may be of the person's name that «атындағы» or «имени» marks: three words before it in
// Kazakh, three after it in Russian.
func beside(word, mark int, before bool) bool {
	if before {
		return word < mark && word >= mark-3
	}
	return word > mark && word <= mark+3
}

// namedBeside tells which words of a name are of a person's.
func namedBeside(words []part) func(int) bool {
	for i, w := range words {
		if isNamed(w.elems) {
			before := w.form == "атындағы" || w.form == "атында"
			return func(j int) bool { return beside(j, i, before) }
		}
	}
	return func(int) bool { return false }
}

// look scores a row.
func (k *linker) look(s *scratch, r int32, ev *evidence) {
	row := &k.rows[r]
	if s.skip != nil && s.skip(row) {
		return
	}
	var v vector
	var met uint64
	whole := true
	person := false
	v[fBias] = 1
	for _, slot := range k.slots[row.from:row.to] {
		like, sym := float32(0), int32(-1)
		for _, x := range k.syms[slot.from:slot.to] {
			if s.like[x] > like {
				like, sym = s.like[x], x
			}
		}
		if sym < 0 {
			whole = k.missing(&v, row, slot) && whole
			continue
		}
		at := s.slotOf[sym] - 1
		if met&(1<<at) != 0 {
			continue
		}
		met |= 1 << at
		person = person || s.slots[at].person && s.slots[at].kind != fieldElement
		w := k.weight[sym]
		if like < 0.9 {
			v[fUnlike] += w * (1 - like)
		}
		switch slot.kind {
		case statusElement:
			v[fStatus] += w * like
		case fieldElement:
			v[fField] += w * like
		case wordElement:
			v[fWord] += w * like
		default:
			v[fPlace] += w * like
		}
	}
	for i := range s.slots {
		x := &s.slots[i]
		if met&(1<<i) != 0 || x.kind == plainElement {
			continue
		}
		switch {
		case x.kind == statusElement:
			v[fTextStatus] += x.weight
			continue
		case x.person && person:
			v[fTextPerson] += x.weight
			continue
		case x.person && x.kind != fieldElement:
			v[fTextEponym] = max(v[fTextEponym], x.weight)
			continue
		case x.kind == fieldElement:
			v[fTextField] += x.weight
		case s.slotOf[max(row.town, 0)] == uint8(i+1) && row.town >= 0 || row.country >= 0 && s.slotOf[row.country] == uint8(i+1):
			v[fTextOwn] += x.weight
			continue
		case x.kind == wordElement:
			v[fTextWord] += x.weight
		default:
			v[fTextPlace] += x.weight
		}
		whole = false
	}
	if v[fTextEponym] > 0 && v[fRowPerson] > 0 {
		v[fPersonOther], whole = 1, false
	}
	if whole && (s.heads&row.heads != 0 || s.heads == 0 || row.heads == 0) {
		v[fWhole] = 1
	}
	both := v[fField] + v[fPlace] + v[fWord] + 0.01
	text := v[fTextField] + v[fTextPlace] + v[fTextWord]
	rest := v[fRowField] + v[fRowPlace] + v[fRowWord]
	v[fTextRest], v[fRowRest] = text/(text+both), rest/(rest+both)
	k.around(s, &v, row, ev)
	sum := k.model.sum(&v)
	if c, ok := s.best[row.body]; !ok || sum > c.sum {
		s.best[row.body] = candidate{r, sum, v}
	}
}

// missing counts what only the row has. It reports whether that is of no weight.
func (k *linker) missing(v *vector, row *row, slot slot) bool {
	w := float32(1)
	own := false
	for _, x := range k.syms[slot.from:slot.to] {
		w = min(w, k.weight[x])
		own = own || x == row.town || x == row.country
	}
	switch {
	case own:
		v[fRowOwn] += w
		return true
	case slot.kind == statusElement:
		v[fRowStatus] += w
		return true
	case slot.person:
		v[fRowPerson] += w
		return true
	case slot.kind == fieldElement:
		v[fRowField] += w
	case slot.kind == wordElement:
		v[fRowWord] += w
	default:
		v[fRowPlace] += w
	}
	return false
}

// around counts heads, and what the text says around the name.
func (k *linker) around(s *scratch, v *vector, row *row, ev *evidence) {
	branch := uint32(1) << k.concepts.branch
	heads, has := s.heads&^branch, row.heads&^branch
	switch {
	case heads == 0 && has == 0:
	case heads == 0 || has == 0:
		v[fHeadNone] = 1
	case heads&has == 0:
		v[fHeadOther] = 1
	case heads != has:
		v[fHeadMore] = 1
	}
	isBranch := row.body.Kind == "branch" || row.heads&branch != 0
	switch {
	case isBranch && s.heads&branch == 0:
		v[fBranchRow] = 1
	case !isBranch && s.heads&branch != 0:
		v[fBranchText] = 1
	}
	switch {
	case !row.body.World:
		v[fCurated] = 1
	case row.body.ROR == "":
		v[fListed] = 1
	}
	if ev == nil {
		return
	}
	if ev.named[row.body] {
		v[fNamed] = 1
	}
	if row.body.Country != "" {
		if len(ev.countries) > 0 {
			if w := ev.countries[row.body.Country]; w > 0 {
				v[fCountry] = float32(w)
			} else {
				v[fCountryNone] = 1
			}
		}
		switch ev.country {
		case "":
		case row.body.Country:
			v[fCountryStated] = 1
		default:
			v[fCountryWrong] = 1
		}
	}
	if row.body.Town != 0 && ev.towns[row.body.Town] {
		v[fTown] = 1
	}
}

// linkThreshold is the score from which a name is told as the body: it is then right about 96 times in 100.
const linkThreshold = 0.3
