package analysis_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/kazakh"
)

// table calls check for each line of a text table; got and want differ where a line is marked as a known fault.
func table(t *testing.T, file string, check func(line string) (got, want string)) {
	t.Helper()
	text, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	for l := range strings.Lines(string(text)) {
		l = strings.TrimRight(l, "\n")
		if l == "" || strings.HasPrefix(l, "#") {
			continue
		}
		line, fault := strings.CutPrefix(l, "! ")
		switch got, want := check(line); {
		case fault && got == want:
			t.Errorf("%s: %s\nis mended: take its mark away", file, line)
		case !fault && got != want:
			t.Errorf("%s: %s\n got %s\nwant %s", file, line, got, want)
		}
	}
}

func TestTokens(t *testing.T) {
	table(t, "tokens.txt", func(line string) (string, string) {
		text, want, _ := strings.Cut(line, "|")
		var got []string
		for _, k := range analysis.Read(text, analysis.KK).Tokens {
			f := k.Form
			if k.Suffix != "" {
				f += "+" + k.Suffix
			}
			got = append(got, f)
		}
		return strings.Join(got, " "), strings.TrimSpace(want)
	})
}

func TestSentences(t *testing.T) {
	table(t, "sentences.txt", func(line string) (string, string) {
		text := strings.ReplaceAll(strings.ReplaceAll(line, " ¶ ", " "), "¶", "")
		x := analysis.Read("\n"+text, "")
		var got []string
		for _, s := range x.Paragraphs[0].Sentences {
			got = append(got, x.Source[s.Start:s.End])
		}
		want := strings.Split(line, "¶")
		for i := range want {
			want[i] = strings.TrimSpace(want[i])
		}
		return strings.Join(got, " ¶ "), strings.Join(want, " ¶ ")
	})
}

func TestDatelines(t *testing.T) {
	table(t, "datelines.txt", func(line string) (string, string) {
		dateline, rest, found := strings.Cut(line, "¶")
		if !found {
			dateline, rest = "", line
		}
		x := analysis.Read("Title\n"+dateline+rest, "")
		d := x.Dateline()
		got := x.Source[d.Start:d.End]
		if s := x.Paragraphs[1].Sentences[0]; d.End > 0 && s.Start != d.End {
			t.Errorf("%s: the first sentence begins at %d, the dateline ends at %d", line, s.Start, d.End)
		}
		return got, dateline
	})
}

func TestLanguages(t *testing.T) {
	scripts := []string{"cyrillic", "latin", "arabic"}
	for _, file := range []string{"languages.txt", "neighbours.txt"} {
		table(t, file, func(line string) (string, string) {
			f := strings.SplitN(line, " ", 4)
			for i := range f {
				if f[i] == "-" {
					f[i] = ""
				}
			}
			p := analysis.Read(f[3], analysis.Lang(f[1])).Paragraphs[0]
			return string(p.Lang) + " " + scripts[p.Script], f[0] + " " + f[2]
		})
	}
}

func TestScripts(t *testing.T) {
	from := map[string]func(string) []string{"latin": kazakh.FromLatin, "arabic": kazakh.FromArabic, "plain": kazakh.Unfold}
	table(t, "scripts.txt", func(line string) (string, string) {
		f := strings.Fields(line)
		if c := from[f[0]](f[1]); len(c) > 0 {
			return c[0], f[2]
		}
		return "", f[2]
	})
}

func TestQuotations(t *testing.T) {
	table(t, "quotations.txt", func(line string) (string, string) {
		text, rest, _ := strings.Cut(line, "|")
		x := analysis.Read(text, "")
		other := map[string]string{}
		for _, k := range x.Tokens {
			if k.Lang != x.Lang {
				other[k.Surface] = string(k.Lang)
			}
		}
		for _, w := range strings.Fields(rest) {
			word, lang, _ := strings.Cut(w, "/")
			if other[word] != lang {
				return word + "/" + other[word], w
			}
		}
		if rest == "" && len(other) > 0 {
			return fmt.Sprint(other), "none"
		}
		return "", ""
	})
}
