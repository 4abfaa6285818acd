package analysis_test

import (
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"kelisim/analysis"
)

// promises are what holds of every text, however broken.
func promises(t interface{ Fatalf(string, ...any) }, src string, prior analysis.Lang) {
	x := analysis.Read(src, prior)
	border := func(i int) bool {
		return i == len(src) || i >= 0 && i < len(src) && (utf8.RuneStart(src[i]) || !utf8.ValidString(src))
	}
	last, lastToken := -1, 0
	for _, p := range x.Paragraphs {
		if p.Start <= last || p.First != lastToken || p.Last < p.First || !border(p.Start) || !border(p.End) || len(p.Sentences) == 0 {
			t.Fatalf("%q: paragraph %+v", src, p)
		}
		last, lastToken = p.Start, p.Last
		at := p.Start
		for _, s := range p.Sentences {
			if s.Start < at || s.End <= s.Start || s.End > p.End || !border(s.Start) || !border(s.End) ||
				strings.TrimSpace(src[s.Start:s.End]) != src[s.Start:s.End] {
				t.Fatalf("%q: sentence %+v of %+v", src, s, p)
			}
			at = s.End
		}
		at = p.Start
		for i := p.First; i < p.Last; i++ {
			k := x.Tokens[i]
			if k.Start < at || k.End <= k.Start || k.SuffixEnd < k.End || k.SuffixEnd > p.End || !border(k.Start) || !border(k.End) || !border(k.SuffixEnd) {
				t.Fatalf("%q: token %+v", src, k)
			}
			at = k.SuffixEnd
			check(t, src, k, analysis.IndexTerms(k))
			check(t, src, k, k.Terms)
		}
	}
	if lastToken != len(x.Tokens) {
		t.Fatalf("%q: %d tokens, %d in paragraphs", src, len(x.Tokens), lastToken)
	}
	if d := x.Dateline(); d.Start < 0 || d.End < d.Start || d.End > len(src) || !border(d.End) {
		t.Fatalf("%q: dateline %+v", src, d)
	}
	for _, k := range analysis.Split(src) {
		terms := analysis.QueryTerms(k)
		check(t, src, k, terms)
		if terms[0] != k.Form {
			t.Fatalf("%q: the exact term of %+v is not first: %q", src, k, terms)
		}
		analysis.IsStop(k.Form)
	}
}

func check(t interface{ Fatalf(string, ...any) }, src string, k analysis.Token, terms []string) {
	if k.Surface == "" || k.Form == "" || len(terms) == 0 {
		t.Fatalf("%q: empty token %+v", src, k)
	}
	for _, term := range terms {
		if term == "" || strings.HasSuffix(term, ":") || len(term) > 255 || !utf8.ValidString(term) ||
			strings.ContainsFunc(term, unicode.IsSpace) || strings.ContainsFunc(term, unicode.IsControl) {
			t.Fatalf("%q: term %q of %+v", src, term, k)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "\n", "Қытай\nАСТАНА. KAZINFORM – Hub-тың 1 453 договора.", "\xff\xfe\xd0", "а́\u0301\u0301", "\u00ad", "ſ K Å ﷺ ﷽", "ſ'ſ",
		"«»“”-тың", "l'd'Université's", "1 4", "1 453 0", "1,2,3.4", "ۋٴ", "İIıi", "é", "𝗞𝗮𝘇𝗮𝗸𝗵", "келіciм hello", "清华大学的", "ǅ ǆ", "٣٤", "1٣", "a\u200b", "-\u00adда", "A\"да",
	} {
		f.Add(s, uint8(0))
	}
	f.Fuzz(func(t *testing.T, s string, prior uint8) {
		promises(t, s, []analysis.Lang{"", analysis.KK, analysis.RU, analysis.EN, "de"}[prior%5])
	})
}

// TestReadAnything joins what the scanner tells apart in every order.
func TestReadAnything(t *testing.T) {
	pieces := []string{"қол", "Hub", "МИФИ", "и", "\u0306", "\u0301", "1", "453", " ", "\u00a0", "\u2009", "-", "–", "'", "’", "«", "»", "”", "тың", "да", ".", ",", "…", "\n",
		"\u00ad", "\u200b", "\ufeff", "i", "і", "ۋ", "ٴ", "清", "🎉", "\xff", "\xd0", "ﷺ", "ｆ", "№", "г.", "т.б.", "АСТАНА. KAZINFORM – ", "s", "l", "ß", "İ", "\x00", "\u2028", "\u3164"}
	rapid.Check(t, func(t *rapid.T) {
		promises(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 14).Draw(t, "pieces"), ""),
			rapid.SampledFrom([]analysis.Lang{"", analysis.KK, analysis.RU, analysis.EN}).Draw(t, "prior"))
	})
}

func TestLongWords(t *testing.T) {
	for _, s := range []string{"қ", "a", "1", "ۋ", "清", "и\u0306", "а\u0301", "iі", "Hub-", "а.", "«", "1 000 ", "ﷺ", "\u0301", "'а", "a.B", "өтті.", "A\"", "1,", ". ", "𝗮", "ሀ", "ﭖ", "ß", "清a"} {
		promises(t, strings.Repeat(s, 20000), "")
	}
}

// TestSameAtBothEnds says what search lives by: a text's own word, typed as it stands, finds it.
func TestSameAtBothEnds(t *testing.T) {
	x := analysis.Read(corpus(t), "")
	for _, k := range x.Tokens {
		typed := analysis.Split(x.Source[k.Start:k.SuffixEnd])
		if len(typed) != 1 {
			continue
		}
		terms := analysis.QueryTerms(typed[0])
		if !slices.ContainsFunc(analysis.IndexTerms(k), func(s string) bool { return slices.Contains(terms, s) }) {
			t.Errorf("%s: typed %q, indexed %q", k.Surface, terms, analysis.IndexTerms(k))
		}
	}
}
