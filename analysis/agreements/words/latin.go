package words

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// Latin writes Kazakh in Latin letters in Cyrillic, well enough for patterns.
type Latin struct {
	letter    map[string]string
	stems     map[string]string // skeleton → stem
	skeletons map[rune]string   // what a letter of either alphabet is in a skeleton
}

// NewLatin knows the words of lists by their stems, and others.
func NewLatin(others []string, lists ...List) *Latin {
	t := &Latin{map[string]string{}, map[string]string{}, map[rune]string{}}
	for _, r := range Must(Rows(data, "latin.txt")) {
		t.letter[r[0]] = r[1]
	}
	for _, r := range Must(Rows(data, "skeleton.txt")) {
		letter, _ := utf8.DecodeRuneInString(r[0])
		t.skeletons[letter] = r[1]
	}
	for _, list := range lists {
		for _, ps := range list {
			for _, p := range ps {
				for _, s := range p.words {
					for _, f := range s.forms {
						k := t.skeleton(f.begin)
						// Of two stems with one skeleton the first in order, so that the choice never changes.
						if old, ok := t.stems[k]; len(k) >= 4 && !IsLatin(f.begin) && (!ok || f.begin < old) {
							t.stems[k] = f.begin
						}
					}
				}
			}
		}
	}
	for _, w := range others {
		if !IsLatin(w) {
			t.stems[t.skeleton(w)] = w
		}
	}
	return t
}

// IsLatin reports a word in Latin letters, or a number.
func IsLatin(w string) bool { return w != "" && w[0] < 0x80 }

// Cyrillic writes a word: a stem that is known is taken from the lists («unıversıteti» → «университеті»), the rest goes
// letter by letter.
func (t *Latin) Cyrillic(w string) string {
	key := t.skeleton(w)
	for n := len(key); n >= 4; n-- {
		if s, ok := t.stems[key[:n]]; ok {
			return s + t.letters(t.after(w, n), s)
		}
	}
	return t.letters(w, "")
}

// skeleton is a word without what the alphabets disagree on.
func (t *Latin) skeleton(w string) string {
	var b strings.Builder
	for _, r := range strings.ReplaceAll(strings.ReplaceAll(w, "sh", "s"), "ch", "s") {
		if k, ok := t.skeletons[r]; ok {
			b.WriteString(k)
		} else if r < utf8.RuneSelf && r >= 'a' && r <= 'z' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// after is what of w lies behind the first n letters of its skeleton.
func (t *Latin) after(w string, n int) string {
	for i := range w {
		if len(t.skeleton(w[:i])) >= n {
			return w[i:]
		}
	}
	return ""
}

// letters writes a word letter by letter; before is what stands before it.
func (t *Latin) letters(w, before string) string {
	out := []rune(before)
	n := len(out)
	for i := 0; i < len(w); {
		_, size := utf8.DecodeRuneInString(w[i:])
		if i+1 < len(w) && (w[i:i+2] == "sh" || w[i:i+2] == "ch") {
			size = 2
		}
		c, ok := t.letter[w[i:i+size]]
		if !ok {
			c = w[i : i+size]
		}
		r, _ := utf8.DecodeRuneInString(c)
		if (r == 'і' || r == 'и') && len(out) > 0 && slices.Contains([]rune("аәеоөұүыіиу"), out[len(out)-1]) {
			r = 'й'
		} else if r == 'и' && n > 0 {
			r = 'і' // in endings: «universiteti»
		}
		out = append(out, r)
		i += size
	}
	return string(out[n:])
}
