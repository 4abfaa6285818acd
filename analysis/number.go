package analysis

import (
	"strings"
	"unicode/utf8"
)

// number reads the number that begins at i: «1 453» with any kind of space is one, «2,5» too, «12.11.2025» three.
// Latin letters behind it make it a word (5G, 21st), Cyrillic ones are a word of their own (2025ж).
func (s *scanner) number(i int) int {
	start, end := i, s.digits(i)
	if r, n := utf8.DecodeRuneInString(s.src[end:]); end < s.to && classOf(r)&latin != 0 {
		stop := end + n
		for stop < s.to {
			r, n := utf8.DecodeRuneInString(s.src[stop:])
			if classOf(r)&(latin|digit|mark) == 0 {
				break
			}
			stop += n
		}
		return s.put(start, stop, latin, false)
	}
	if end-start <= 3 && s.src[start] != '0' {
		for end < s.to {
			r, n := utf8.DecodeRuneInString(s.src[end:])
			next := s.digits(end + n)
			if !gap(r) || next-end-n != 3 {
				break
			}
			end = next
		}
	}
	// One comma or point between digits is a fraction; more are a date, a version or an address.
	if end < s.to && (s.src[end] == ',' || s.src[end] == '.') {
		if next := s.digits(end + 1); next > end+1 && !s.pointed(next) && !s.pointedBefore(start) {
			end = next
		}
	}
	t := Token{Start: start, End: end, SuffixEnd: end, Surface: ungapped(s.src[start:end]), Kind: Number}
	s.suffix(&t)
	s.out = append(s.out, t)
	return t.SuffixEnd
}

// digits returns where the digits that begin at i end.
func (s *scanner) digits(i int) int {
	for i < s.to {
		if c := s.src[i]; c >= '0' && c <= '9' {
			i++
			continue
		} else if c < utf8.RuneSelf {
			return i
		}
		r, n := utf8.DecodeRuneInString(s.src[i:])
		if classOf(r)&digit == 0 {
			return i
		}
		i += n
	}
	return i
}

func (s *scanner) pointed(i int) bool {
	return i < s.to && (s.src[i] == '.' || s.src[i] == ',') && s.digits(i+1) > i+1
}

// pointedBefore reports whether digits and a point stand right before i: the rest of a date.
func (s *scanner) pointedBefore(i int) bool {
	return i > 1 && (s.src[i-1] == '.' || s.src[i-1] == ',') && s.src[i-2] >= '0' && s.src[i-2] <= '9'
}

// ungapped takes the spaces out of a number.
func ungapped(s string) string {
	if strings.IndexFunc(s, gap) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if gap(r) {
			return -1
		}
		return r
	}, s)
}

// formOfNumber is the exact term of a number: «1 453» → 1453, «2,5» → 2.5.
func formOfNumber(surface string) string {
	plain := true
	for i := range len(surface) {
		if c := surface[i]; c < '0' || c > '9' {
			plain = false
			break
		}
	}
	if plain && len(surface) <= maxForm {
		return surface
	}
	n := 0
	return strings.Map(func(r rune) rune {
		if n == maxForm {
			return -1
		}
		n++
		switch {
		case r == ',':
			return '.'
		case r >= utf8.RuneSelf && classOf(r)&digit != 0:
			return '0' + value(r)
		}
		return r
	}, surface)
}

// value is what a decimal digit of any script counts: Unicode keeps the ten of a script in a row.
func value(r rune) rune {
	v := rune(0)
	for v < 9 && classOf(r-v-1)&digit != 0 {
		v++
	}
	return v
}
