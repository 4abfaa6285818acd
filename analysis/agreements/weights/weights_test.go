package weights_test

import (
	"strings"
	"testing"

	"kelisim/analysis/agreements/weights"
)

// What decides is learnt, what stands beside it by chance is not, and what is written is read again as it was.
func TestLearner(t *testing.T) {
	m := weights.New()
	f := weights.NewSheet(m)
	sheet := func(words ...string) []weights.Feature {
		f.Begin("kind")
		for _, w := range words {
			f.Add("word", w)
		}
		for _, x := range f.List {
			f.Name(x, "branch")
			f.Name(x, "lab")
		}
		return append([]weights.Feature(nil), f.List...)
	}
	choices := []string{"branch", "lab"}
	var all [][]weights.Feature
	for range 4 {
		all = append(all, sheet("филиал", "ашылды"), sheet("зертхана", "ашылды"), sheet("филиал", "келді"), sheet("зертхана", "келді"))
	}
	all = append(all, sheet("бір рет")) // too seldom to be learnt from
	l := m.Learner(weights.Settings{Rate: .1, Penalty: .1, Least: 3})
	of := func(fs []weights.Feature, c string) (out []weights.Feature) {
		for _, x := range fs {
			out = append(out, x.And(c))
		}
		return out
	}
	for _, fs := range all {
		for _, c := range choices {
			l.Meet(of(fs, c))
		}
	}
	l.Begin()
	for range 50 {
		for i, fs := range all[:16] {
			l.Choose([]bool{i%2 == 0, i%2 == 1}, [][]int32{l.Number(of(fs, "branch")), l.Number(of(fs, "lab"))})
		}
	}
	l.End()
	var b strings.Builder
	if err := m.Write(&b, "words and kinds"); err != nil {
		t.Fatal(err)
	}
	read, err := weights.Read(b.String())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		words  []string
		branch bool
	}{{[]string{"филиал", "ашылды"}, true}, {[]string{"зертхана", "келді"}, false}} {
		for _, model := range []*weights.Model{m, read} {
			if p := model.Shares(sheet(c.words...), choices)[0]; (p > .9) != c.branch || p > .1 && p < .9 {
				t.Errorf("%v: a branch by %.2f", c.words, p)
			}
		}
	}
	if p := read.Shares(sheet("ашылды"), choices)[0]; p < .4 || p > .6 {
		t.Errorf("ашылды: a branch by %.2f, it tells nothing", p)
	}
	if strings.Contains(b.String(), "бір рет") {
		t.Error("a feature of one place has a weight")
	}
	if _, err := weights.Read("kind|word|филиал"); err == nil {
		t.Error("a line without a weight is read")
	}
}
