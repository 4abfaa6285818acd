package deeds_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kelisim/analysis/agreements/deeds"
)

// told is one line of deeds.txt as evidence.
func told(t interface{ Fatalf(string, ...any) }, text string) deeds.Evidence {
	head, sides, ok := strings.Cut(text, "|")
	f := strings.Fields(head)
	if !ok || len(f) != 5 {
		t.Fatalf("not evidence: %q", text)
	}
	for i := range f {
		f[i] = strings.TrimPrefix(f[i], "-")
	}
	e := deeds.Evidence{Article: f[0], Reported: f[1], Kind: f[2], Status: f[3], Date: f[4], Quote: text}
	a := deeds.Agreement{Kind: e.Kind, Status: e.Status, Date: e.Date, Reported: e.Reported}
	for side := range strings.SplitSeq(sides, ",") {
		side = strings.TrimSpace(side)
		if what, country, ok := strings.Cut(side, ":"); ok {
			a.Parties = append(a.Parties, deeds.Party{Name: what + ", " + country, Country: country})
			continue
		}
		name, country, _ := strings.Cut(side, "@")
		parent, name, ok := strings.Cut(name, "/")
		if !ok {
			parent, name = "", parent
		}
		a.Parties = append(a.Parties, deeds.Party{Key: name, Name: name, Text: name, Country: country, Parent: parent})
	}
	a.Evidence = []deeds.Evidence{e}
	return deeds.Told(a)[0]
}

func articles(as []deeds.Agreement) []string {
	var out []string
	for _, a := range as {
		var articles []string
		for _, e := range a.Evidence {
			articles = append(articles, e.Article)
		}
		slices.Sort(articles)
		date := a.Date
		if date == "" {
			date = "-"
		}
		out = append(out, fmt.Sprintf("%s : %s %s %s", strings.Join(articles, " "), a.Kind, a.Status, date))
	}
	slices.Sort(out)
	return out
}

// Evidence is gathered as deeds.txt says, in whatever order it comes.
func TestMerge(t *testing.T) {
	data, err := os.ReadFile("testdata/deeds.txt")
	if err != nil {
		t.Fatal(err)
	}
	var everything []deeds.Evidence
	for i, text := range strings.Split(string(data), "\n== ")[1:] {
		title, rest, _ := strings.Cut(text, "\n")
		var es []deeds.Evidence
		var want []string
		for line := range strings.Lines(rest) {
			line = strings.TrimSpace(line)
			if articles, sum, ok := strings.Cut(strings.TrimPrefix(line, "= "), " : "); ok {
				f := strings.Fields(articles)
				slices.Sort(f)
				want = append(want, strings.Join(f, " ")+" : "+sum)
			} else if line != "" {
				es = append(es, told(t, line))
			}
		}
		slices.Sort(want)
		first := deeds.Merge(es)
		if diff := cmp.Diff(want, articles(first)); diff != "" {
			t.Errorf("%s: %s", title, diff)
		}
		r := rand.New(rand.NewPCG(1, uint64(i)))
		for range 20 {
			r.Shuffle(len(es), func(i, j int) { es[i], es[j] = es[j], es[i] })
			if diff := cmp.Diff(first, deeds.Merge(es)); diff != "" {
				t.Errorf("%s, in another order: %s", title, diff)
				break
			}
		}
		everything = append(everything, es...)
	}
	if n := len(everything); n < 60 {
		t.Errorf("only %d pieces of evidence", n)
	}
}

// anyEvidence draws evidence of few sides, kinds and dates, so that much of it meets.
func anyEvidence(t *rapid.T) []deeds.Evidence {
	one := rapid.Custom(func(t *rapid.T) deeds.Evidence {
		dates := []string{"-", "-", "2023", "2024", "2024-05", "2024-05-12", "2024-05-14", "2025-01-01", "2024-05-01/2024-06-03"}
		sides := []string{"A@KZ, B@RU", "B@RU, A@KZ", "A@KZ, country:RU", "B@RU, country:KZ", "A@KZ, C@RU", "A@KZ, universities:RU", "C@RU, partners:KZ", "P/A@KZ, B@RU", "A@KZ, B@RU, C@RU", "A@KZ"}
		pick := func(of []string) string { return rapid.SampledFrom(of).Draw(t, "of") }
		return told(t, fmt.Sprintf("a%d %s %s %s %s | %s", rapid.IntRange(0, 12).Draw(t, "article"),
			pick([]string{"-", "2023-12-30", "2024-05-13", "2024-06-20", "2026-01-01"}),
			pick([]string{"memorandum", "agreement", "other", "branch", "joint-lab", "joint-center", "double-degree"}),
			pick([]string{"signed", "planned", "in-force", "agreed"}), pick(dates), pick(sides)))
	})
	es := rapid.SliceOfN(one, 0, 14).Draw(t, "evidence")
	for i := range es {
		es[i].Start = i // told twice in an article: at two places
	}
	return es
}

