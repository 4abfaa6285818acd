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
		whose := u.Notes[i].Args[1]
		u, err = s.Understand(t.Context(), *u.Notes[i].Undo)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range u.Words {
			if a, ok := w.Tree.(index.AnyTerm); ok && strings.Contains(whose, a.Word) && len(a.Near) > 0 {
				t.Errorf("%s: undone, but %v stand for %s", typed, a.Near, a.Word)
			}
		}
	}
}

// TestUndoOfAWord: an undo takes away what was added to its word or name, and nothing else.
func TestUndoOfAWord(t *testing.T) {
	s := &query.Searcher{Lexicon: lexicon.Default(), Names: names.Default()}
	codes := func(q index.Query) (out []string) {
		u, err := s.Understand(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range u.Notes {
			out = append(out, n.Code+" "+n.Args[len(n.Args)-1])
		}
		return out
	}
	for typed, want := range map[string]string{
		"КазНУ шарттар келісім":                   "name КазНУ; translated шарттар; translated келісім",
		"КазНУ Эстония соглашение":                "name КазНУ; name Эстония; translated соглашение",
		"соглашение форум выставка ректор":        "spelled форум; spelled ректор; translated соглашение; translated выставка",
		"соглашение выставка общежитие выпускник": "translated соглашение, выставка, общежитие, выпускник",
		"қос диплом келісім":                      "translated қос диплом; translated келісім",
	} {
		q := index.Query{Text: typed}
		all := codes(q)
		if got := strings.Join(all, "; "); got != want {
			t.Errorf("%s: %s, want %s", typed, got, want)
			continue
		}
		u, err := s.Understand(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range u.Notes {
			left := slices.Delete(slices.Clone(all), i, i+1)
			if got := codes(*n.Undo); !slices.Equal(got, left) {
				t.Errorf("%s without %s: %q, want %q", typed, all[i], got, left)
			}
		}
	}
}

// TestTranslationsSayMore: what has the typed word itself is no translation of it.
func TestTranslationsSayMore(t *testing.T) {
	s := &query.Searcher{Lexicon: lexicon.Default()}
	for typed, not := range map[string]string{"договор с эстонией": "международный договор", "договор": "международный", "соглашение": "соглашение о"} {
		u, err := s.Understand(t.Context(), index.Query{Text: typed})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range u.Notes {
			if n.Code == "translated" && strings.Contains(strings.Join(n.Args, ", "), not) {
				t.Errorf("%s: %q", typed, n.Args)
			}
		}
		for _, w := range u.Words {
			if a, ok := w.Tree.(index.AnyTerm); ok && slices.ContainsFunc(a.Near, func(n index.Near) bool {
				return strings.Contains(n.Term, ":международн") || strings.Contains(n.Term, ":internation") || strings.Contains(n.Term, ":халықарал")
			}) {
				t.Errorf("%s: international texts are near it", typed)
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
