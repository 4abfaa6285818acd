package lexicon_test

import (
	"fmt"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
)

func Example() {
	var words [][]string
	for _, t := range analysis.Split("қос дипломдар туралы") {
		words = append(words, analysis.QueryTerms(t))
	}
	for _, g := range lexicon.Default().Expand(words) {
		fmt.Println(g.First, g.Last, g.Text)
		for _, t := range g.Translations {
			if t.Lang == analysis.RU {
				fmt.Println(" ", t.Text, t.Words)
			}
		}
	}
	// Output:
	// 0 2 қос диплом
	//   двойной диплом [[ru:двойной] [ru:диплом]]
	//   двухдипломный [[ru:двухдипломный]]
	//   двудипломный [[ru:двудипломный]]
}
