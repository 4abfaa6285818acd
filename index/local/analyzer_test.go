package local

import (
	"testing"

	bleve "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"kelisim/analysis"
)

// What is replayed for an article's paragraph is what our registered analyzer makes of that paragraph alone.
func TestReplayIsTheRegisteredAnalyzer(t *testing.T) {
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
		got := replay{x.Tokens[p.First:p.Last], p.Sentences}.Analyze(nil)
		if diff := cmp.Diff(a.Analyze([]byte(text)), got, cmpopts.IgnoreFields(bleve.Token{}, "Start", "End")); diff != "" {
			t.Errorf("%s: registered (-) and replayed (+) differ:\n%s", lang, diff)
		}
		if len(got) == 0 {
			t.Errorf("%s: no terms", lang)
		}
	}
}
