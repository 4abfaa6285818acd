package forms

import (
	"strings"
	"unicode/utf8"
)

// Forms that are made of words.

// Possessed is a Kazakh head with the possessive that ends a name: университеті, академиясы, орталығы, желісі. The word's last vowel
// decides between ы and і; қ, к and п behind a vowel soften.
func Possessed(word string) string {
	at := strings.LastIndexAny(word, vowels)
	if at < 0 {
		return word + "і"
	}
	vowel, size := utf8.DecodeRuneInString(word[at:])
	end := "і"
	if strings.ContainsRune(backVowels, vowel) {
		end = "ы"
	}
	switch last := word[at+size:]; last {
	case "":
		return word + "с" + end
	case "қ":
		return word[:at+size] + "ғ" + end
	case "к":
		return word[:at+size] + "г" + end
	case "п":
		return word[:at+size] + "б" + end
	default:
		if strings.HasSuffix(last, "к") { // банкі, паркі: к is soft
			end = "і"
		}
	}
	return word + end
}

const (
	backVowels = "аоұыуяюё"
	vowels     = backVowels + "әөүіеиэ"
)

// Nominative gives a Russian adjective in the nominative of a gender: Кильским → Кильский, медицинскую → медицинская.
// Other words stay. stressed tells whether one, folded, ends in -ой.
func (e *Endings) Nominative(s, gender string, stressed func(string) bool) string {
	base := s
	for _, x := range e.Class["ru-adjective"] {
		if b, ok := strings.CutSuffix(s, x); ok && len(b) > 4 {
			base = b
			break
		}
	}
	if base == s {
		return s
	}
	last, _ := utf8.DecodeLastRuneInString(base)
	switch gender {
	case "f":
		return base + "ая"
	case "n":
		return base + "ое"
	}
	if stressed(Fold(base) + "ой") {
		return base + "ой"
	}
	if strings.ContainsRune("кгхжшщч", last) {
		return base + "ий"
	}
	return base + "ый"
}

// CityAdjectives guesses what the adjectives of a city begin with.
func CityAdjectives(name string) []string {
	base := strings.TrimRight(name, "аяоеыиуюьй")
	out := []string{name + "ск", base + "ск", base + "инск", base + "ийск"}
	switch last, size := utf8.DecodeLastRuneInString(base); last {
	case 'л':
		out = append(out, base+"ьск")
	case 'г':
		out = append(out, base[:len(base)-size]+"жск")
	case 'ц', 'к':
		out = append(out, base+"к")
	}
	if strings.HasSuffix(base, "ск") {
		out = append(out, base) // Томск → томский
	}
	return out
}

// EnglishPlural is the plural of an English head: universities, colleges.
func EnglishPlural(word string) string {
	if b, ok := strings.CutSuffix(word, "y"); ok {
		return b + "ies"
	}
	return word + "s"
}

// LastKeys are the keys of a Kazakh name's last word: the word, and without its possessive («университеті»:
// университет), so that «университетімен» and «университеттің» are found.
func (e *Endings) LastKeys(form string) []string {
	keys := []string{"k" + form}
	for _, c := range e.Kazakh(form) {
		switch c.Ending {
		case "ы", "і", "сы", "сі":
			if utf8.RuneCountInString(c.Base) > 4 {
				keys = append(keys, "k"+c.Base)
			}
		case "лары", "лері", "дары", "дері", "тары", "тері":
			keys = append(keys, "k"+c.Base+string([]rune(c.Ending)[:3]))
		}
	}
	return keys
}

// Sounds are the sounds of a word and of what is left without its Russian ending.
func (e *Endings) Sounds(form string) []string {
	out := []string{Sound(form)}
	if Cyrillic(form) {
		out = append(out, Sound(e.Russian(form)))
		for _, c := range e.Kazakh(form) {
			out = append(out, Sound(c.Base))
		}
	}
	return out
}

// Initial reports whether a word is a single capital letter before a full stop: «Л.» of «Л.Н. Гумилев»; after is the text behind it.
func Initial(word, after string) bool {
	return utf8.RuneCountInString(word) <= 2 && UpperFirst(word) && strings.HasPrefix(after, ".")
}
