package names

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
)

// readDefined notes abbreviations in brackets that the text itself spells out before them, where those words hold no head:
// «ұшқышсыз ұшу аппараттарын (ҰҰА)», «Memorandum of Understanding (MoU)». They name no body, here or elsewhere in the text.
func (r *reader) readDefined() {
	for i := 1; i < len(r.words); i++ {
		w := &r.words[i]
		if w.Kind != analysis.Word || !forms.Abbreviated(w.Surface) || !strings.HasSuffix(r.before(i), "(") || r.words[i].gap >= broken {
			continue
		}
		if from := r.spells(i); from < i && !r.hasHead([2]int{from, i}) {
			if r.defined == nil {
				r.defined = map[string]bool{}
			}
			r.defined[w.form] = true
		}
	}
}

// spells gives the first of the words before an abbreviation whose initials it has, the abbreviation itself where they differ. Small
// words that it leaves out («of», «және») may stand between.
func (r *reader) spells(i int) (from int) {
	letters := []rune(r.words[i].form)
	from = i
	for n := len(letters) - 1; n >= 0; {
		k := from - 1
		if k < 0 || from < i && r.words[from].gap > near {
			return i
		}
		first, _ := utf8.DecodeRuneInString(r.words[k].form)
		switch {
		case unicode.ToLower(first) == unicode.ToLower(letters[n]):
			n--
		case r.words[k].Stop && from < i:
		default:
			return i
		}
		from = k
	}
	return from
}
