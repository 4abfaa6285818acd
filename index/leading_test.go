package index_test

import (
	"testing"

	"kelisim/index"
)

// A record is quoted by what proves it: not by the plan of a year before, nor by what names one side.
func TestLed(t *testing.T) {
	kaznu, tallinn := index.Party{Key: "ror:k", Text: "КазНУ"}, index.Party{Key: "ror:t", Text: "Таллинский университет"}
	both := []index.Party{kaznu, tallinn}
	a := index.Agreement{Status: "signed", Kind: "memorandum", Date: "2025-11-17", Parties: both, Evidence: []index.Evidence{
		{Article: "plan", Status: "planned", Kind: "memorandum", Parties: both, Quote: "КазНУ и Таллинский университет подпишут меморандум.", Confidence: .99},
		{Article: "one", Status: "signed", Kind: "memorandum", Date: "2025-11-17", Parties: both, Quote: "Эстонцы подписали меморандум с КазНУ.", Confidence: .99},
		{Article: "unsure", Status: "signed", Kind: "memorandum", Date: "2025-11-17", Parties: both, Quote: "КазНУ, Таллинский университет.", Confidence: .3},
		{Article: "proof", Status: "signed", Kind: "memorandum", Date: "2025-11-17", Parties: both, Quote: "КазНУ и Таллинский университет подписали меморандум.", Confidence: .9},
		{Article: "again", Status: "signed", Kind: "memorandum", Date: "2025-11-17", Parties: both, Quote: "КазНУ и Таллинский университет подписали меморандум.", Confidence: .9},
	}}
	got := ""
	for _, e := range index.Led(&a).Evidence {
		got += e.Article + " "
	}
	if got != "proof plan one unsure again " {
		t.Errorf("it is quoted by %s", got)
	}
	if a.Evidence[0].Article != "plan" {
		t.Error("what was stored has changed")
	}
}
