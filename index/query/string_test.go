package query_test

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kelisim/index"
	"kelisim/index/query"
)

// mends are the codes of notes on what does not fit in a query.
var mends = []string{"bracket", "operator", "quote", "empty", "field", "short", "long"}

// sameAgain tells where a query's String is not understood as the query was, where something in it is left to mend, or where
// it does not give itself.
func sameAgain(text string) error {
	s := &query.Searcher{}
	first, err := s.Understand(context.Background(), index.Query{Text: text})
	if err != nil {
		return err
	}
	again, err := s.Understand(context.Background(), index.Query{Text: first.String()})
	if err != nil {
		return err
	}
	if again.String() != first.String() {
		return fmt.Errorf("%q is written %q, and that %q", text, first, again)
	}
	if shape(first.Tree) != shape(again.Tree) || fmt.Sprint(first.Tree) != fmt.Sprint(again.Tree) || first.Match != again.Match ||
		!reflect.DeepEqual(first.Selection, again.Selection) {
		return fmt.Errorf("%q is understood as\n%s %+v %s, its string %q as\n%s %+v %s", text, shape(first.Tree), first.Selection, first.Match,
			first, shape(again.Tree), again.Selection, again.Match)
	}
	for _, n := range again.Notes {
		// What is excluded over a range of dates is no fault of syntax: it is read, and a selection cannot say it.
		if slices.Contains(mends, n.Code) && !strings.Contains(strings.Join(n.Args, ""), "..") {
			return fmt.Errorf("%q is written %q, which is mended again: %s %q", text, first, n.Code, n.Args)
		}
	}
	return nil
}

// FuzzString: whatever is typed, what is left of it after mending is the same query. Its inputs that once failed are kept in
// testdata/fuzz.
func FuzzString(f *testing.F) {
	for _, s := range []string{
		"меморандум", `"қос диплом`, "(а OR", "title:(форум OR келісім) -\"қос диплом\"~3", "күні:2024..2025 kind:қос диплом мемор*",
		"a /s (b | c) /s «d e»", "-title:-x", "И И И", "((((", "country:", "lang:ru OR lang:kk", "«a \"b» c\"", "—\"\u00ad\"",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 2000 {
			return
		}
		if err := sameAgain(text); err != nil {
			t.Error(err)
		}
	})
}

var pieces = []string{
	"келісім", "мен", "Қытай", `"`, "«", "»", "“", "„", "(", ")", "-", "−", "OR", "ИЛИ", "AND", "И", "НЕ", "ЕМЕС", "|", "&", "/s", "/с", " ", " ", "  ", "~3",
	"date:", "күні:", "2025-11", "2024..2025", "lang:", "тіл:", "қазақша", "kind:", "қос", "диплом", "title:", "тақырып:", "мемор*", "ме*", "*",
	":", "\x00", "\xff", "e\u0301", "1 453", "Hub-тың", "🙂", "\u00ad",
}

// TestStringIsTheSameQuery tries what fuzzing rarely gets at: signs and words in all orders.
func TestStringIsTheSameQuery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 20).Draw(t, "pieces"), "")
		if err := sameAgain(text); err != nil {
			t.Fatal(err)
		}
	})
}

// asked makes a query that has nothing to mend.
func asked(depth int) *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		word := rapid.SampledFrom([]string{"келісім", "форум", "Таллин", "ғылыми-техникалық", "договор", "мемор*", `"қос диплом"`, `"а б"~4`}).Draw(t, "word")
		if depth == 0 {
			return word
		}
		part := func(name string) string { return asked(depth-1).Draw(t, name) }
		switch rapid.IntRange(0, 7).Draw(t, "form") {
		case 0:
			return "(" + part("left") + " OR " + part("right") + ")"
		case 1:
			return "(" + part("left") + " И " + part("right") + ")"
		case 2:
			return "-(" + part("of") + ")"
		case 3:
			return "title:(" + part("of") + ")"
		case 4:
			return "(" + word + " /s " + asked(0).Draw(t, "beside") + ")"
		case 5:
			return "(" + part("left") + " " + part("right") + ")"
		case 6:
			return "(lang:ru " + part("of") + ")"
		}
		return word
	})
}

func TestWhatIsWellFormedIsNotMended(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := asked(4).Draw(t, "query")
		u, err := (&query.Searcher{}).Understand(context.Background(), index.Query{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range u.Notes {
			if slices.Contains(mends, n.Code) {
				t.Fatalf("%s is mended: %s %q", text, n.Code, n.Args)
			}
		}
		if err := sameAgain(text); err != nil {
			t.Fatal(err)
		}
	})
}
