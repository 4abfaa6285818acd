package kazakh

import "strings"

// Words are analysed as letters: one byte a letter, its place in the alphabet, counted from 1.
const alphabet = "аәбвгғдежзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

// longest is the most letters of a word that are analysed; a longer one stands for itself.
const longest = 64

// The tables are filled by initialisers, not by init, so that tables of other files can be made with them.
var (
	codes  = numbered()
	runes  = []rune("\x00" + alphabet)
	vowel  = marked("аәеиоөуұүыіэюя")
	sounds = classed()
	sides  = harmony()
)

// A sound is a class of final sounds, a bit each, so that a suffix can name several.
type sound uint8

const (
	soundV sound = 1 << iota // vowels
	soundG                   // glides и у ю й
	soundR
	soundL
	soundN // м н ң
	soundZ // з ж
	soundT // voiceless consonants, and б в г д of loans
)

const soundNames = "VGRLNZT"

const (
	back    int8 = 1
	front   int8 = -1
	skipped int8 = 2 // у and ю: the vowel before them decides
)

// The letters that rules name.
var (
	letterB, letterP         = letter('б'), letter('п')
	letterG, letterK         = letter('г'), letter('к')
	letterGh, letterQ        = letter('ғ'), letter('қ')
	letterS, letterT         = letter('с'), letter('т')
	letterV, letterE         = letter('в'), letter('е')
	letterYBack, letterYFore = letter('ы'), letter('і')
	letterSoft, letterHard   = letter('ь'), letter('ъ')
)

func numbered() (c [0x500]byte) {
	i := byte(0)
	for _, r := range alphabet {
		i++
		c[r] = i
	}
	c['ё'] = c['е'] // folded words have none; the data may
	return c
}

func marked(list string) (m [64]bool) {
	for _, r := range list {
		m[letter(r)] = true
	}
	return m
}

func classed() (s [64]sound) {
	for i := range s {
		s[i] = soundT
	}
	for class, list := range map[sound]string{soundV: "аәеоөұүыіяэ", soundG: "иуюй", soundR: "р", soundL: "л", soundN: "мнң", soundZ: "зж"} {
		for _, r := range list {
			s[letter(r)] = class
		}
	}
	return s
}

func harmony() (s [64]int8) {
	for side, list := range map[int8]string{back: "аоұыя", front: "әеөүі", skipped: "ую"} {
		for _, r := range list {
			s[letter(r)] = side
		}
	}
	return s
}

func letter(r rune) byte {
	if r < 0 || int(r) >= len(codes) {
		return 0
	}
	return codes[r]
}

// letters appends a word's letters to b; ok is false where a rune is none of the alphabet or the word is too long.
func letters(b []byte, word string) (_ []byte, ok bool) {
	for _, r := range word {
		c := letter(r)
		if c == 0 || len(b) >= longest {
			return b, false
		}
		b = append(b, c)
	}
	return b, len(b) > 0
}

// coded is letters for the words of tables, which are our own.
func coded(word string) []byte {
	b, _ := letters(nil, word)
	return b
}

func spell(b []byte) string {
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(runes[c])
	}
	return s.String()
}

// final gives the class of a base's last sound; a sign (ь, ъ) is looked through.
func final(b []byte) sound {
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] != letterSoft && b[i] != letterHard {
			return sounds[b[i]]
		}
	}
	return 0
}

// side gives a base's harmony: back, front, or 0 where suffixes of both kinds follow. Loans waver: after и (Берлинде, Парижде), ь
// (сентябрьде), э, a final г (педагогтер), -ев (Назарбаевтың), к or т after a consonant (банктер, фактілер, асфальтті). Қауіп, which
// is front in its lost vowel alone (қаупі), is read here too.
func side(b []byte) int8 {
	n := len(b)
	if n > 1 {
		last, before := b[n-1], b[n-2]
		switch {
		case last == letterSoft, last == letterG,
			last == letterV && before == letterE && n > 3,
			last == letterK && !vowel[before],
			last == letterT && (before == letterK || before == letterSoft),
			last == letterP && before == letter('у') && n > 3:
			return 0
		}
	}
	for i := n - 1; i >= 0; i-- {
		if c := b[i]; vowel[c] && sides[c] != skipped {
			return sides[c]
		}
	}
	return 0
}

func hasVowel(b []byte) bool {
	for _, c := range b {
		if vowel[c] {
			return true
		}
	}
	return false
}
