package index_test

import (
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/index"
)

// FuzzMarks: whatever a text and a query are, marks lie in the text and do not overlap, and what is shown of it is its own words.
func FuzzMarks(f *testing.F) {
	for _, s := range [][2]string{
		{"Қытай университетімен келісімге қол қойылды.\nФорум өтті.", "келісім"}, {"подписали «меморандум» — подписали", "меморандум подписали"}, {"a b a b a", "a b"},
		{strings.Repeat("сөз ", 300), "сөз"}, {"\u00ad\u200bсөз\n\n\nсөз", "сөз"}, {"\xff", "\xff"}, {"", "a"},
	} {
		f.Add(s[0], s[1], true)
	}
	f.Fuzz(func(t *testing.T, text, typed string, phrase bool) {
		if len(text) > 4000 || len(typed) > 200 {
			return
		}
		x := analysis.Read(text, "")
		var all []index.Tree
		for _, k := range analysis.Split(typed) {
			all = append(all, index.AnyTerm{Word: k.Surface, Terms: analysis.QueryTerms(k)})
		}
		var tree index.Tree = index.Or(all)
		if phrase {
			p := index.Phrase{Text: typed}
			for _, w := range all {
				p.Slots = append(p.Slots, w.(index.AnyTerm).Terms)
			}
			tree = p
		}
		marks := index.Marks(tree, x, nil)
		last := 0
		for _, m := range marks {
			if m.Start < last || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("%q in %q: marks %v", typed, text, marks)
			}
			last = m.End
		}
		own := strings.Join(strings.Fields(text), "")
		for _, s := range index.Snippets(x, marks, 3) {
			shown := ""
			for _, p := range s {
				shown += p.Text
			}
			if shown = strings.Join(strings.Fields(strings.Trim(shown, "… ")), ""); !strings.Contains(own, shown) {
				t.Fatalf("%q is shown of %q", shown, text)
			}
		}
		index.Headline(x, marks)
		index.NewSketcher(tree).Sketch(text, "", nil)
	})
}
