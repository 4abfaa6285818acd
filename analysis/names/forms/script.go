package forms

import (
	"io/fs"
	"strings"
)

// Letters read Kazakh in Latin or Arabic letters as the same words in Cyrillic. Where the script leaves a choice (which of i
// and ı is і, whether a vowel is front or back), a word has a reading for each.
type Letters struct {
	latin, arabic []*strings.Replacer
}

// ReadLetters reads letters.tsv.
func ReadLetters(fsys fs.FS) (Letters, error) {
	pairs := map[string][]string{}
	err := ReadTSV(fsys, "letters.tsv", func(line int, f map[string]string) error {
		pairs[f["script"]] = append(pairs[f["script"]], f["letters"], f["cyrillic"])
		return nil
	})
	reading := func(script, way string) *strings.Replacer {
		return strings.NewReplacer(append(append([]string{}, pairs[script]...), pairs[way]...)...)
	}
	return Letters{
		latin:  []*strings.Replacer{reading("latin", "latin-1"), reading("latin", "latin-2")},
		arabic: []*strings.Replacer{reading("arabic", "arabic-front"), reading("arabic", "arabic-back")},
	}, err
}

// Cyrillic writes a folded Kazakh word in Cyrillic letters: in the first reading that is known, else in the first of all.
func (l *Letters) Cyrillic(form string, known func(string) bool) string {
	readings := l.latin
	if !Latin(form) {
		readings = l.arabic
	}
	for _, r := range readings {
		// Loans begin with э where Arabic script has е.
		w := r.Replace(form)
		for _, w := range []string{w, strings.Replace(w, "е", "э", 1)} {
			if known(w) {
				return w
			}
		}
	}
	return readings[0].Replace(form)
}
