// Package analysis answers: what does a text say, word by word? It splits a text into paragraphs, sentences and
// tokens, decides each paragraph's language, and gives each token the terms under which it is found.
//
// All offsets are bytes into the text as given, at rune borders, whatever clean-up did to a token.
//
// A text's way: scan cuts a line into tokens (class.go, scan.go, number.go) and takes Kazakh endings off foreign words (ending.go); clean mends
// their letters (clean.go); recognise decides the languages by votes of letter runs (language.go) and knows a neighbour's
// (language_likely.go); the language's pipeline (pipeline.go) makes the terms; sentences and the dateline are cut beside it. What is known of languages stands in data/*.txt, what
// must come out in testdata/*.txt, both for readers who know the languages and no Go. A language is added by a line of
// pipelines, a package with Stems and IsStop, and its letters or votes.
//
// References: Unicode UAX #15 (normal forms), UTS #39 (look-alikes), ISO 639-1; W. Cavnar and J. Trenkle, N-gram-based
// text categorization, 1994.
package analysis

// Lang is an ISO 639-1 code of a language that we analyse; "" is unknown.
type Lang string

// The languages with a pipeline.
const (
	KK Lang = "kk"
	RU Lang = "ru"
	EN Lang = "en"
)

// Script is the alphabet that most of a paragraph's letters belong to.
type Script uint8

// The scripts a paragraph may be in. Kazakh is published in all three.
const (
	Cyrillic Script = iota
	Latin
	Arabic
)

// Kind tells words from numbers.
type Kind uint8

// The kinds of tokens. Punctuation is no token: it is what lies between two of them.
const (
	Word Kind = iota
	Number
)

// Span is a half-open interval of bytes.
type Span struct{ Start, End int }

// Token is one word or number at a place in a text.
type Token struct {
	Start, End int      // bytes in Text.Source; a suffix that was cut off lies behind End
	SuffixEnd  int      // where the suffix that was cut off ends; End where there is none
	Surface    string   // cleaned (NFC, no soft hyphens, stress marks; look-alikes mended), case kept
	Form       string   // Surface case-folded, ё → е; «1 453» → 1453: the exact term
	Suffix     string   // folded ending cut off after a hyphen («тың» of «Hub-тың»), else ""
	Kind       Kind     //
	Lang       Lang     // whose pipeline made Terms
	Terms      []string // stem terms with their language («kk:форум»), the likeliest first; never empty after Read
	Stop       bool     // a stop word in Lang

	known *entry // what the pipeline made of it; nil for numbers
}

// Paragraph is one line of a text.
type Paragraph struct {
	Span
	Lang        Lang
	Script      Script
	First, Last int    // its tokens are Text.Tokens[First:Last]
	Sentences   []Span // bytes in Text.Source
}

// Text is an analysed text.
type Text struct {
	Source     string
	Lang       Lang // of most of its words
	Paragraphs []Paragraph
	Tokens     []Token
}
