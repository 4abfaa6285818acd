// Package story answers: do two texts tell the same story? A Sketch keeps of a text what that is told by, in some two hundred bytes:
//
//	s := story.Of(story.Reading{Text: x, Mentions: ms, Deeds: deeds, Day: day})
//	if s.Likeness(t) >= story.Same { … }
//
// Of texts in one language their runs of three stems, their stems and those of the lead are compared: the least of their hashes estimate how much
// two sets share (A. Broder, On the resemblance and containment of documents, 1997). Libraries for this (dgryski/go-minhash,
// mfonda/simhash) have had no release for years, and what they do is least below. Across languages, and where a text was written anew, it is
// facts that tell: deeds, bodies and lands by their keys, words with a capital and names of people by their sound, numbers. What is worth
// how much stands in data/weights.txt, learnt by learn.go from texts that somebody labelled; RULES.md tells how it was measured.
package story

import (
	"iter"
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
	mostRuns, mostStems, mostLead = 24, 16, 24 // hashes of a set

	read  = 400 // words of a text
	lead  = 60  // of these
	run   = 3   // stems
	facts = 16  // of each kind
)

// The kinds of facts.
const (
	deed   = iota // what sides agreed
	abroad        // a body of another country, or of one that is not known
	home          // a body of Kazakhstan
	land          // another country
	proper        // a word with a capital, as it sounds
	name          // two of them side by side, as those of people are
	number        // of two digits or more, years aside
	topic         // a concept
	kinds
)

// Reading is what was read of a text.
type Reading struct {
	Text     *analysis.Text
	Mentions []names.Mention
	Deeds    []string // what it tells that was agreed, by keys that no language owns
	Topics   []string // what it is about, by concepts that no language owns
	Day      int      // days since 1970-01-01; 0 where it has no date
}

// Sketch is what two texts are compared by.
type Sketch struct {
	Lang  string
	Day   int
	Runs  Set // of stems
	Stems Set
	Lead  Set // stems of its first words
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

// both are the hashes that two sets have in common.
func (s Set) both(t Set) iter.Seq[uint32] {
	return func(yield func(uint32) bool) {
		for i, j := 0, 0; i < len(s) && j < len(t); {
			switch {
			case s[i] < t[j]:
				i++
			case s[i] > t[j]:
				j++
			default:
				if !yield(s[i]) {
					return
				}
				i, j = i+1, j+1
			}
		}
	}
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
	var stems, early, runs []uint32
	for i := range r.Text.Tokens[:min(len(r.Text.Tokens), read)] {
		t := &r.Text.Tokens[i]
		if t.Kind == analysis.Number || t.Stop || len(t.Terms) == 0 {
			continue
		}
		stems = append(stems, hash(t.Terms[0]))
		if i < lead {
			early = append(early, stems[len(stems)-1])
		}
		if n := len(stems); n >= run {
			h := uint64(0)
			for _, x := range stems[n-run:] {
				h = (h ^ uint64(x)) * 1099511628211
			}
			runs = append(runs, mix(h))
		}
	}
	s.Runs, s.Stems, s.Lead = least(runs, mostRuns), least(stems, mostStems), least(early, mostLead)
	for k, keys := range r.Facts() {
		hashes := make([]uint32, len(keys))
		for i, key := range keys {
			hashes[i] = hash(key)
		}
		s.Facts[k] = least(hashes, facts)
	}
	return s
}

// Facts are what a text tells, by kind, under keys that no language owns; a key may be there several times.
func (r Reading) Facts() (found [kinds][]string) {
	add := func(kind int, key string) {
		if len(found[kind]) < 8*facts {
			found[kind] = append(found[kind], key)
		}
	}
	for _, d := range r.Deeds {
		add(deed, d)
	}
	for _, c := range r.Topics {
		add(topic, c)
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
		inside := len(ms) > 0 && ms[0].Start <= t.Start
		first := len(starts) > 0 && starts[0] == t.Start
		if t.Stop || len(t.Terms) == 0 || !capital(t) || first && !inside {
			continue
		}
		n := sound(t)
		if n == "" || strings.HasPrefix(n, ofHome) {
			continue
		}
		add(proper, n)
		if !inside && (i > 0 && capital(&r.Text.Tokens[i-1]) || i+1 < len(r.Text.Tokens) && capital(&r.Text.Tokens[i+1])) {
			add(name, n)
		}
	}
	return found
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

// ofHome begins the sound of what every text here is about: «Қазақстан», «казахский», Kazakh.
const ofHome = "kzk"

// capital reports whether a word is written as a name is.
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
