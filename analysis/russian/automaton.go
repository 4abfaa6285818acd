package russian

import (
	"bytes"
	"encoding/binary"
)

// An automaton maps words, in the letters of spell, to numbers. It is a minimal deterministic one laid out as little-endian
// uint32 transitions, those of a state side by side:
//
//	bits 0–5 letter (0: the word ends here), bit 6 last of its state, bits 7–31 where it leads: a transition's place or,
//	for letter 0, the word's number
type automaton []byte

const (
	letterMask = 63
	lastBit    = 1 << 6
	toShift    = 7
)

func (a automaton) at(i uint32) uint32 { return binary.LittleEndian.Uint32(a[4*i:]) }

// step follows a letter from a state; ok is false where there is none.
func (a automaton) step(state uint32, letter byte) (to uint32, ok bool) {
	for ; ; state++ {
		t := a.at(state)
		if byte(t&letterMask) == letter {
			return t >> toShift, true
		}
		if t&lastBit != 0 {
			return 0, false
		}
	}
}

// start is the first state, whose place is the automaton's first number.
func (a automaton) start() uint32 { return a.at(0) }

// find gives the number of a word.
func (a automaton) find(word []byte) (n uint32, ok bool) {
	s := a.start()
	for _, b := range word {
		if s, ok = a.step(s, b); !ok {
			return 0, false
		}
	}
	return a.step(s, 0)
}

// builder makes an automaton of words that come in order (Daciuk et al., Incremental construction of minimal acyclic
// finite-state automata, 2000).
type builder struct {
	states map[string]uint32 // a state's transitions → its place
	out    []byte
	path   []node // the states of the word added last, from the start
	last   []byte
}

type node struct {
	transitions []uint32 // as in automaton, without lastBit
	pending     byte     // letter that leads to the next node of the path
}

func newBuilder() *builder {
	return &builder{states: map[string]uint32{}, out: make([]byte, 4), path: make([]node, 1)}
}

// add puts a word that comes after all words before.
func (b *builder) add(word []byte, number uint32) {
	k := 0
	for k < len(word) && k < len(b.last) && word[k] == b.last[k] {
		k++
	}
	b.freeze(k)
	for _, c := range word[k:] {
		b.path[len(b.path)-1].pending = c
		b.path = append(b.path, node{})
	}
	end := &b.path[len(b.path)-1]
	end.transitions = append(end.transitions, number<<toShift)
	b.last = append(b.last[:0], word...)
}

// freeze makes final the states of the path behind its first k letters.
func (b *builder) freeze(k int) {
	for len(b.path)-1 > k {
		n := len(b.path) - 1
		place := b.place(b.path[n].transitions)
		b.path = b.path[:n]
		up := &b.path[n-1]
		up.transitions = append(up.transitions, place<<toShift|uint32(up.pending))
	}
}

func (b *builder) place(transitions []uint32) uint32 {
	var state []byte
	for i, t := range transitions {
		if i == len(transitions)-1 {
			t |= lastBit
		}
		state = binary.LittleEndian.AppendUint32(state, t)
	}
	if p, ok := b.states[string(state)]; ok {
		return p
	}
	p := uint32(len(b.out) / 4)
	b.out = append(b.out, state...)
	b.states[string(state)] = p
	return p
}

func (b *builder) finish() automaton {
	b.freeze(0)
	if len(b.path[0].transitions) == 0 {
		b.path[0].transitions = []uint32{letterMask} // no word: a letter that nothing has
	}
	start := b.place(b.path[0].transitions)
	binary.LittleEndian.PutUint32(b.out, start)
	return bytes.Clone(b.out)
}
