package local

import (
	bleve "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/registry"

	"kelisim/analysis"
)

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
	return stream(x.Tokens, sentences, true)
}

// replay gives the tokens of a paragraph that was analysed with its article.
type replay struct {
	tokens    []analysis.Token
	sentences []analysis.Span
}

// Analyze implements bleve's Analyzer; the text was read before.
func (r replay) Analyze([]byte) bleve.TokenStream { return stream(r.tokens, r.sentences, false) }

// termSentence stands where a sentence begins that is not its paragraph's first. It is no word: nothing typed can be it.
const termSentence = "¶"

// stream gives each token's terms at one position, so that a phrase finds a word by any of them. Bytes are told only where bleve
// marks matches itself: our index has the positions, a text tells the rest, and bytes would be a sixth of it.
func stream(tokens []analysis.Token, sentences []analysis.Span, bytes bool) bleve.TokenStream {
	flat := make([]bleve.Token, 0, 4*len(tokens))
	for i := range tokens {
		t := &tokens[i]
		begins, start, end := false, 0, 0
		if bytes {
			start, end = t.Start, t.End
		}
		for len(sentences) > 0 && sentences[0].Start <= t.Start {
			sentences, begins = sentences[1:], true
		}
		if begins && i > 0 {
			flat = append(flat, bleve.Token{
				Term: []byte(termSentence), Position: i + 1, Start: start, End: end, Type: bleve.AlphaNumeric,
			})
		}
		for _, term := range analysis.IndexTerms(*t) { // shared with other tokens: not to be changed
			if term == "" || len(term) > maxTerm {
				continue
			}
			flat = append(flat, bleve.Token{
				Term: []byte(term), Position: i + 1, Start: start, End: end, Type: bleve.AlphaNumeric,
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
