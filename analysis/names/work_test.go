package names_test

import (
	"fmt"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// A text eight times as long compares its names about eight times as often, not sixty-four times: each name is one of its own, with a
// short form and an abbreviation of it.
func TestWork(t *testing.T) {
	syllables := strings.Fields("ба ве гу до жи ка ле му но пи ра се ту фо ши")
	what := strings.Fields("мемлекеттік техникалық аграрлық педагогикалық экономикалық халықаралық гуманитарлық инженерлік")
	name := func(n int) string {
		var b strings.Builder
		for range 4 {
			b.WriteString(syllables[n%len(syllables)])
			n /= len(syllables)
		}
		return strings.ToUpper(b.String()[:2]) + b.String()[2:]
	}
	per := func(bodies int) float64 {
		var b strings.Builder
		for n := range bodies {
			w, is, of := name(n*7919+12345), what[n/15%len(what)], what[n/97%len(what)]
			short := strings.ToUpper(w[:2] + is[:2] + of[:2])
			fmt.Fprintf(&b, "Бүгін %s %s %s университеті туралы айтылды. %s университеті жаңа оқу жылын бастады. %sУ ректоры сөз сөйледі.\n", w, is, of, w, short)
		}
		text := b.String()
		return 1000 * float64(names.Default().Compared(analysis.Read(text, ""))) / float64(len(text))
	}
	small, large := per(40), per(320)
	t.Logf("%.1f comparisons a kilobyte of %d bodies, %.1f of %d", small, 40, large, 320)
	if large > 2*small {
		t.Errorf("%.1f comparisons a kilobyte of a short text, %.1f of a long one", small, large)
	}
}
