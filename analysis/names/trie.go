package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
)

// A trie over word ids holds every spelling of every name. A word of a text has several ids: the form itself, its
// Kazakh bases (only the last word of a Kazakh name is inflected), and what its Russian forms have in common (every
// word of a Russian name is inflected).
type trie struct {
	ids  map[string]int32 // word key → id
	next map[edge]int32   // node and id → node
	ends map[int32][]*spelling
	n    int32
}

type edge struct{ node, id int32 }

// noPlace is the kind of spellings that keep a place's name from being evidence.
const noPlace Kind = "phrase"

// spelling is one way to write a name.
type spelling struct {
	text   string
	kind   Kind
	place  *place
	body   *body
	words  int
	how    string // of a country: name, adj, city
	upper  string // the spelling's capitals must stand so in the text: ОҚУ is no оқу; "" where only the first must
	weak   bool   // counts only with other evidence
	made   bool   // generated, not in the table
	risky  bool   // also a common word
	inner  bool   // counts only inside an institution's name
	proper bool   // has a word that tells it from others, which must have a capital
}

func newTrie() *trie {
	return &trie{ids: map[string]int32{}, next: map[edge]int32{}, ends: map[int32][]*spelling{}, n: 1}
}

func (t *trie) id(key string) int32 {
	id, ok := t.ids[key]
	if !ok {
		id = int32(len(t.ids) + 1)
		t.ids[key] = id
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
				to, ok := t.next[e]
				if !ok {
					to = t.n
					t.n++
					t.next[e] = to
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
				if o.weak && !s.weak || o.made && !s.made && o.weak == s.weak {
					*o = *s
				}
			}
		}
		if !has {
			t.ends[node] = append(t.ends[node], s)
		}
	}
}

// word is a token of a text with its ids.
type word struct {
	*analysis.Token
	*lexeme
	form    string        // Form, in Cyrillic letters where Kazakh is written in Latin ones
	text    string        // Surface, likewise
	lang    analysis.Lang // whose patterns apply
	around  analysis.Lang // of its paragraph
	initial bool          // «Л» of «Л.Н. Гумилев»
	upper   bool          // begins with a capital
	gap     gap           // what lies before it
}

// gap is what lies between a word and the one before.
type gap uint8

const (
	tight  gap = iota // nothing, or a hyphen
	near              // white space, a full stop after an initial
	quote             // also a quotation mark
	comma             // a comma
	slash             // another mark inside a sentence
	broken            // the end of a sentence or paragraph
)

// gapOf reads what lies between two tokens.
func gapOf(s string, before *analysis.Token) gap {
	switch s {
	case "", "-", "‐", "‑":
		return tight
	case " ":
		return near
	}
	g := near
	for _, r := range s {
		switch {
		case r == '\n':
			return broken
		case unicode.IsSpace(r), r == '&', r == '-', r == '‐', r == '‑', r == '\'', r == '’', r == 'ʼ', r == '\u00ad', r == '\u0301', r == '\ufeff', r == '\u200b', r == '\u200d':
		case r == '–', r == '—':
			if strings.TrimSpace(s) != s {
				g = max(g, slash)
			}
		case strings.ContainsRune("«»\"“”„‟", r):
			g = max(g, quote)
		case r == '.':
			if utf8.RuneCountInString(before.Surface) > 3 || !abbreviation(before) {
				g = broken
			}
		case r == ',':
			g = max(g, comma)
		case strings.ContainsRune("!?…;", r):
			return broken
		default:
			g = max(g, slash)
		}
	}
	return g
}

func abbreviation(t *analysis.Token) bool {
	n := utf8.RuneCountInString(t.Surface)
	if n == 1 {
		return true
	}
	switch t.Form {
	case "им", "ат", "г", "акад", "проф", "св", "st", "co":
		return true
	}
	return n == 2 && upperFirst(t.Surface) // two-letter initials: «Ю», «Дж», «Сh»
}

func upperFirst(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsUpper(r)
}

// allUpper reports whether a word of two letters or more has capitals only.
func allUpper(s string) bool {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			if !unicode.IsUpper(r) {
				return false
			}
			n++
		}
	}
	return n > 1
}
