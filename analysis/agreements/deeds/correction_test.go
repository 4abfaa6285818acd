package deeds_test

import (
	"strings"
	"testing"

	"kelisim/analysis/agreements/deeds"
)

const corrections = `id	field	value	who	why
# a remark

a1	status	planned	A. Kim	the signing was put off
a1	date	2025-05-12	A. Kim	the ministry's site
b2	wrong		A. Kim	two foreign universities
`

func TestCorrections(t *testing.T) {
	cs, err := deeds.ReadCorrections(strings.NewReader(corrections))
	if err != nil || len(cs) != 3 {
		t.Fatalf("read %d corrections: %v", len(cs), err)
	}
	stored := []deeds.Agreement{
		{ID: "a1", Status: "signed", Evidence: []deeds.Evidence{{Status: "signed"}}},
		{ID: "b2", Status: "signed"},
		{ID: "c3", Status: "signed"},
	}
	got := deeds.Apply(stored, cs)
	if len(got) != 2 || got[0].Status != "planned" || got[0].Date != "2025-05-12" || got[0].Evidence[0].Status != "planned" || got[1].Status != "signed" {
		t.Errorf("applied: %+v", got)
	}
	if why := got[0].Evidence[0].Corrected; !strings.Contains(why, "A. Kim") || !strings.Contains(why, "put off") {
		t.Errorf("corrected by %q", why)
	}
	if stored[0].Status != "signed" || stored[0].Evidence[0].Corrected != "" {
		t.Error("what was stored has changed")
	}
}

func TestCorrectionsSayWhatIsWrong(t *testing.T) {
	const head = "id\tfield\tvalue\twho\twhy\n"
	for text, says := range map[string]string{
		"a\tb\n":                              "line 1",
		head + "a1\tstatus\tplanned\tKim\n":   "line 2: 4 columns",
		head + "\na1\tstatus\tdone\tKim\tx\n": `line 3: status "done"`,
		head + "a1\tplace\tx\tKim\tx\n":       `field "place"`,
		head + "a1\tdate\t12.05.2025\tK\tx\n": `date "12.05.2025"`,
		head + "\tkind\tbranch\tKim\tx\n":     "no agreement id",
		head + "a1\tkind\tbranch\t\tx\n":      "who and why",
		head + "a1\tparty\tКазНУ\tKim\tx\n":   "as written=key",
	} {
		if _, err := deeds.ReadCorrections(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v, want %q", text, err, says)
		}
	}
	if cs, err := deeds.ReadCorrections(strings.NewReader("")); err != nil || cs != nil {
		t.Errorf("empty file: %v %v", cs, err)
	}
}
