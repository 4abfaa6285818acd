package world

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// Evidence is what a text says around a name.
type Evidence struct {
	Countries map[string]float64 // iso2 → weight of the article's or sentence's countries
	Country   string             // iso2 stated beside the name, "" unknown
	Towns     map[int32]bool     // numbers of the towns that the text names
	Named     map[*Body]int      // how often the text names a body as the table has it
	Inside    *Body              // the one that the name itself is, or holds, so
	*ready
}

// ready is evidence as each row asks for it.
type ready struct {
	lands []int16   // of Countries that weigh
	towns [8]uint64 // a bit for 512 towns each, by their numbers: most rows' towns are in none
	named [8]uint64 // lands of Named, likewise
}

// Prepare makes evidence ready for many names.
func (k *Linker) Prepare(ev *Evidence) {
	ev.ready = &ready{}
	for iso2, w := range ev.Countries {
		if _, ok := k.countrySym[iso2]; ok && w > 0 {
			if land, ok := k.landOf[iso2]; ok {
				ev.lands = append(ev.lands, land)
			}
		}
	}
	for town, named := range ev.Towns {
		if named {
			note(&ev.towns, town)
		}
	}
	for b := range ev.Named {
		if land, ok := k.landOf[b.Country]; ok {
			note(&ev.named, int32(land))
		}
	}
}

func note(bits *[8]uint64, n int32) { bits[n>>6&7] |= 1 << (n & 63) }

func noted(bits *[8]uint64, n int32) bool { return bits[n>>6&7]&(1<<(n&63)) != 0 }

// Choice is a body that a name may mean.
type Choice struct {
	Body  *Body
	Score float64  // chance that the name means it
	Share float64  // how telling the words are that both have
	Fits  bool     // the name has no word that the body's lacks
	Full  bool     // nor has the body's one that the name lacks, be it a status word or a person's
	Why   []string // what speaks for and against it; only from explain
}

const (
	enough   = 400  // rows to look at: rarer words first
	commonst = 2500 // rows of a word that may find candidates
	mostPart = 24   // words of a name; what is longer is cut
)

// scratch is the memory of one look.
type scratch struct {
	like             []float32 // sym → how much the name's word is like it
	slotOf           []uint8   // sym → slot of the name + 1
	seen             []uint32  // row → round in which it was looked at
	round            uint32
	used             []int32 // syms to clear
	slots            []textSlot
	heads, nearHeads uint32
	places           []longPlace
	rare             []int32
	named            []uint32    // land → round in which the text named it
	wanted           []uint32    // land → round in which the text named it, or stated it beside the name
	stated           int16       // land beside the name, -1 for one that no body is in
	found            []candidate // the best row of each body
	at               []int32     // body's number → place in found, from 1
}

// textSlot is one word of the name.
type textSlot struct {
	kind   elementKind
	weight float32
	person bool // beside «атындағы», «имени»
	long   bool // a place name of several words
	from   int  // part
}

type candidate struct {
	*row
	sum float32
	vec vector
}

func (k *Linker) newScratch() *scratch {
	return &scratch{like: make([]float32, len(k.weight)), slotOf: make([]uint8, len(k.weight)), seen: make([]uint32, len(k.rows)),
		named: make([]uint32, len(k.landOf)), wanted: make([]uint32, len(k.landOf)), at: make([]int32, k.bodies)}
}

// Nearest gives the bodies that the words of a name may mean, best first, at most n; nothing where no candidate shares a
// telling word. why adds reasons.
func (k *Linker) Nearest(words []Part, ev *Evidence, n int, why bool) []Choice {
	s := k.scratch.Get().(*scratch)
	defer k.scratch.Put(s)
	k.candidates(s, words, ev)
	top := 0.0
	for i := range s.found {
		top = max(top, float64(s.found[i].sum))
	}
	sum := math.Exp(-top)
	var out []Choice
	for i := range s.found {
		e := math.Exp(float64(s.found[i].sum) - top)
		sum += e
		if c := s.found[i].choice(e); e > hopeless && (len(out) < n || better(c, out[n-1])) {
			at, _ := slices.BinarySearchFunc(out, c, func(a, b Choice) int {
				if better(a, b) {
					return -1
				}
				return 1
			})
			out = slices.Insert(out[:min(len(out), n-1)], at, c)
		}
	}
	for i := range out {
		out[i].Score /= sum
		if why {
			at := slices.IndexFunc(s.found, func(c candidate) bool { return c.body == out[i].Body })
			out[i].Why = k.reasons(&s.found[at])
		}
	}
	return out
}

