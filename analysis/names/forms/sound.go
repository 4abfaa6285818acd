package forms

import (
	"strings"
	"unicode"
)

// sounds writes Cyrillic letters of Kazakh and Russian in Latin ones, so that a name is one key however it is spelt:
// Нәрікбаев, Нарикбаев, Narikbayev.
var sounds = map[rune]string{
	'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'қ': "k", 'л': "l", 'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ұ': "u", 'ү': "u", 'ф': "f", 'х': "h", 'һ': "h", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ы': "i", 'і': "i",
	'ь': "", 'э': "e", 'ю': "u", 'я': "a",
}

// latinSounds are spellings of one sound in Latin letters, the longest first.
var latinSounds = strings.NewReplacer("tch", "ch", "ch", "ch", "yo", "e", "ye", "e", "yu", "u", "ya", "a", "iya", "ia", "iy", "i", "kh", "h", "gh", "g", "zh", "j",
	"dzh", "j", "x", "h", "q", "k", "c", "k", "w", "u", "y", "i", "ng", "n", "'", "", "sh", "sh")

// Sound gives the key of a word by its sound, in Latin letters.
func Sound(form string) string {
	var b strings.Builder
	if Cyrillic(form) {
		for _, r := range form {
			if s, ok := sounds[r]; ok {
				b.WriteString(s)
			} else if unicode.IsLetter(r) || unicode.IsDigit(r) {
				b.WriteRune(r)
			}
		}
	} else {
		b.WriteString(latinSounds.Replace(Plain(form)))
	}
	// A doubled letter sounds like one, and so does и before a vowel (Кожахмет, Қожа Ахмет).
	var out strings.Builder
	var last rune
	for _, r := range b.String() {
		if r != last {
			out.WriteRune(r)
		}
		last = r
	}
	return strings.ReplaceAll(out.String(), "dj", "j")
}
