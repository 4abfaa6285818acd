package analysis

import (
	"strings"
	"unicode/utf8"
)

// A scanner cuts a stretch of a text into tokens with Surface and Suffix. Form, Lang and Terms come later.
type scanner struct {
	src string
	to  int // where the stretch ends
	out []Token
}

// scan appends the tokens of src[from:to] to out.
func scan(src string, from, to int, out []Token) []Token {
	s := scanner{src[:to], to, out}
	for i := from; i < to; {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		switch c := classOf(r); {
		case c&digit != 0:
			i = s.number(i)
		case c&letter != 0:
			i = s.word(i)
		default:
			i += n
		}
	}
	return s.out
}

// word reads the word that begins at i and returns where to go on.
func (s *scanner) word(i int) int {
	start, end := i, i
	var scripts class
	dirty := false
	letters := 0
	for i < s.to {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		c := classOf(r)
		switch {
		case c&alone != 0:
			if letters > 0 {
				return s.put(start, end, scripts, dirty)
			}
			scripts, letters, end = c&letter, 1, i+n
			return s.put(start, end, scripts, dirty)
		case c&letter != 0:
			scripts |= c & letter
			letters++
			if c&cyrillic != 0 && !plainCyrillic(r) || letters == 2 && (r == 'І' || r == 'Х') || r == 'ə' || r == 'Ə' || r == 'ɵ' {
				dirty = true
			}
			end = i + n
		case c&digit != 0:
			end = i + n
		case c&mark != 0:
			dirty = true
			end = i + n
		case c&ignore != 0:
			dirty = true
		case apostrophe(r) && i == end && s.letterAt(i+n):
			// French l' and d' are words before a name: «l'Université d'Orléans».
			if letters == 1 && scripts == latin && strings.ContainsRune("lLdD", rune(s.src[start])) {
				s.put(start, end, scripts, false)
				return i + n
			}
		default:
			return s.put(start, end, scripts, dirty)
		}
		i += n
	}
	return s.put(start, end, scripts, dirty)
}

func (s *scanner) letterAt(i int) bool {
	r, _ := utf8.DecodeRuneInString(s.src[i:])
	return i < s.to && classOf(r)&letter != 0
}

// put makes a token of src[start:end] and returns where to go on: behind it and its suffix.
func (s *scanner) put(start, end int, scripts class, dirty bool) int {
	t := Token{Start: start, End: end, SuffixEnd: end, Surface: s.src[start:end]}
	if scripts == latin {
		if w, ok := possessor(t.Surface); ok {
			t.Surface, t.End, t.Suffix = w, start+len(w), "s"
		}
	}
	if dirty || scripts&(scripts-1) != 0 {
		t.Surface = clean(t.Surface)
		if parts := s.parts(start, end); len(parts) > 1 && mixed(t.Surface) {
			return s.joined(parts)
		}
	}
	if t.Surface == "" {
		return end
	}
	if t.Suffix == "" {
		s.suffix(&t)
	}
	s.out = append(s.out, t)
	return t.SuffixEnd
}

// possessor cuts the English possessive: university's → university.
func possessor(w string) (string, bool) {
	if n := len(w) - 1; n > 1 && (w[n] == 's' || w[n] == 'S') {
		r, size := utf8.DecodeLastRuneInString(w[:n])
		return w[:n-size], apostrophe(r)
	}
	return w, false
}

func mixed(w string) bool {
	var c class
	for _, r := range w {
		c |= classOf(r)
	}
	return c&latin != 0 && c&cyrillic != 0
}

// parts are the runs of one script in src[start:end].
func (s *scanner) parts(start, end int) []Span {
	var out []Span
	var last class
	for i, r := range s.src[start:end] {
		c := classOf(r) & (latin | cyrillic)
		if c != 0 && c != last {
			if last != 0 {
				out[len(out)-1].End = start + i
			} else {
				out = out[:0]
			}
			out = append(out, Span{start + i, end})
			if last == 0 {
				out[0].Start = start
			}
			last = c
		}
	}
	return out
}

// joined makes tokens of a word that two scripts need: «Hubтың» is Hub with its suffix, «ITкомпания» two words.
func (s *scanner) joined(parts []Span) int {
	end := parts[len(parts)-1].End
	for i, p := range parts {
		w := clean(s.src[p.Start:p.End])
		if w == "" {
			continue
		}
		t := Token{Start: p.Start, End: p.End, SuffixEnd: p.End, Surface: w}
		if i == len(parts)-2 {
			if f := fold(s.src[parts[i+1].Start:end]); kazakhEnding(f) {
				t.Suffix, t.SuffixEnd = f, end
				s.out = append(s.out, t)
				return end
			}
		}
		s.out = append(s.out, t)
	}
	t := &s.out[len(s.out)-1]
	if t.End == end {
		s.suffix(t)
	}
	return max(end, t.SuffixEnd)
}
