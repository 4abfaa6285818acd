// Package story answers: do two texts tell the same story? A Sketch keeps of a text what that is told by, in some two hundred bytes:
//
//	s := story.Of(story.Reading{Text: x, Mentions: ms, Deeds: deeds, Day: day})
//	if s.Likeness(t) >= story.Same { … }
//
// Of texts in one language their runs of three stems and their stems are compared: the least of their hashes estimate how much
// two sets share (A. Broder, On the resemblance and containment of documents, 1997). Libraries for this (dgryski/go-minhash,
// mfonda/simhash) have had no release for years, and what they do is least below. Across languages, and where a text was written anew, it is
// facts that tell: deeds, bodies and lands by their keys, names of people by their sound, numbers. What is worth how much
// stands in data/weights.txt, and RULES.md tells how it was measured.
package story

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// Within is how far apart two texts of one story may be dated: news go round within a week.
const Within = 7 // days

// What a text is compared by.
const (
	mostRuns, mostStems = 24, 16 // hashes of a set
	read                = 400    // words of a text
	run                 = 3      // stems
	facts               = 12     // of each kind
)

// The kinds of facts.
const (
	deed   = iota // what sides agreed
	abroad        // a body of another country, or of one that is not known
	home          // a body of Kazakhstan
	land          // another country
	name          // of a person, as it sounds
	number        // of two digits or more, years aside
	kinds
)

// Reading is what was read of a text.
type Reading struct {
	Text     *analysis.Text
	Mentions []names.Mention
	Deeds    []string // what it tells that was agreed, by keys that no language owns
	Day      int      // days since 1970-01-01; 0 where it has no date
}

// Sketch is what two texts are compared by.
type Sketch struct {
	Lang  string
	Day   int
	Runs  Set // of stems
	Stems Set
	Facts [kinds]Set
}

// Set is hashes of three bytes, ascending, each once.
type Set []uint32

// least are the k least of some hashes.
func least(hashes []uint32, k int) Set {
	slices.Sort(hashes)
	hashes = slices.Compact(hashes)
	if len(hashes) == 0 {
		return nil
	}
	return slices.Clone(Set(hashes[:min(len(hashes), k)]))
}

// shares are how many hashes two sets have in common.
func (s Set) shares(t Set) (n int) {
	for i, j := 0, 0; i < len(s) && j < len(t); {
		switch {
		case s[i] < t[j]:
			i++
		case s[i] > t[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// resembles estimates what share of two sets they have in common, of which these are the least hashes: of the least of both
// together, those that both have.
func (s Set) resembles(t Set, most int) float64 {
	all, both := 0, 0
	for i, j := 0, 0; all < most && (i < len(s) || j < len(t)); all++ {
		switch {
		case j == len(t) || i < len(s) && s[i] < t[j]:
			i++
		case i == len(s) || s[i] > t[j]:
			j++
		default:
			both, i, j = both+1, i+1, j+1
		}
	}
	if all == 0 {
		return 0
	}
	return float64(both) / float64(all)
}

// hash is three bytes of FNV-1a, mixed: its own high bits are not spread evenly.
func hash(s string) uint32 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

func mix(h uint64) uint32 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	return uint32(h >> 40)
}

// Of makes the sketch of a text.
func Of(r Reading) Sketch {
	s := Sketch{Lang: string(r.Text.Lang), Day: r.Day}
	var found [kinds][]uint32
	add := func(kind int, key string) {
		if len(found[kind]) < 8*facts {
			found[kind] = append(found[kind], hash(key))
		}
	}
	for _, d := range r.Deeds {
		add(deed, d)
	}
	for _, m := range r.Mentions {
		switch {
		case m.Kind == names.Country && m.Listed():
			add(land, m.Key)
		case m.Kind == names.Country:
		case m.Country == names.Home:
			add(home, m.Key)
		default:
			add(abroad, m.Key)
		}
	}
	var stems, runs []uint32
	ms := r.Mentions
	starts := startsOf(r.Text)
	for i := range r.Text.Tokens[:min(len(r.Text.Tokens), read)] {
		t := &r.Text.Tokens[i]
		for len(ms) > 0 && ms[0].End <= t.Start {
			ms = ms[1:]
		}
		for len(starts) > 0 && starts[0] < t.Start {
			starts = starts[1:]
		}
		if t.Kind == analysis.Number {
			if told(t.Form) {
				add(number, strings.ReplaceAll(t.Form, ",", "."))
			}
			continue
		}
		if t.Stop || len(t.Terms) == 0 {
			continue
		}
		inside := len(ms) > 0 && ms[0].Start <= t.Start
		first := len(starts) > 0 && starts[0] == t.Start
		if !inside && !first && capital(t) && (i > 0 && capital(&r.Text.Tokens[i-1]) || i+1 < len(r.Text.Tokens) && capital(&r.Text.Tokens[i+1])) {
			if n := sound(t); n != "" {
				add(name, n)
			}
		}
		stems = append(stems, hash(t.Terms[0]))
		if n := len(stems); n >= run {
			h := uint64(0)
			for _, x := range stems[n-run:] {
				h = (h ^ uint64(x)) * 1099511628211
			}
			runs = append(runs, mix(h))
		}
	}
	s.Runs, s.Stems = least(runs, mostRuns), least(stems, mostStems)
	for k := range found {
		s.Facts[k] = least(found[k], facts)
	}
	return s
}

// startsOf are where the sentences of a text begin: there a capital letter says nothing.
func startsOf(x *analysis.Text) (out []int) {
	for _, p := range x.Paragraphs {
		for _, s := range p.Sentences {
			out = append(out, s.Start)
		}
	}
	return out
}

// told reports whether a number says something: small ones and years stand in every text.
func told(form string) bool {
	if n, err := strconv.Atoi(form); err == nil {
		return n > 9 && (n < 1950 || n > 2100)
	}
	return form != ""
}

// capital reports whether a word is written as a name is. Those of people are two side by side; one alone is most often a town.
func capital(t *analysis.Token) bool {
	first, _ := utf8.DecodeRuneInString(t.Surface)
	return t.Kind == analysis.Word && unicode.IsUpper(first)
}

// sound is what consonants a name has, whatever its language writes between them: «Нұрбектің» and «Nurbek» are nrbk. It is "" of one
// that has hardly any.
func sound(t *analysis.Token) string {
	_, stem, _ := strings.Cut(t.Terms[0], ":")
	var out []byte
	for _, c := range []byte(analysis.Sound(stem)) {
		if c >= 'a' && c <= 'z' && !strings.ContainsRune("aeiouyjh", rune(c)) && (len(out) == 0 || out[len(out)-1] != c) {
			out = append(out, c)
		}
	}
	if len(out) < 3 {
		return ""
	}
	return string(out)
}

// apart is how many days lie between two sketches; ok is false where one has no date.
func (s *Sketch) apart(t *Sketch) (days int, ok bool) {
	return int(math.Abs(float64(s.Day - t.Day))), s.Day != 0 && t.Day != 0
}
