package eval

import (
	"fmt"
	"strings"
)

// tenth counts pairs of sides that were told at a confidence within one tenth: how many, how many of them right, and the sum of the
// confidences. Well calibrated, the last two are alike.
type tenth struct {
	told, right int
	sum         float64
}

// reliable counts the pairs of sides of a document, each at its surest record's confidence; what gold holds to be optional is
// neither right nor wrong, and predictions without a confidence are left out.
func (s scorer) reliable(rs []told, gold []wanted) {
	sure := map[string]float64{}
	for _, r := range rs {
		for q := range r.parties.pairs() {
			sure[q] = max(sure[q], r.Confidence)
		}
	}
	right, neither := set{}, fine(gold)
	for _, a := range gold {
		if !a.Optional {
			right.add(a.parties.pairs())
		}
	}
	for q, c := range sure {
		if c <= 0 || neither[q] && !right[q] {
			continue
		}
		t := &s.Tenths[min(9, int(c*10))]
		t.told++
		t.sum += c
		if right[q] {
			t.right++
		}
	}
}

// writeReliable writes, for each tenth of confidence that a record was told at, how many pairs of sides are right.
func writeReliable(b *strings.Builder, total *Score) {
	any := false
	for i, t := range total.Tenths {
		if t.told == 0 {
			continue
		}
		if !any {
			b.WriteString("\nconfidence  pairs of sides  right  told on average\n")
			any = true
		}
		fmt.Fprintf(b, ".%d          %14d  %5.2f  %15.2f\n", i, t.told, float64(t.right)/float64(t.told), t.sum/float64(t.told))
	}
}
