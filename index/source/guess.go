package source

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
)

// sample is what of a file's beginning tells its encoding: bytes that are not ASCII, and their neighbours.
func sample(head []byte) []byte {
	const near, enough = 3, 8 << 10 // bytes
	var out []byte
	last := -near
	for i := 0; i < len(head) && len(out) < enough; i++ {
		if head[i] < utf8.RuneSelf {
			continue
		}
		from := i - near
		if from <= last+near {
			from = last + 1
		} else if len(out) > 0 {
			out = append(out, head[last+1:last+1+near]...)
			out = append(out, ' ')
		}
		out = append(out, head[max(from, 0):i+1]...)
		last = i
	}
	if len(out) > 0 {
		out = append(out, head[last+1:min(len(head), last+1+near)]...)
	}
	return out
}

// guess is the encoding in which text is likeliest to be Kazakh or Russian; each is met less often than those before it.
func guess(among []charset, text []byte) charset {
	best, most := charset{}, math.Inf(-1)
	for i, c := range among {
		if n := likely(string(c.bytes(text))) - rarer*float64(i); n > most {
			best, most = c, n
		}
	}
	best.guessed = true
	return best
}

// native are the letters of Kazakh and Russian; others in a Cyrillic text are rare.
const native = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәіңғүұқөһ"

// What a text pays for that no Kazakh or Russian one has, in natural logarithms. A run of three letters that is as likely as
// ordinary speaks neither for nor against.
const (
	ordinary = 2.
	garbage  = 5. // a control, a piece of a box
	alien    = 3. // a letter of another language
	midway   = 6. // a capital between small letters
	abridged = 2. // capitals behind small letters, as in «КазНУ»
	astray   = 5. // a sign at a word that has its place elsewhere
	unusual  = 3. // a sign that few texts have, a quotation without its other end
	rarer    = .5 // an encoding that is met less often than the one before
)

// The signs that news have: at a word's beginning, at its end, at or in a word, at none.
const (
	opening  = "«“„‘’"
	closing  = "»”“’"
	anywhere = "–—…\u00a0\u00ad"
	apart    = "№§©·•€°™®"
)

// likely says how likely a text is Kazakh or Russian by its letters: the sum over its words of their runs of three letters, less what
// is odd. Words of ASCII letters say nothing.
func likely(text string) (sum float64) {
	var before rune
	quotes := 0 // that are open
	start, wide := -1, false
	end := func(i int) {
		if start >= 0 && wide {
			word := text[start:i]
			kk, ru := analysis.Likely(word)
			sum += max(kk, ru) - ordinary*float64(utf8.RuneCountInString(word)+1)
		}
		start, wide = -1, false
	}
	for i, r := range text {
		letter := unicode.IsLetter(r)
		switch {
		case letter || r == '\u0301' && start >= 0:
			if start < 0 {
				start = i
			}
			wide = wide || r >= utf8.RuneSelf
			switch next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):]); {
			case !unicode.IsUpper(r) || !unicode.IsLower(before):
			case unicode.IsUpper(next):
				sum -= abridged
			default:
				sum -= midway
			}
			if r >= utf8.RuneSelf && letter && !strings.ContainsRune(native, unicode.ToLower(r)) {
				sum -= alien
			}
		default:
			end(i)
			if r < utf8.RuneSelf && !control(r) {
				break
			}
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			opens, closes, either := strings.ContainsRune(opening, r), strings.ContainsRune(closing, r), strings.ContainsRune(anywhere, r)
			switch {
			case control(r) || r == utf8.RuneError || r >= 0x2500 && r < 0x25ff:
				sum -= garbage
			case opens && unicode.IsLetter(next):
				quotes++
			case closes && unicode.IsLetter(before):
				quotes--
			case !opens && !closes && !either && !strings.ContainsRune(apart, r):
				sum -= unusual
			}
			if unicode.IsLetter(before) && !closes && !either {
				sum -= astray
			}
			if unicode.IsLetter(next) && !opens && !either {
				sum -= astray
			}
		}
		before = r
	}
	end(len(text))
	return sum - unusual*math.Abs(float64(quotes))
}
