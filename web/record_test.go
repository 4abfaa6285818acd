package web

import (
	"fmt"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
)

// A day that is to come when it is told of is the text's, but no day of signing.
func TestSigningIsNotToCome(t *testing.T) {
	a := &ask{w: allWords["en"]}
	for _, tt := range []struct{ date, reported, want string }{
		{"2025-11-17", "2025-11-17", "Signed:"}, {"2025-11", "2025-11-17", "Signed:"}, {"2025-08-30/2025-09-03", "2025-09-02", "Signed:"}, {"2025-11-17", "2025", "Signed:"}, {"2024", "", "Signed:"},
		{"2027", "2025-10-22", "Date stated:"}, {"2025-11-18", "2025-11-17", "Date stated:"},
	} {
		if got := a.days(index.Agreement{Status: "signed", Date: tt.date, Reported: tt.reported})[0].Word; got != tt.want {
			t.Errorf("%s, reported %s: %q, want %q", tt.date, tt.reported, got, tt.want)
		}
	}
}

// What every outlet of the country tells is three quotes, a fold, and a word on what is in the files only.
func TestLongEvidenceIsFolded(t *testing.T) {
	s := &server{Config: Config{Labels: names.Default()}}
	for _, tt := range []struct {
		n, ids, shown, folded int
		text, beyond          string
	}{{5, 5, 5, 0, "", ""}, {6, 6, 3, 3, "3 more sources", ""}, {10, 1, 3, 7, "7 more sources", "Of sources of one outlet that say the same, only the first are listed."},
		{60, 30, 3, 47, "57 more sources", "10 more sources are in the files."}} {
		g := &index.Agreement{ID: "g", Crowd: tt.ids == 1, Kind: "memorandum", Status: "signed"}
		for i := range tt.n {
			g.Evidence = append(g.Evidence, index.Evidence{ID: fmt.Sprint("g", i%tt.ids), Article: fmt.Sprint("a", i), Quote: "q", Kind: "memorandum", Status: "signed"})
		}
		v := s.recordOf(&ask{w: allWords["en"]}, index.Hit{ID: "g", Agreement: g})
		if len(v.Evidence) != tt.shown || len(v.Further.Evidence) != tt.folded || v.Further.Text != tt.text || strings.Join(v.Further.Beyond, " ") != tt.beyond {
			t.Errorf("of %d pieces %d are shown, %d folded: %q, %q", tt.n, len(v.Evidence), len(v.Further.Evidence), v.Further.Text, v.Further.Beyond)
		}
	}
}

// What the reader sees as one is no difference: two keys may have one name.
func TestOneNameIsNoDifference(t *testing.T) {
	s := &server{Config: Config{Labels: names.Default()}}
	say := func(text, article string) index.Saying {
		return index.Saying{Parties: []index.Party{{Text: text, Name: text}}, Value: article, Articles: []string{article}}
	}
	h := index.Hit{ID: "a", Others: []index.Neighbour{{ID: "b"}, {ID: "c"}}, Differences: []index.Difference{{What: "parties", Says: []index.Saying{say("Türkiye", "a"), say("Türkiye", "b")}}}}
	if got := s.differs(&ask{w: allWords["en"]}, h); got != "" {
		t.Errorf("the sources differ: %q", got)
	}
	h.Differences[0].Says = append(h.Differences[0].Says, say("Estonia", "c"))
	if got := s.differs(&ask{w: allWords["en"]}, h); !strings.Contains(got, "Türkiye (a, b), Estonia (c)") {
		t.Errorf("they differ in %q", got)
	}
}
