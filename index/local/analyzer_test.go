package local

import (
	"testing"

	"github.com/blevesearch/bleve/v2/registry"
	"github.com/google/go-cmp/cmp"

	"kelisim/analysis"
	"kelisim/index"
)

// What is packed of a paragraph is what our registered analyzer makes of it.
func TestWordsAreTheRegisteredAnalyzers(t *testing.T) {
	for lang, text := range map[analysis.Lang]string{
		analysis.KK: "Қазақ ұлттық университеті Таллин университетімен ынтымақтастық туралы меморандумға қол қойды. Келісім бес жылға арналған.",
		analysis.RU: "Университет подписал меморандум о сотрудничестве с Таллинским университетом.",
		analysis.EN: "The university signed a memorandum of cooperation with Tallinn University.",
	} {
		a, err := registry.NewCache().AnalyzerNamed(analyzerOf(lang))
		if err != nil {
			t.Fatal(err)
		}
		x := analysis.Read(text, lang)
		if len(x.Paragraphs) == 0 {
			t.Fatalf("%s: no paragraph", lang)
		}
		p := x.Paragraphs[0]
		var w words
		w.paragraph(bodyWords, 3, x.Tokens[p.First:p.Last], p.Sentences)
		got := w.of[bodyWords]
		var want []occurrence
		for _, token := range a.Analyze([]byte(text)) {
			want = append(want, occurrence{string(token.Term), index.Place(3, token.Position)})
		}
		if diff := cmp.Diff(want, got, cmp.AllowUnexported(occurrence{})); diff != "" {
			t.Errorf("%s: registered (-) and packed (+) differ:\n%s", lang, diff)
		}
		if len(got) == 0 {
			t.Errorf("%s: no terms", lang)
		}
	}
}
