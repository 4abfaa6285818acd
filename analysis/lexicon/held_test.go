package lexicon

import (
	"bytes"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"kelisim/analysis"
)

// TestHeldOut asks a lexicon without the thesaurus for the thesaurus's own words: how often is a right translation among the
// first three? floors are a hundredth below what was measured.
func TestHeldOut(t *testing.T) {
	floors := map[string]float64{"kk→ru": .69, "kk→en": .80, "ru→kk": .72, "ru→en": .76, "en→kk": .69, "en→ru": .58}
	rows, err := thesaurus()
	if err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{}
	names, err := fs.Glob(Builtin(), "*.*")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if data, err := fs.ReadFile(Builtin(), name); name != "terms.tsv.zst" {
			if err != nil {
				t.Fatal(err)
			}
			folder[name] = &fstest.MapFile{Data: data}
		}
	}
	l, err := Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	for i, from := range langs {
		for j, to := range langs {
			if i == j {
				continue
			}
			asked, known, right := 0, 0, 0
			for _, f := range rows {
				if f[i] == "" || f[j] == "" {
					continue
				}
				asked++
				word, _, _ := strings.Cut(f[i], "|")
				got := first(l, word, to, 3)
				if len(got) > 0 {
					known++
				}
				if hits(got, strings.Split(f[j], "|"), to) {
					right++
				}
			}
			name := string(from) + "→" + string(to)
			of := float64(right) / float64(known)
			t.Logf("%s: %d words, %.2f of them known, of these %.3f with a right translation among three", name, asked, float64(known)/float64(asked), of)
			if of < floors[name] {
				t.Errorf("%s: %.3f, want %.3f", name, of, floors[name])
			}
		}
	}
}

func thesaurus() ([][]string, error) {
	data, err := fs.ReadFile(Builtin(), "terms.tsv.zst")
	if err != nil {
		return nil, err
	}
	return unpacked(bytes.NewReader(data))
}

// first gives the first translations of a whole text into a language.
func first(l *Lexicon, text string, to analysis.Lang, most int) (out []Translation) {
	var words [][]string
	for _, t := range analysis.Split(text) {
		words = append(words, analysis.QueryTerms(t))
	}
	for _, g := range l.Expand(words) {
		if g.First > 0 || g.Last < len(words) {
			continue
		}
		for _, t := range g.Translations {
			if t.Lang == to && len(out) < most {
				out = append(out, t)
			}
		}
	}
	return out
}

// hits reports whether one of the translations is one of the texts, in some form.
func hits(got []Translation, right []string, lang analysis.Lang) bool {
	for _, text := range right {
		toks := analysis.Split(bare(text))
		for _, t := range got {
			same := len(t.Words) == len(toks)
			for i := 0; same && i < len(toks); i++ {
				same = strings.TrimPrefix(t.Words[i][0], string(lang)+":") == stems(toks[i], lang)[0]
			}
			if same {
				return true
			}
		}
	}
	return false
}
