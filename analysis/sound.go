package analysis

import "strings"

// sounds write what sounds alike in Kazakh, Russian and Latin spellings alike, in plain Latin letters.
var sounds = map[rune]string{
	'а': "a", 'ә': "a", 'б': "b", 'в': "v", 'г': "g", 'ғ': "g", 'д': "d", 'е': "e", 'ё': "e", 'ж': "j", 'з': "z", 'и': "i", 'й': "i",
	'к': "k", 'қ': "k", 'л': "l", 'м': "m", 'н': "n", 'ң': "n", 'о': "o", 'ө': "o", 'п': "p", 'р': "r", 'с': "s", 'т': "t", 'у': "u",
	'ұ': "u", 'ү': "u", 'ф': "f", 'х': "h", 'һ': "h", 'ц': "ts", 'ч': "ch", 'ш': "sh", 'щ': "sh", 'ъ': "", 'ы': "i", 'і': "i",
	'ь': "", 'э': "e", 'ю': "iu", 'я': "ia",
}

// latinSounds are Latin spellings of those sounds; the longest stand first.
var latinSounds = strings.NewReplacer("shch", "sh", "tch", "ch", "ch", "ch", "sh", "sh", "kh", "h", "gh", "g", "zh", "j", "ts", "ts", "ph", "f", "ya", "ia",
	"yu", "iu", "ye", "e", "yo", "e", "x", "ks", "q", "k", "c", "k", "w", "v", "y", "i", "'", "", "ä", "a", "á", "a", "à", "a", "â", "a", "ã", "a", "ā", "a",
	"ö", "o", "ó", "o", "ô", "o", "ø", "o", "ō", "o", "ü", "u", "ú", "u", "ū", "u", "û", "u", "ý", "i", "í", "i", "ï", "i", "ı", "i", "ī", "i", "é", "e",
	"è", "e", "ê", "e", "ë", "e", "ě", "e", "ğ", "g", "ǵ", "g", "ñ", "n", "ń", "n", "ş", "sh", "š", "sh", "ś", "s", "ŝ", "sh", "ž", "j", "ź", "z",
	"ż", "z", "č", "ch", "ć", "ch", "ç", "ch", "ř", "r", "ł", "l", "ß", "ss", "ʺ", "", "ʹ", "")

// Sound writes a folded word in plain Latin letters, the same for spellings that sound alike: қазақстан, казахстан and
// qazaqstan come close to each other. Other scripts stay as they are.
func Sound(form string) string {
	if scriptOf(form) == latin {
		return latinSounds.Replace(form)
	}
	var b strings.Builder
	for _, r := range form {
		if s, ok := sounds[r]; ok {
			b.WriteString(s)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}
