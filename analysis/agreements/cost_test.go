package agreements_test

import (
	"strings"
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/names"
)

// Hostile pages are read to the end: one sentence without end, thousands of signings, open parentheses. What would take
// minutes here runs into go test's own limit.
func TestCost(t *testing.T) {
	for _, text := range []string{
		strings.Repeat("КазНУ и Университет Цукубы, ", 8000),
		strings.Repeat("ҚазҰУ Пекин университетімен меморандумға қол қойды. ", 4000),
		strings.Repeat("(ҚазҰУ (", 20000),
	} {
		x := analysis.Read(text, "")
		if as := agreements.Find(x, names.Default().Surmise(x), "2025-05-14"); len(as) > 1 {
			t.Errorf("%d records of one agreement", len(as))
		}
	}
}
