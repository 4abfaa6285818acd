// Package trie answers: which names begin with these words? Words are numbered by what their forms have in common, and each sequence of
// numbers leads to what ends there.
package trie

// Trie holds values under sequences of words. It is read by any number of goroutines once nothing is added.
type Trie[V any] struct {
	ids    map[string]int32 // word key → its number
	begins []uint8          // number → what begins with it, a bit a kind
	next   map[edge]int32   // node and number → node
	ends   [][]V            // node → what ends there
}

type edge struct{ node, id int32 }

// Root is the node where all begin.
const Root int32 = 0

// New makes an empty one.
func New[V any]() *Trie[V] {
	return &Trie[V]{ids: map[string]int32{}, begins: make([]uint8, 1), next: map[edge]int32{}, ends: make([][]V, 1)}
}

// ID is the number of a word's key; ok is false where nothing has it.
func (t *Trie[V]) ID(key string) (id int32, ok bool) {
	id, ok = t.ids[key]
	return id, ok
}

// Begins tells the kinds of what begins with a word, a bit a kind.
func (t *Trie[V]) Begins(id int32) uint8 { return t.begins[id] }

// Step leads from a node by a word to the next; ok is false where nothing goes on so.
func (t *Trie[V]) Step(node, id int32) (to int32, ok bool) {
	to, ok = t.next[edge{node, id}]
	return to, ok
}

// Ends is what ends at a node.
func (t *Trie[V]) Ends(node int32) []V { return t.ends[node] }

// Add leads a sequence of words, each of which has one or more keys, to where put adds a value to what is there. kind is the value's bit.
func (t *Trie[V]) Add(words [][]string, kind uint8, put func(at []V) []V) {
	nodes := []int32{Root}
	for _, keys := range words {
		var after []int32
		for _, node := range nodes {
			for _, k := range keys {
				e := edge{node, t.number(k)}
				if node == Root {
					t.begins[e.id] |= kind
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
		t.ends[node] = put(t.ends[node])
	}
}

func (t *Trie[V]) number(key string) int32 {
	id, ok := t.ids[key]
	if !ok {
		id = int32(len(t.begins))
		t.ids[key], t.begins = id, append(t.begins, 0)
	}
	return id
}
