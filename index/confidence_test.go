package index_test

import (
	"testing"

	"kelisim/index"
)

func TestPercentOf(t *testing.T) {
	for in, want := range map[float64]index.Percent{
		-1: 0, 0: 0, .29: 29, .57: 57, .58: 58, .6999999: 69, .7: 70, .999: 99, 1: 100, 2: 100,
	} {
		if got := index.PercentOf(in); got != want {
			t.Errorf("%v is %d, want %d", in, got, want)
		}
	}
	for p := range index.Percent(101) {
		if got := index.PercentOf(float64(p) / 100); got != p {
			t.Errorf("%d hundredths are %d", p, got)
		}
	}
}

func TestPercentString(t *testing.T) {
	for in, want := range map[index.Percent]string{index.Any: "0", 0: "0", 5: "0.05", 45: "0.45", 57: "0.57", 70: "0.7", 100: "1"} {
		if got := in.String(); got != want {
			t.Errorf("%d: %q, want %q", in, got, want)
		}
	}
}

func TestConfidence(t *testing.T) {
	a := index.Agreement{Evidence: []index.Evidence{{Confidence: .4}, {Confidence: .8}, {Confidence: .3}}}
	if got := index.Confidence(a); got != .8 {
		t.Errorf("as sure as its surest evidence: %v", got)
	}
	a.Evidence[0].Corrected = "status by A: seen"
	if got := index.Confidence(a); got != 1 {
		t.Errorf("corrected: %v", got)
	}
	if got := index.Confidence(index.Agreement{}); got != 0 {
		t.Errorf("without evidence: %v", got)
	}
}
