package russian

// The automata spell words with one byte a letter: а 1 … я 32, the hyphen 33.
const (
	hyphen  = 33
	letters = 33
)

// longest is how many letters of a word are looked up; a longer one stands for itself.
const longest = 60

// spell writes a folded word in the automata's letters; ok is false where it has others or is too long.
func spell(word string, buf *[longest]byte) (spelt []byte, ok bool) {
	n := 0
	for i := 0; i < len(word); {
		if n == longest {
			return nil, false
		}
		c := word[i]
		switch {
		case c == '-':
			buf[n] = hyphen
			i++
		case i+1 < len(word) && c == 0xD0 && word[i+1] >= 0xB0 && word[i+1] <= 0xBF: // а…п
			buf[n] = word[i+1] - 0xB0 + 1
			i += 2
		case i+1 < len(word) && c == 0xD1 && word[i+1] >= 0x80 && word[i+1] <= 0x8F: // р…я
			buf[n] = word[i+1] - 0x80 + 17
			i += 2
		default:
			return nil, false
		}
		n++
	}
	return buf[:n], n > 0
}

func spellable(word string) bool {
	var buf [longest]byte
	_, ok := spell(word, &buf)
	return ok
}

// letter is the inverse of spell for one letter.
func letter(b byte) string {
	if b == hyphen {
		return "-"
	}
	return string('а' + rune(b) - 1)
}

// size is how many bytes of UTF-8 the letters take.
func size(spelt []byte) int {
	n := 2 * len(spelt)
	for _, b := range spelt {
		if b == hyphen {
			n--
		}
	}
	return n
}
