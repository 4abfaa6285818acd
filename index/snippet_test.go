package index_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kelisim/analysis"
	"kelisim/index"
)

func word(w string) index.Tree {
	t := analysis.Split(w)[0]
	return index.AnyTerm{Word: w, Terms: analysis.QueryTerms(t)}
}

// flat writes a snippet with its matches in brackets.
func flat(ps []index.Piece) string {
	var b strings.Builder
	for _, p := range ps {
		if p.Match {
			b.WriteString("[" + p.Text + "]")
		} else {
			b.WriteString(p.Text)
		}
	}
	return b.String()
}

func TestSnippetsShowWhatMatched(t *testing.T) {
	const text = "Ректорлар форумы өтті\n" +
		"Бірінші сөйлемде ештеңе жоқ. Екіншісінде меморандумға қол қойылды.\n" +
		"Таллин университетімен меморандум жасалды. Келіссөздер жүргізілді."
	x := analysis.Read(text, analysis.KK)
	for _, tt := range []struct {
		name string
		tree index.Tree
		want []string
	}{
		{"no match: the beginning", nil, []string{"Бірінші сөйлемде ештеңе жоқ."}},
		{"inflected", word("меморандум"), []string{"Екіншісінде [меморандумға] қол қойылды.", "Таллин университетімен [меморандум] жасалды."}},
		{"two words of one sentence win", index.And{word("Таллин"), word("меморандум")},
			[]string{"Екіншісінде [меморандумға] қол қойылды.", "[Таллин] университетімен [меморандум] жасалды."}},
		{"excluded words are not marked", index.And{word("Таллин"), index.Not{Of: word("меморандум")}},
			[]string{"[Таллин] университетімен меморандум жасалды."}},
		{"a phrase is marked where its words stand together", index.Phrase{Slots: [][]string{
			analysis.QueryTerms(analysis.Split("университет")[0]), analysis.QueryTerms(analysis.Split("меморандум")[0])}},
			[]string{"Таллин [университетімен] [меморандум] жасалды."}},
		{"another word is not marked", word("келісім"), []string{"Бірінші сөйлемде ештеңе жоқ."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range index.Snippets(x, index.Marks(tt.tree, x, nil), 2) {
				got = append(got, flat(s))
			}
			if strings.Join(got, "\n") != strings.Join(tt.want, "\n") {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(tt.want, "\n"))
			}
		})
	}
}

func TestHeadlineOfAnArticleWithoutOne(t *testing.T) {
	x := analysis.Read("\nБүгін құжатқа қол қойылды, деп хабарлайды BAQ.KZ.\nЕкінші абзац.", analysis.KK)
	got, untitled := index.Headline(x, index.Marks(word("құжат"), x, nil))
	if want := "Бүгін [құжатқа] қол қойылды, деп хабарлайды BAQ.KZ."; flat(got) != want || !untitled {
		t.Errorf("headline %q, untitled %v; want %q", flat(got), untitled, want)
	}
	if s := index.Snippets(x, nil, 2); len(s) != 1 || flat(s[0]) != "Екінші абзац." {
		t.Errorf("snippets %v repeat the headline", s)
	}
}

// TestSnippetsOfAnyText: pieces are whole runes, short, and their text stands in the source.
func TestSnippetsOfAnyText(t *testing.T) {
	piece := rapid.SampledFrom([]string{"меморандум", "келісімге", " ", ". ", "\n", "А", "é", "\u0301", "🙂", "«", "»", "…", "Л.Н.", "ұзын" + strings.Repeat("сөз", 60)})
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "text"), "")
		x := analysis.Read(text, "")
		marks := index.Marks(word("меморандум"), x, nil)
		for _, s := range index.Snippets(x, marks, 2) {
			all := ""
			for _, p := range s {
				all += p.Text
			}
			if !utf8.ValidString(all) || !strings.Contains(text, strings.Trim(all, "…")) {
				t.Fatalf("snippet %q is not in %q", all, text)
			}
		}
	})
}
