package agreements

import (
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// cyrillic writes a word of Latin Kazakh in Cyrillic, well enough for the patterns: a stem that they know is taken from
// them («unıversıteti» → «университеті»), the rest goes letter by letter.
func cyrillic(w string) string {
	t := latinTable()
	key := t.skeleton(w)
	best := ""
	for n := len(key); n >= 4; n-- {
		if s, ok := t.stems[key[:n]]; ok {
			best = s
			rest := t.after(w, n)
			return best + t.letters(rest, best)
		}
	}
	return t.letters(w, "")
}

type latin2cyrillic struct {
	letter    map[string]string
	stems     map[string]string // skeleton → stem
	skeletons map[rune]string   // what a letter of either alphabet is in a skeleton
}

var latinTable = sync.OnceValue(func() *latin2cyrillic {
	t := &latin2cyrillic{map[string]string{}, map[string]string{}, map[rune]string{}}
	for _, r := range must(readRows("latin.txt")) {
		t.letter[r[0]] = r[1]
	}
	for _, r := range must(readRows("skeleton.txt")) {
		letter, _ := utf8.DecodeRuneInString(r[0])
		t.skeletons[letter] = r[1]
	}
	v := vocabulary()
	for _, list := range []wordlist{v.verbs, v.status, v.tails, v.kinds, v.documents, v.sides, v.marks, v.after["kk"], v.claims} {
		for _, ps := range list {
			for _, p := range ps {
				for _, s := range p.words {
					for _, f := range s.forms {
						k := t.skeleton(f.begin)
						// Of two stems with one skeleton the first in order, so that the choice never changes.
						if old, ok := t.stems[k]; len(k) >= 4 && !latin(f.begin) && (!ok || f.begin < old) {
							t.stems[k] = f.begin
						}
					}
				}
			}
		}
	}
	for n := range v.numbers {
		if !latin(n) {
			t.stems[t.skeleton(n)] = n
		}
	}
	for _, m := range v.months {
		if !latin(m[0]) {
			t.stems[t.skeleton(m[0])] = m[0]
		}
	}
	return t
})

// skeleton is a word without what the alphabets disagree on.
func (t *latin2cyrillic) skeleton(w string) string {
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
func (t *latin2cyrillic) after(w string, n int) string {
	for i := range w {
		if len(t.skeleton(w[:i])) >= n {
			return w[i:]
		}
	}
	return ""
}

// letters writes a word letter by letter; before is what stands before it.
func (t *latin2cyrillic) letters(w, before string) string {
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