// No evidence is lost, an ID is of one agreement only, and order does not matter. (That a part comes to the same as all:
// package index.)
func TestMergeKeepsEverything(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		es := anyEvidence(t)
		all := deeds.Merge(es)
		ids, n := map[string]int{}, 0
		for i, a := range all {
			n += len(a.Evidence)
			for _, id := range a.IDs() {
				if j, ok := ids[id]; ok && j != i {
					t.Fatalf("%s is of two agreements", id)
				}
				ids[id] = i
			}
			if a.ID != a.Evidence[0].ID || len(a.Parties) == 0 {
				t.Fatalf("%+v", a)
			}
		}
		if n != len(es) {
			t.Fatalf("%d pieces of evidence became %d", len(es), n)
		}
		if diff := cmp.Diff(all, deeds.Merge(rapid.Permutation(es).Draw(t, "order"))); diff != "" {
			t.Fatal(diff)
		}
	})
}

// An agreement keeps its ID when more is told of it; one that was told earlier gives its own, and the old one finds it.
func TestMergedID(t *testing.T) {
	first := told(t, "b 2025-05-13 memorandum signed - | KazNU@KZ, Tartu@EE")
	one := deeds.Merge([]deeds.Evidence{first})
	if one[0].ID != first.ID {
		t.Errorf("alone it is %s, its evidence %s", one[0].ID, first.ID)
	}
	later := told(t, "c 2025-05-14 memorandum signed 2025-05-12 | KazNU@KZ, Tartu@EE")
	two := deeds.Merge([]deeds.Evidence{later, first})
	if len(two) != 1 || two[0].ID != first.ID || !slices.Contains(two[0].IDs(), later.ID) {
		t.Errorf("told again it is %+v", two)
	}
	earlier := told(t, "a 2025-05-12 memorandum planned - | KazNU@KZ, Tartu@EE")
	three := deeds.Merge([]deeds.Evidence{later, first, earlier})
	if len(three) != 1 || three[0].ID != earlier.ID || !slices.Contains(three[0].IDs(), first.ID) {
		t.Errorf("told before it is %+v", three)
	}
}

// A correction names an agreement by its ID, by that of any of its evidence, or by the one of older indexes; merging anew
// begins from what was read.
func TestCorrectMerged(t *testing.T) {
	es := []deeds.Evidence{
		told(t, "a 2025-05-12 memorandum signed 2025-05-12 | KazNU@KZ, Tartu@EE"),
		told(t, "b 2025-05-13 memorandum signed - | KazNU@KZ, Tartu@EE"),
	}
	read := deeds.Merge(es)
	for _, id := range []string{es[0].ID, es[1].ID, "4f0cf71f320f"} {
		cs := []deeds.Correction{{ID: id, Field: "status", Value: "planned", Who: "A", Why: "x"}, {ID: id, Field: "party", Value: "Tartu=EMU", Who: "A", Why: "x"}}
		got := deeds.Correct(read[0], cs)
		if got.Status != "planned" || got.Evidence[1].Status != "planned" || got.Parties[1].Key != "EMU" || got.ID != read[0].ID {
			t.Errorf("corrected as %s: %+v", id, got)
		}
		if read[0].Status != "signed" || read[0].Parties[1].Key != "Tartu" {
			t.Error("what was read has changed")
		}
		if diff := cmp.Diff(read, deeds.Merge(got.Evidence)); diff != "" {
			t.Errorf("merged anew: %s", diff)
		}
		cs = []deeds.Correction{{ID: id, Field: "wrong", Who: "A", Why: "x"}}
		if got := deeds.Correct(read[0], cs); !got.Wrong || len(deeds.Apply(read, cs)) != 0 {
			t.Errorf("wrong as %s: %+v", id, got)
		}
	}
}
