package index

import (
	"strconv"

	"kelisim/analysis/agreements"
)

// Percent is how sure the program is of an agreement, in hundredths, rounded down. It is what is compared, asked for and
// shown, so that no agreement says «70 %» and is left out from 70 % on.
type Percent int

// Any, as Query.MinConfidence, asks for all agreements that are stored, however unsure.
const Any Percent = -1

// Whoever asks for nothing else sees agreements from Shown on; below Sure they are uncertain; below Stored they are no
// agreements at all.
var (
	Stored = PercentOf(agreements.Stored)
	Shown  = PercentOf(agreements.Shown)
	Sure   = PercentOf(agreements.Sure)
)

// PercentOf rounds a confidence down.
func PercentOf(confidence float64) Percent {
	return Percent(max(0, min(100, confidence*100+1e-9))) // .29*100 is 28.999…
}

// String is the number as addresses have it: «0.7».
func (p Percent) String() string {
	return strconv.FormatFloat(float64(max(p, 0))/100, 'f', -1, 64)
}

// Confidence is how sure an agreement is: as its surest evidence; what a person corrected is certain.
func Confidence(a Agreement) float64 {
	out := 0.0
	for _, e := range a.Evidence {
		if e.Corrected != "" {
			return 1
		}
		out = max(out, e.Confidence)
	}
	return out
}

// Least is the confidence from which a query's answer has agreements.
func (q Query) Least() Percent {
	switch {
	case q.MinConfidence == 0:
		return Shown
	case q.MinConfidence < 0:
		return 0
	}
	return q.MinConfidence
}
