package names_test

import (
	"fmt"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

func Example() {
	x := analysis.Read("Эстонияның Таллин университеті мен Термез мемлекеттік университеті ҚазҰУ-мен келісті.", analysis.KK)
	t := names.Default()
	for _, m := range t.Recognize(x) {
		fmt.Println(m.Kind, m.Key, m.Surface, "–", t.Label(string(m.Kind), m.Key, "en"))
	}
	// Output:
	// country EE Эстонияның – Estonia
	// institution ror:05mey9k78 Таллин университеті – Tallinn University
	// country EE Таллин – Estonia
	// institution ror:05416zy49 Термез мемлекеттік университеті – Termez State University
	// country UZ Термез – Uzbekistan
	// institution ror:03q0vrn42 ҚазҰУ – Al-Farabi Kazakh National University
}
