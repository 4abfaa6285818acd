package local

import (
	bleve "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"kelisim/analysis"
)

// bleve's own tools may read words as we do by these analyzers; our index has no words in bleve.

// analyzerOf names our analyzers in bleve's registry, where «ru» and «en» are bleve's own.
func analyzerOf(lang analysis.Lang) string {
	if lang == "" {
		lang = analysis.KK
	}
	return "kelisim." + string(lang)
}

func init() {
	for _, lang := range []analysis.Lang{analysis.KK, analysis.RU, analysis.EN} {
		err := registry.RegisterAnalyzer(analyzerOf(lang), func(map[string]any, *registry.Cache) (bleve.Analyzer, error) {
			return paragraph(lang), nil
		})
		if err != nil {
			panic(err) // two analyzers of one name in our own source
		}
	}
}

// paragraph analyses the text of a paragraph that is in a language.
type paragraph analysis.Lang

// Analyze implements bleve's Analyzer.
func (l paragraph) Analyze(text []byte) bleve.TokenStream {
	x := analysis.Read(string(text), analysis.Lang(l))
	var sentences []analysis.Span
	for _, p := range x.Paragraphs {
		sentences = append(sentences, p.Sentences...)
	}
	return stream(x.Tokens, sentences)
}

// termSentence stands where a sentence begins that is not its paragraph's first. It is no word: nothing typed can be it.
const termSentence = "¶"

// stream gives each token's terms at one position.
func stream(tokens []analysis.Token, sentences []analysis.Span) bleve.TokenStream {
	flat := make([]bleve.Token, 0, 4*len(tokens))
	for i := range tokens {
		t := &tokens[i]
		begins := false
		for len(sentences) > 0 && sentences[0].Start <= t.Start {
			sentences, begins = sentences[1:], true
		}
		if begins && i > 0 {
			flat = append(flat, bleve.Token{
				Term: []byte(termSentence), Position: i + 1, Start: t.Start, End: t.End, Type: bleve.AlphaNumeric,
			})
		}
		for _, term := range analysis.IndexTerms(*t) { // shared with other tokens: not to be changed
			if term == "" || len(term) > maxTerm {
				continue
			}
			flat = append(flat, bleve.Token{
				Term: []byte(term), Position: i + 1, Start: t.Start, End: t.End, Type: bleve.AlphaNumeric,
			})
		}
	}
	out := make(bleve.TokenStream, len(flat))
	for i := range flat {
		out[i] = &flat[i]
	}
	return out
}

// maxTerm is the longest term that an index keeps; longer ones are data that slipped into a text.
const maxTerm = 255 // bytes
