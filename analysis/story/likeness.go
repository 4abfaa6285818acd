package story

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis/agreements/weights"
)

//go:embed data/weights.txt
var weightsText string

// Same is the likeness from which two texts tell one story.
const Same = .5

// What speaks for one story or against it; beside these, how much of each kind of facts is shared.
const (
	begin   = iota
	other   // the languages are different
	runs    // what share of them is the same, 0–1; of texts in one language, as the next three
	stems   // the same of stems
	leads   // the same of the lead's stems
	copied  // runs from aCopy on
	filled  // what share of the numbers is another where runs are the same: a form that was filled in anew
	days    // between their dates
	undated // one has no date
	plain
)

// Of a kind of facts.
const (
	shared   = iota // what share of that which says less is shared, each fact by its rarity, where both have some
	several         // how much what is shared says, each by its rarity, up to enough
	differ          // both have some, and none is shared
	oneSided        // only one text has any
	ofKind
)

const (
	aCopy  = .6
	aForm  = .25
	enough = 4
)

var kindNames = [kinds]string{"deed", "abroad", "home", "land", "proper", "name", "number", "topic"}

// values are what a pair has of each, in the order of names.
type values [plain + kinds*ofKind]float64

var valueNames = func() (out [plain + kinds*ofKind]string) {
	copy(out[:], []string{"begin", "other language", "runs", "stems", "lead", "copied", "filled", "days", "undated"})
	for k, kind := range kindNames {
		for i, what := range []string{"shared", "several", "differ", "one-sided"} {
			out[plain+k*ofKind+i] = kind + " " + what
		}
	}
	return out
}()

var builtin = sync.OnceValue(func() *values {
	w, err := readWeights(weightsText)
	if err != nil {
		panic(err) // a wrong line in our own file
	}
	return w
})

func readWeights(text string) (*values, error) {
	w := &values{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		key, value, _ := strings.Cut(line, "\t")
		i := slices.Index(valueNames[:], key)
		x, err := strconv.ParseFloat(value, 64)
		if err != nil || i < 0 {
			return nil, fmt.Errorf("weights of stories: %q", line)
		}
		w[i] = x
	}
	return w, nil
}

// Likeness is how likely two texts tell one story, 0–1; 0 where they are dated too far from each other.
func (s *Sketch) Likeness(t *Sketch) float64 {
	if d, ok := s.apart(t); ok && d > Within {
		return 0
	}
	z := 0.0
	v := s.against(t)
	for i, w := range builtin() {
		z += w * v[i]
	}
	return weights.Logistic(z)
}

func (s *Sketch) against(t *Sketch) (v values) {
	v[begin] = 1
	if d, ok := s.apart(t); ok {
		v[days] = float64(d)
	} else {
		v[undated] = 1
	}
	if s.Lang != t.Lang {
		v[other] = 1
	} else {
		v[runs], v[stems], v[leads] = s.Runs.resembles(t.Runs, mostRuns), s.Stems.resembles(t.Stems, mostStems), s.Lead.resembles(t.Lead, mostLead)
		if v[runs] >= aCopy {
			v[copied] = 1
		}
	}
	for k := range kinds {
		a, b, of := s.Facts[k], t.Facts[k], v[plain+k*ofKind:]
		if len(a) == 0 || len(b) == 0 {
			if len(a)+len(b) > 0 && k != topic && k != number && k != proper {
				of[oneSided] = 1
			}
			continue
		}
		both := 0.0
		for h := range a.both(b) {
			both += rarity(k, h)
		}
		share := both / min(a.says(k), b.says(k))
		if of[shared] = share; both == 0 {
			of[differ] = 1
		}
		if k != home && k != land && k != topic {
			of[several] = min(both, enough)
		}
		if k == number && v[runs] >= aForm {
			v[filled] = 1 - share
		}
	}
	return v
}
