package words

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// pattern is words of one line of a data file and what the line says of them.
type pattern struct {
	words  []slot
	value  []string
	ending func(string) bool
}

// slot is one word of a pattern: any of its forms, after at most gap words.
type slot struct {
	forms []form
	gap   int
}

type form struct {
	begin, end string
	open       bool // may be longer than begin and end
	stem       bool // begin is a verb's stem: what follows must be an ending
}

func (f form) matches(w string) bool {
	if !f.open {
		return w == f.begin
	}
	return len(w) >= len(f.begin)+len(f.end) && strings.HasPrefix(w, f.begin) && strings.HasSuffix(w, f.end)
}

// List finds patterns in texts. Patterns lie under the first three letters of their first word, in the order that they were added in. One
// whose first word may be longer than the two letters it begins with («аш*») lies under these and under each three that begin so; under
// two letters alone a word meets many more patterns that it is not, and to try them was an eighth of reading an article.
type List map[key][]*pattern

// Hit is a pattern found at tokens [First, Last).
type Hit struct {
	First, Last int
	Value       []string // the columns behind the pattern
	Ending      string   // of a verb's stem
}

// Read reads the patterns of files of words.
func Read(files fs.FS, names ...string) (List, error) { return read(files, nil, names...) }

// ReadStems reads a file whose patterns end with a verb's stem; ending reports what may follow it.
func ReadStems(files fs.FS, ending func(string) bool, name string) (List, error) {
	return read(files, ending, name)
}

func read(files fs.FS, ending func(string) bool, names ...string) (List, error) {
	out := List{}
	for _, name := range names {
		rows, err := Rows(files, name)
		if err != nil {
			return nil, err
		}
		for _, r := range rows {
			if err := out.Add(r[0], r[1:], ending); err != nil {
				return nil, fmt.Errorf("%s: %w", name, err)
			}
		}
	}
	return out, nil
}

// Add puts a pattern into the list. Where its last word is a verb's stem, ending reports what may follow it; it is nil elsewhere.
func (l List) Add(words string, value []string, ending func(string) bool) error {
	p := &pattern{value: value, ending: ending}
	gap := 0
	fields := strings.Fields(words)
	for i, w := range fields {
		if n, ok := strings.CutPrefix(w, "~"); ok {
			var err error
			if gap, err = strconv.Atoi(n); err != nil || i == 0 {
				return fmt.Errorf("gap in %q", words)
			}
			continue
		}
		s := slot{gap: gap}
		gap = 0
		stem := ending != nil && i == len(fields)-1
		for alt := range strings.SplitSeq(w, "/") {
			begin, end, open := strings.Cut(alt, "*")
			s.forms = append(s.forms, form{begin, end, open || stem, stem})
		}
		p.words = append(p.words, s)
	}
	for _, f := range p.words[0].forms {
		if k := firstThree(f.begin); f.open && k.letters() == 2 {
			l.put(k.two(), p)
			for other := range l {
				if other.letters() == 3 && other.two() == k.two() || other == k {
					l.put(other, p)
				}
			}
		} else {
			if _, ok := l[k]; !ok {
				l[k] = slices.Clone(l[k.two()])
			}
			l.put(k, p)
		}
	}
	return nil
}

func (l List) put(k key, p *pattern) {
	if !slices.Contains(l[k], p) {
		l[k] = append(l[k], p)
	}
}

// at are the patterns that may begin with a word.
func (l List) at(k key) []*pattern {
	if found, ok := l[k]; ok {
		return found
	}
	return l[k.two()]
}

// key is the first three letters of a word, 0 where it has fewer.
type key uint64

const (
	letterBits = 21
	allOfTwo   = key(1) << 63 // marks the key of all words that begin with two letters
)

func firstThree(w string) (k key) {
	for range 3 {
		c, n := utf8.DecodeRuneInString(w)
		if n == 0 && k > 0 {
			c = 0
		}
		k, w = k<<letterBits|key(c), w[n:]
	}
	return k
}

// two is the key of all words that begin with the same two letters.
func (k key) two() key { return k>>letterBits<<letterBits | allOfTwo }

// letters is how many letters a key has.
func (k key) letters() (n int) {
	for ; k > 0 && k < allOfTwo; k >>= letterBits {
		if k&(1<<letterBits-1) > 0 {
			n++
		}
	}
	return n
}

// Find gives the longest pattern that begins at token i and ends before end. A pattern does not cross punctuation.
func (l List) Find(t *Line, i, end int) (best Hit, ok bool) {
	for _, p := range l.at(t.keys[i]) {
		last, rest := p.match(t, 0, i, end)
		if last > best.Last {
			best, ok = Hit{i, last, p.value, rest}, true
		} else if last > 0 && last == best.Last && rest != "" && len(rest) < len(best.Ending) {
			best = Hit{i, last, p.value, rest} // the longer stem
		}
	}
	return best, ok
}

// match tries to put word n of p at token i, or up to gap words behind it; it returns the end, 0 for no match.
func (p *pattern) match(t *Line, n, i, end int) (last int, rest string) {
	for skip := 0; skip <= p.words[n].gap && i < end; skip, i = skip+1, i+1 {
		if n > 0 && t.Breaks(i-1) {
			return 0, ""
		}
		for _, f := range p.words[n].forms {
			if !f.matches(t.Forms[i]) {
				continue
			}
			rest := ""
			if f.stem {
				if rest = t.Forms[i][len(f.begin):]; !p.ending(rest) {
					continue
				}
			}
			if n == len(p.words)-1 {
				return i + 1, rest
			}
			if last, rest := p.match(t, n+1, i+1, end); last > 0 {
				return last, rest
			}
		}
	}
	return 0, ""
}
