package local

import (
	"slices"
	"testing"

	"kelisim/index"
)

// Two requests for a total have one key only if they find the same.
func TestTotalKey(t *testing.T) {
	word := index.AnyTerm{Word: "w", Terms: []string{"kk:a", "b"}, Near: []index.Near{{Term: "c", Weight: .5, Likeness: .25}}}
	phrase := index.Phrase{Slots: [][]string{{"a", "b"}, {"c"}}}
	value := index.Value{Facet: "country", Key: "EE"}
	trees := []index.Tree{
		nil, word, index.AnyTerm{Terms: []string{"kk:a", "b"}}, index.AnyTerm{Terms: []string{"kk:ab"}}, index.AnyTerm{Terms: []string{"kk:a"}}, index.AnyTerm{Terms: []string{"kk:a"}, Title: true},
		index.AnyTerm{Terms: word.Terms, Near: []index.Near{{Term: "c", Weight: .25, Likeness: .5}}}, index.AnyTerm{Terms: word.Terms, Near: []index.Near{{Term: "c", Weight: .5, Likeness: .25, Whole: true}}},
		phrase, index.Phrase{Slots: [][]string{{"a"}, {"b", "c"}}}, index.Phrase{Slots: phrase.Slots, Slop: 1}, index.Phrase{Slots: phrase.Slots, Title: true}, index.Sentence{Of: []index.Phrase{phrase}}, index.Sentence{Of: []index.Phrase{phrase, phrase}},
		value, index.Value{Facet: "country", Key: "FI"}, index.Value{Facet: "institution", Key: "EE"}, index.And{word, value}, index.Or{word, value}, index.And{value, word}, index.Not{Of: word}, index.And{index.And{word}, value},
		index.Should{Of: word, Weight: 1}, index.Should{Of: word, Weight: 2}, index.Name{Words: []index.Tree{word}, Keys: []index.Value{value}, Weight: 1}, index.Name{Words: []index.Tree{word}, Weight: 1},
		index.Name{Words: []index.Tree{word}, Keys: []index.Value{value}, Weight: 1, Keyed: true}, index.Enough{Share: .2, Of: []index.Tree{word, value}}, index.Enough{Share: .3, Of: []index.Tree{word, value}},
		index.Enough{Share: .2, Of: []index.Tree{word, value}, Loose: true}, index.Enough{Share: .2, Of: []index.Tree{word, value}, Mixed: true},
	}
	var all []string
	for _, tree := range trees {
		all = append(all, totalKey(index.Request{Tree: tree}))
	}
	chosen := index.Selection{}.With("country", "EE")
	for _, r := range []index.Request{
		{Tab: index.Agreements}, {MinConfidence: index.Sure}, {Full: true}, {Selection: chosen}, {Selection: chosen.With("country", "FI")}, {Selection: index.Selection{}.With("country", "-EE")},
		{Selection: index.Selection{Reported: true}}, {Selection: index.Selection{From: index.Date{Year: 2025}}}, {Selection: index.Selection{To: index.Date{Year: 2025}}},
	} {
		all = append(all, totalKey(r))
	}
	slices.Sort(all)
	if n := len(slices.Compact(all)); all[0] == "" || n != len(trees)+9 {
		t.Errorf("%d requests have %d keys", len(trees)+9, n)
	}
	typed := word
	typed.Word, typed.Terms = "other", slices.Clone(word.Terms)
	if totalKey(index.Request{Tree: typed, Sort: index.Newest}) != totalKey(index.Request{Tree: word}) {
		t.Error("what finds the same has two keys")
	}
	if totalKey(index.Request{Size: 1}) != "" || totalKey(index.Request{Counts: true}) != "" {
		t.Error("more than a total is remembered")
	}
}
