package names_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// BenchmarkRecognize reads the sentences of testdata/countries-dev.tsv as paragraphs of articles, and the seeds.
func BenchmarkRecognize(b *testing.B) {
	var texts []*analysis.Text
	size := 0
	f, err := os.Open("testdata/countries-dev.tsv")
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	sc := bufio.NewScanner(f)
	var article strings.Builder
	for n := 0; sc.Scan() && n < 2000; n++ {
		cells := strings.Split(sc.Text(), "\t")
		article.WriteString(cells[len(cells)-1] + "\n")
		if n%30 == 29 {
			texts = append(texts, analysis.Read(article.String(), analysis.KK))
			size += article.Len()
			article.Reset()
		}
	}
	for _, a := range seedTexts(b) {
		texts = append(texts, analysis.Read(a, ""))
		size += len(a)
	}
	t := names.Default()
	b.SetBytes(int64(size))
	for b.Loop() {
		for _, x := range texts {
			t.Recognize(x)
		}
	}
}

// seedTexts are the seeds as Title + "\n" + Body.
func seedTexts(tb testing.TB) map[string]string {
	tb.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir("../../seeds")
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasSuffix(e.Name(), ".txt") {
			continue
		}
		data, err := os.ReadFile("../../seeds/" + e.Name())
		if err != nil {
			tb.Fatal(err)
		}
		head, body, _ := strings.Cut(string(data), "\n")
		title := strings.SplitN(head, " ", 4)[3]
		if strings.HasSuffix(title, ".") {
			title, body = "", title+"\n"+body
		}
		out[e.Name()[:3]] = title + "\n" + body
	}
	return out
}

// BenchmarkLoad is what every start of the program pays.
func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := names.Load(names.Builtin(), nil); err != nil {
			b.Fatal(err)
		}
	}
}
