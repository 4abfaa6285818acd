package names

import (
	"io/fs"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// Kazakh in Latin or Arabic letters is read as the same words in Cyrillic. Where the script leaves a choice (which of i
// and ı is і, whether a vowel is front or back), a word is read in each way, and the first that gives a known word stands.
type letters struct {
	latin, arabic []*strings.Replacer
}

func readLetters(fsys fs.FS) (letters, error) {
	pairs := map[string][]string{}
	err := forms.ReadTSV(fsys, "letters.tsv", func(line int, f map[string]string) error {
		pairs[f["script"]] = append(pairs[f["script"]], f["letters"], f["cyrillic"])
		return nil
	})
	reading := func(script, way string) *strings.Replacer {
		return strings.NewReplacer(append(append([]string{}, pairs[script]...), pairs[way]...)...)
	}
	return letters{
		latin:  []*strings.Replacer{reading("latin", "latin-1"), reading("latin", "latin-2")},
		arabic: []*strings.Replacer{reading("arabic", "arabic-front"), reading("arabic", "arabic-back")},
	}, err
}

// otherScript reports whether a paragraph is Kazakh in Latin or Arabic letters.
func otherScript(p analysis.Paragraph) bool {
	return p.Lang == analysis.KK && p.Script != analysis.Cyrillic
}

// cyrillicForm writes a folded Kazakh word in Cyrillic letters.
func (t *Table) cyrillicForm(form string) string {
	readings := t.letters.latin
	if !forms.Latin(form) {
		readings = t.letters.arabic
	}
	first := ""
	for _, r := range readings {
		w := r.Replace(form)
		if first == "" {
			first = w
		}
		// Loans begin with э where Arabic script has е.
		for _, w := range []string{w, strings.Replace(w, "е", "э", 1)} {
			if l := t.lexeme(w); len(l.ids) > 0 || l.headKK.head != nil || l.common {
				return w
			}
		}
	}
	return first
}
