package names

import (
	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/world"
)

// A trie over word ids holds every spelling of every name. A word of a text has several ids: the form itself, its
// Kazakh bases (only the last word of a Kazakh name is inflected), and what its Russian forms have in common (every
// word of a Russian name is inflected).
type trie struct {
	ids    map[string]int32 // word key → id
	begins []uint8          // id → kinds of spellings that it begins, a bit a kind
	next   map[edge]int32   // node and id → node
	ends   [][]*spelling    // node → spellings that end there
}

type edge struct{ node, id int32 }

// noPlace is the kind of spellings that keep a place's name from being evidence.
const noPlace Kind = "phrase"

func (k Kind) bit() uint8 {
	switch k {
	case Country:
		return 1
	case Institution:
		return 2
	}
	return 4
}

// spelling is one way to write a name.
type spelling struct {
	text   string
	kind   Kind
	place  *countries.Country
	body   *world.Body
	words  int
	how    string // of a country: name, adj, city
	upper  string // the spelling's capitals must stand so in the text: ОҚУ is no оқу; "" where only the first must
	weak   bool   // counts only with other evidence
	brief  bool   // weak because it is short only
	made   bool   // a guess: an adjective of a town
	risky  bool   // also a common word
	inner  bool   // counts only inside an institution's name
	proper bool   // has a word that tells it from others, which must have a capital
}

func newTrie() *trie {
	return &trie{ids: map[string]int32{}, begins: make([]uint8, 1), next: map[edge]int32{}, ends: make([][]*spelling, 1)}
}

func (t *trie) id(key string) int32 {
	id, ok := t.ids[key]
	if !ok {
		id = int32(len(t.begins))
		t.ids[key], t.begins = id, append(t.begins, 0)
	}
	return id
}

// add puts a spelling in under a sequence of words, each of which has one or more keys.
func (t *trie) add(words [][]string, s *spelling) {
	nodes := []int32{0}
	for _, keys := range words {
		var after []int32
		for _, node := range nodes {
			for _, k := range keys {
				e := edge{node, t.id(k)}
				if node == 0 {
					t.begins[e.id] |= s.kind.bit()
				}
				to, ok := t.next[e]
				if !ok {
					to = int32(len(t.ends))
					t.next[e], t.ends = to, append(t.ends, nil)
				}
				after = append(after, to)
			}
		}
		nodes = after
	}
	for _, node := range nodes {
		has := false
		for _, o := range t.ends[node] {
			if o.body == s.body && o.place == s.place {
				has = true
				if o.weak && !s.weak {
					*o = *s
				}
			}
		}
		if !has {
			t.ends[node] = append(t.ends[node], s)
		}
	}
}
