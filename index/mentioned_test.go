package index_test

import (
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
)

func TestMentioned(t *testing.T) {
	const text = "КазНУ, Эстония, Минодин"
	at := func(kind, key, surface string) index.Mention {
		for i := range text {
			if i+len(surface) <= len(text) && text[i:i+len(surface)] == surface {
				return index.MentionAt(kind, key, i, i+len(surface))
			}
		}
		t.Fatal(surface)
		return index.Mention{}
	}
	m := index.Mentioned{Sum: index.TextSum(text), Listed: []string{"ror:03q0vrn42"}, Mentions: []index.Mention{
		at("institution", "ror:03q0vrn42", "КазНУ"), at("country", "EE", "Эстония"), at("institution", "new:minodin", "Минодин"), index.MentionAt("country", "RU", 40, 99),
	}}
	if !m.Of(text) || m.Of(text+".") {
		t.Error("a text is taken for another")
	}
	whole := m.Whole(text, names.Default())
	if len(whole) != 2 || whole[0].Surface != "КазНУ" || whole[0].Country != "KZ" || whole[0].Body != "university" || !whole[0].Known || whole[1].Surface != "Эстония" {
		t.Errorf("%+v", whole)
	}
	start := whole[1].Start
	if in := m.In(start, start+len("Эстония")); len(in) != 1 || in[0].Key != "EE" || in[0].Start != 0 {
		t.Errorf("%+v", in)
	}
}
