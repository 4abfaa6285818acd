package names

import "testing"

func TestZ(t *testing.T) {
	tb := Default()
	k := tb.linker()
	for _, w := range []string{"гёттинген", "геттинген", "корвинус", "бейхан", "цзяотун", "тунцзи"} {
		for _, e := range tb.elements(w) {
			s := ""
			if e.kind == wordElement && e.sym >= 0 {
				s = k.texts[e.sym-k.wordSym]
			} else if e.kind >= townElement && e.kind <= countryElement {
				s = k.atlas.places[e.sym-k.placeSym].name
			}
			t.Log(w, e, s)
		}
	}
}
