package index_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/analysis/relevance"
	"kelisim/index"
)

// TestRelevance scores the half of the labelled items that nothing is learnt from, and learns the weights anew from the other half: they
// are those of the program. Which items are wrong is not told, so that nobody mends them one by one.
func TestRelevance(t *testing.T) {
	const least = .95
	var taught []relevance.Example
	type count struct{ right, wrong, missed int }
	all := map[string]count{}
	for _, lang := range []string{"en", "kk", "ru"} {
		raw, err := os.ReadFile("../analysis/relevance/testdata/" + lang + ".tsv")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(raw)) {
			f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			r := index.Read(index.Article{Title: f[1], Body: f[2]}, names.Default())
			e := relevance.Example{Reading: index.RelevanceReading(r), Relevant: f[0] == "+"}
			if !relevance.Aside(f[1]) {
				taught = append(taught, e)
				continue
			}
			p, _ := index.Relevant(r)
			for _, key := range []string{lang, "all"} {
				c := all[key]
				switch found := p >= .5; {
				case found && e.Relevant:
					c.right++
				case found:
					c.wrong++
				case e.Relevant:
					c.missed++
				}
				all[key] = c
			}
		}
	}
	for key, c := range all {
		precision, recall := float64(c.right)/float64(c.right+c.wrong), float64(c.right)/float64(c.right+c.missed)
		if precision < least || recall < least {
			t.Errorf("%s: precision %.3f, recall %.3f; both should be %.2f", key, precision, recall, least)
		}
	}
	var learnt bytes.Buffer
	if err := relevance.Learn(taught).Write(&learnt); err != nil {
		t.Fatal(err)
	}
	have, err := os.ReadFile("../analysis/relevance/data/weights.tsv")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(learnt.Bytes(), have) {
		t.Error("analysis/relevance/data/weights.tsv is not what the items teach: make lexicon-relevance")
	}
}