func (c *candidate) choice(odds float64) Choice {
	v := &c.vec
	return Choice{Body: c.body, Score: odds, Share: float64(v[fStatus] + v[fField] + v[fPlace] + v[fWord]), Full: v[fWhole] > 0 && v[fRowStatus]+v[fRowPerson] == 0,
		Fits: v[fTextStatus]+v[fTextField]+v[fTextOwn]+v[fTextPlace]+v[fTextWord]+v[fTextPerson]+v[fTextEponym] == 0}
}

// better puts choices in order.
func better(a, b Choice) bool {
	if a.Score != b.Score {
		return a.Score > b.Score
	}
	return a.Body.Key < b.Body.Key
}

// hopeless is the share of the best's odds below which a body is no answer.
const hopeless = 1e-4

func (k *Linker) reasons(c *candidate) []string {
	var out []string
	for i, x := range c.vec {
		if x != 0 {
			out = append(out, fmt.Sprintf("%s %.2f × %.2f = %+.2f", featureNames[i], x, k.model.weight[i], x*k.model.weight[i]))
		}
	}
	return out
}

// candidates fills s.found with the best row of each body that shares a telling word with the name.
func (k *Linker) candidates(s *scratch, words []Part, ev *Evidence) {
	for _, sym := range s.used {
		s.like[sym], s.slotOf[sym] = 0, 0
	}
	s.used, s.slots, s.heads, s.nearHeads, s.rare = s.used[:0], s.slots[:0], 0, 0, s.rare[:0]
	for i := range s.found {
		s.at[s.found[i].number] = 0
	}
	s.found = s.found[:0]
	s.round++
	if ev != nil {
		if ev.ready == nil {
			mine := *ev
			ev = &mine
			k.Prepare(ev)
		}
		for _, land := range ev.lands {
			s.named[land], s.wanted[land] = s.round, s.round
		}
		s.stated = -1
		if land, ok := k.landOf[ev.Country]; ok {
			s.wanted[land], s.stated = s.round, land
		}
	}
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
			if !all && s.wanted[k.lands[r]] != s.round || s.seen[r] == s.round {
				continue
			}
			if !all && looked >= 2*enough {
				break
			}
			s.seen[r] = s.round
			looked++
			k.look(s, r, ev)
		}
	}
	k.alone(s)
}

// alone marks the candidate that shares most of what tells bodies apart with the name, where it is one.
func (k *Linker) alone(s *scratch) {
	first, second, at := float32(0), float32(0), -1
	for i := range s.found {
		switch x := s.found[i].vec[fWord] + s.found[i].vec[fPlace]; {
		case x > first:
			first, second, at = x, first, i
		default:
			second = max(second, x)
		}
	}
	if at >= 0 && second < nearlyAll*first {
		s.found[at].vec[fAlone] = 1
		s.found[at].sum += k.model.weight[fAlone]
	}
}

// nearlyAll is the share of it from which another candidate shares as much.
const nearlyAll = 0.8

// cost is how many rows a sym brings; one that the name's word is only like comes later.
func (s *scratch) cost(k *Linker, sym int32) float32 {
	return float32(k.postAt[sym+1]-k.postAt[sym]) / s.like[sym]
}

// LinkThreshold is the score from which a name is told as the body. Of all that pass it, 97 in 100 are right (TestGoldSurfaces).
const LinkThreshold = 0.4
