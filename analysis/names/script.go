package names

import (
	"strings"

	"kelisim/analysis"
)

// Kazakh in Latin letters is read as the same words in Cyrillic. Official drafts disagree on which of i and ı is і and
// which is и, so a word is read both ways and the way that gives a known word is taken.
var (
	fromLatin  = latinReplacer("ı", "и", "i", "і")
	fromLatin2 = latinReplacer("ı", "і", "i", "и")
)

func latinReplacer(extra ...string) *strings.Replacer {
	return strings.NewReplacer(append([]string{"aı", "ай", "äı", "әй", "eı", "ей", "oı", "ой", "uı", "уй", "yı", "ый", "ıa", "ия", "ıý", "ию", "sh", "ш", "ch", "ч", "zh", "ж",
		"a", "а", "ä", "ә", "á", "ә", "b", "б", "c", "ц", "ç", "ч", "d", "д", "e", "е", "é", "э", "f", "ф", "g", "г", "ğ", "ғ", "ǵ", "ғ", "h", "х", "j", "ж",
		"k", "к", "l", "л", "m", "м", "n", "н", "ñ", "ң", "ŋ", "ң", "ń", "ң", "o", "о", "ö", "ө", "ó", "ө", "p", "п", "q", "қ", "r", "р", "s", "с", "ş", "ш",
		"t", "т", "u", "у", "ū", "ұ", "ü", "ү", "ú", "ү", "ý", "у", "v", "в", "w", "у", "x", "х", "y", "ы", "z", "з", "ï", "и", "'", ""}, extra...)...)
}

// latinKazakh reports whether a paragraph is Kazakh in Latin letters.
func latinKazakh(p analysis.Paragraph) bool {
	return p.Lang == analysis.KK && p.Script == analysis.Latin
}

// cyrillicForm writes a folded Kazakh word in Cyrillic letters.
func (t *Table) cyrillicForm(form string) string {
	first := fromLatin.Replace(form)
	if l := t.lexeme(first); len(l.ids) > 0 || l.headKK.head != nil || l.common {
		return first
	}
	second := fromLatin2.Replace(form)
	if l := t.lexeme(second); len(l.ids) > 0 || l.headKK.head != nil || l.common {
		return second
	}
	return first
}
