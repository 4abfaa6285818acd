package analysis_test

import (
	"fmt"
	"strings"

	"kelisim/analysis"
)

func Example() {
	x := analysis.Read("Форум өтті\nАСТАНА. KAZINFORM – Ректорлар Hub-тың 1 453 құжатына қол қойды.", "")
	for _, p := range x.Paragraphs {
		for _, s := range p.Sentences {
			fmt.Printf("%s: %s\n", p.Lang, x.Source[s.Start:s.End])
		}
		for _, t := range x.Tokens[p.First:p.Last] {
			fmt.Printf("  %s %s\n", x.Source[t.Start:t.End], strings.Join(t.Terms, " "))
		}
	}
	// Output:
	// kk: Форум өтті
	//   Форум kk:форум
	//   өтті kk:өт
	// kk: Ректорлар Hub-тың 1 453 құжатына қол қойды.
	//   АСТАНА kk:астана
	//   KAZINFORM en:kazinform
	//   Ректорлар kk:ректор
	//   Hub en:hub
	//   1 453 1453
	//   құжатына kk:құжат
	//   қол kk:қол
	//   қойды kk:қой
}

// What a reader types is read in every language that it may be.
func ExampleQueryTerms() {
	for _, t := range analysis.Split("келісімдер kelisim") {
		fmt.Println(strings.Join(analysis.QueryTerms(t), " "))
	}
	// Output:
	// келісімдер kk:келісім
	// kelisim en:kelisim келісім kk:келісім
}
