package query_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/lexicon"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/query"
)

// TestTranslations: words are also looked for by their translations, which a note names and an undo takes away.
func TestTranslations(t *testing.T) {
	s := &query.Searcher{Lexicon: lexicon.Default()}
	for typed, want := range map[string]string{
		"шарттар": "ru:договор", "университетпен келісім": "ru:соглашен", "agreements": "kk:келісім", "қос диплом": "ru:двойн",
	} {
		u, err := s.Understand(t.Context(), index.Query{Text: typed})
		if err != nil {
			t.Fatal(err)
		}
		var terms []string
		for _, w := range u.Words {
			if a, ok := w.Tree.(index.AnyTerm); ok {
				for _, n := range a.Near {
					if n.Weight <= 0 || n.Weight > 1 {
						t.Errorf("%s: %s weighs %v", typed, n.Term, n.Weight)
					}
					terms = append(terms, n.Term)
				}
			}
		}
		if !slices.ContainsFunc(terms, func(x string) bool { return strings.HasPrefix(x, want) }) {
			t.Errorf("%s lacks %s… among %v", typed, want, terms)
		}
		i := slices.IndexFunc(u.Notes, func(n index.Note) bool { return n.Code == "translated" })
		if i < 0 || u.Notes[i].Undo == nil {
			t.Fatalf("%s: no note tells of translations, or none takes them away", typed)
		}
		u, err = s.Understand(t.Context(), *u.Notes[i].Undo)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range u.Words {
			if a, ok := w.Tree.(index.AnyTerm); ok && len(a.Near) > 0 {
				t.Errorf("%s: undone, but %v stand for %s", typed, a.Near, a.Word)
			}
		}
	}
}

// TestNamesAreNotTranslated: a name is found by its key; КазНУ is no treasury («казна»).
func TestNamesAreNotTranslated(t *testing.T) {
	s := &query.Searcher{Lexicon: lexicon.Default(), Names: names.Default()}
	u, err := s.Understand(t.Context(), index.Query{Text: "казну"})
	if err != nil {
		t.Fatal(err)
	}
	if slices.ContainsFunc(u.Notes, func(n index.Note) bool { return n.Code == "translated" }) {
		t.Errorf("notes %+v", u.Notes)
	}
}
