package kazakh

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"
)

//go:embed grammar.txt
var grammarText string

// A state is a place in a word, a bit each; grammar.txt says which there are.
type state uint16

var stateNames = strings.Fields("N V PL P1 PO P3 C K VN PT VV A PS E")

const (
	stateN   state = 1 // must stand first in stateNames
	stateV   state = 2
	anyState state = 1<<14 - 1
)

// A chain is the numbers of a word's suffixes, six bits each, the last suffix in the low bits.
type chain uint64

const maxChain = 8 // suffixes

// An arc is one form of a suffix between two states.
type arc struct {
	from, to state
	tag      uint8
	after    sound
	side     int8
	restored byte     // the stem's letter that the form hides: я<й
	vowel    bool     // begins with a vowel, so that a final п, к, қ before it is voiced
	ends     [][]byte // where set, the base ends in one of these; one that begins with 0 is the whole base
}

type node struct {
	next [48]uint16
	arcs []arc
}

// A grammar is the suffixes as a tree of their letters, read from a word's end.
type grammar struct {
	nodes []node
	tags  []string // suffixes' names, from 1
	ids   map[string]uint8
}

// parseGrammar reads the lines «from to name sounds forms…».
func parseGrammar(text string) (*grammar, error) {
	g := &grammar{nodes: make([]node, 1), tags: []string{""}, ids: map[string]uint8{}}
	states := map[string]state{}
	for i, n := range stateNames {
		states[n] = 1 << i
	}
	for i, l := range strings.Split(text, "\n") {
		l, _, _ = strings.Cut(l, "#")
		f := strings.Fields(l)
		if len(f) == 0 {
			continue
		}
		if len(f) < 5 {
			return nil, fmt.Errorf("grammar line %d: want from, to, name, sounds and forms", i+1)
		}
		a := arc{to: states[f[1]], tag: g.tag(f[2])}
		for _, s := range strings.Split(f[0], ",") {
			if states[s] == 0 {
				return nil, fmt.Errorf("grammar line %d: no state %q", i+1, s)
			}
			a.from |= states[s]
		}
		if err := a.parseAfter(f[3]); err != nil || a.to == 0 || a.tag >= chainEnd {
			return nil, fmt.Errorf("grammar line %d: wrong state, name or sounds", i+1)
		}
		for _, form := range f[4:] {
			g.add(a, form)
		}
	}
	return g, nil
}

// parseAfter reads «VGR», classes of sounds, or «=^жыл,ов», the bases themselves (^) or their ends.
func (a *arc) parseAfter(text string) error {
	list, literal := strings.CutPrefix(text, "=")
	if !literal {
		for _, r := range text {
			i := strings.IndexRune(soundNames, r)
			if i < 0 {
				return fmt.Errorf("no sound %q", r)
			}
			a.after |= 1 << i
		}
		return nil
	}
	a.after = 1<<len(soundNames) - 1
	for _, e := range strings.Split(list, ",") {
		whole, ok := strings.CutPrefix(e, "^")
		if ok {
			a.ends = append(a.ends, append([]byte{0}, coded(whole)...))
		} else {
			a.ends = append(a.ends, coded(e))
		}
	}
	return nil
}

func (g *grammar) tag(name string) uint8 {
	if id, ok := g.ids[name]; ok {
		return id
	}
	id := uint8(len(g.tags))
	g.tags = append(g.tags, name)
	g.ids[name] = id
	return id
}

func (g *grammar) add(a arc, form string) {
	shown, hidden, _ := strings.Cut(form, "<")
	b := coded(shown)
	if hidden != "" {
		a.restored = coded(hidden)[0]
	}
	a.vowel = vowel[b[0]] && hidden == ""
	if g.tags[a.tag] != "INS" { // -мен, -пенен know no harmony
		for _, c := range b {
			if s := sides[c]; s == back || s == front {
				a.side = s
				break
			}
		}
	}
	n := uint16(0)
	for i := len(b) - 1; i >= 0; i-- {
		if g.nodes[n].next[b[i]] == 0 {
			g.nodes = append(g.nodes, node{})
			g.nodes[n].next[b[i]] = uint16(len(g.nodes) - 1)
		}
		n = g.nodes[n].next[b[i]]
	}
	g.nodes[n].arcs = append(g.nodes[n].arcs, a)
}

// allows reports whether the form may stand after the base.
func (a *arc) allows(base []byte) bool {
	if final(base)&a.after == 0 || !hasVowel(base) {
		return false
	}
	if s := side(base); a.side != 0 && s != 0 && s != a.side {
		return false
	}
	if a.ends == nil {
		return true
	}
	for _, e := range a.ends {
		if e[0] == 0 && bytes.Equal(base, e[1:]) || e[0] != 0 && bytes.HasSuffix(base, e) {
			return true
		}
	}
	return false
}

// names spells a chain out from the stem outwards.
func (g *grammar) names(c chain) []string {
	var r []string
	for i := maxChain - 1; i >= 0; i-- {
		if t := c >> (6 * i) & 63; t != 0 {
			r = append(r, g.tags[t])
		}
	}
	return r
}

// chain is the opposite of names; ok is false where a name is unknown.
func (g *grammar) chain(names []string) (c chain, ok bool) {
	for _, n := range names {
		id := g.ids[n]
		if id == 0 {
			return 0, false
		}
		c = c<<6 | chain(id)
	}
	return c, len(names) <= maxChain
}
