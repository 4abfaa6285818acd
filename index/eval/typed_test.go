package eval_test

import (
	"testing"

	"kelisim/index/eval"
)

func TestTyped(t *testing.T) {
	const query = "Қазақ хандығы қай уақытта құрылған?"
	for _, c := range []struct{ way, want string }{
		{"russian-letters", "Казак хандыгы кай уакытта курылган?"},
		{"latin-2021", "Qazaq handyğy qai uaqytta qūrylğan?"},
		{"ascii", "Qazaq khandygy qay uaqytta qurylgan?"},
		{"latin-keys", "0fpf0 [fyls5s 0fq ef0snnf 09hsk5fy?"},
		{"kazakh-keys", "0аза0 ханды5ы 0ай уа0ытта 09рыл5ан?"},
		{"", query},
	} {
		if got := eval.Typed(c.way, query); got != c.want {
			t.Errorf("%s: %s, want %s", c.way, got, c.want)
		}
	}
	typo := eval.Typed(eval.Typo, query)
	if typo == query || typo != eval.Typed(eval.Typo, query) {
		t.Errorf("a typo makes %s", typo)
	}
	if got := eval.Typed(eval.Typo, "ҚР жж"); got != "ҚР жж" {
		t.Errorf("a short word is mistyped: %s", got)
	}
}
