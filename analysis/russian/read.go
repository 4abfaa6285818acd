package russian

import (
	"strings"
)

// A read is one reading of a word as the data has it.
type read struct {
	class class
	front int    // letters cut in front
	cut   int    // bytes of the word that stay, with those in front
	add   string // what the lemma has behind them
	share float64
}

func (r read) stem(word string) string {
	switch {
	case r.cut == len(word) && r.add == "":
		return word[2*r.front:]
	case r.add == "":
		return word[2*r.front : r.cut]
	}
	return word[2*r.front:r.cut] + r.add
}

// The share from which a second stem pays: below it costs more precision than it brings recall. A name beside another word
// has to be nearly as likely: names are many, and each is rare.
const (
	second     = 0.25
	secondName = 0.45
)

// stems gives the stems of a word, the likeliest first; other is "" where there is one.
func (d *data) stems(word string) (first, other string) {
	if s := theExceptions()[word]; s != nil {
		if len(s) > 1 {
			other = s[1]
		}
		return s[0], other
	}
	var buf [mostRead]read
	rs := d.readings(word, buf[:0])
	if len(rs) == 0 {
		return word, ""
	}
	first = rs[0].stem(word)
	if len(rs) > 1 && pays(rs[0], rs[1]) {
		if other = rs[1].stem(word); other == first {
			other = ""
		}
	}
	return first, other
}

func pays(first, other read) bool {
	if isName(first.class) != isName(other.class) || isName(first.class) {
		return other.share >= secondName
	}
	return other.share >= second
}

func isName(c class) bool { return c == name || c == surname || c == patronymic || c == place }

// readings appends the readings of a word to out, the likeliest first; none where it has other letters than Russian ones.
func (d *data) readings(word string, out []read) []read {
	var buf [longest]byte
	w, ok := spell(word, &buf)
	if !ok {
		return out
	}
	if n, ok := d.words.find(w); ok {
		return d.set(n, word, 0, out)
	}
	if again, ok := modern(word); ok {
		if w, ok := spell(again, &buf); ok {
			if n, ok := d.words.find(w); ok {
				return d.set(n, again, 0, out)
			}
		}
		w, _ = spell(word, &buf)
	}
	if n := d.compound(w); n > 0 {
		skip := size(w[:n])
		if set, ok := d.words.find(w[n:]); ok {
			return d.set(set, word, skip, out)
		}
		word, w = word[skip:], w[n:] // only its last part is read
		rs := d.guess(w, word, out)
		for i := range rs {
			rs[i].cut += skip
		}
		return rs
	}
	return d.guess(w, word, out)
}

// set gives the readings of a set for the word behind its first skip bytes.
func (d *data) set(n uint32, word string, skip int, out []read) []read {
	b := d.sets[n:]
	for k := 0; k < int(b[0]); k++ {
		c := d.changes[int(b[3*k+1])|int(b[3*k+2])<<8]
		back := int(c.back)
		if len(word)-back < skip+2*int(c.front) {
			continue
		}
		front := int(c.front)
		if skip > 0 {
			front = 0
		}
		r := read{c.class, front, len(word) - back, c.add, float64(b[3*k+3]) / shareSteps}
		if r.cut > 2*front || r.add != "" {
			out = append(out, r)
		}
	}
	return out
}

// modern writes an old or poetic ending as it is written now: собиралися → собирались, Россиею → Россией, рукою → рукой.
func modern(word string) (string, bool) {
	for _, e := range [...][2]string{{"ся", "сь"}, {"ею", "ей"}, {"ою", "ой"}, {"иею", "ией"}} {
		if s, ok := strings.CutSuffix(word, e[0]); ok && s != "" {
			return s + e[1], true
		}
	}
	return "", false
}

// compound gives where the last part of a hyphenated word begins: онлайн-курсов → курсов.
func (d *data) compound(w []byte) int {
	for i := len(w) - 2; i > 0; i-- {
		if w[i] == hyphen {
			return i + 1
		}
	}
	return 0
}

// guess reads a word that the dictionary lacks by its longest known ending.
func (d *data) guess(w []byte, word string, out []read) []read {
	s := d.tails.start()
	set, found := uint32(0), false
	for i := len(w) - 1; i >= 0; i-- {
		to, ok := d.tails.step(s, w[i])
		if !ok {
			break
		}
		s = to
		if n, ok := d.tails.step(s, 0); ok {
			set, found = n, true
		}
	}
	if !found {
		return out
	}
	return d.set(set, word, 0, out)
}
