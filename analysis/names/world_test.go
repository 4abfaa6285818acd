package names_test

import (
	"slices"
	"testing"

	"kelisim/analysis/names"
)

// The University of Twente is in no curated row.
const twente = "ror:006hf6230"

func TestWorldIsKnown(t *testing.T) {
	table := names.Default()
	e, ok := table.Entry("institution", twente)
	if !ok || e.EN != "University of Twente" || e.Country != "NL" || e.Body != "university" || e.ROR != "006hf6230" {
		t.Errorf("%+v %v", e, ok)
	}
	if got := table.Label("institution", twente, "kk"); got != "University of Twente" {
		t.Errorf("label %q", got)
	}
	if found := table.Search("institution", "twent", 5); !slices.Contains(found, twente) {
		t.Errorf("twent finds %v", found)
	}
	if found := table.Search("institution", "ойта", 5); !slices.Contains(found, "jp-oita-university") {
		t.Errorf("ойта finds %v", found)
	}
	if _, ok := table.Entry("institution", "ror:none"); ok {
		t.Error("an unknown key is known")
	}
}

func BenchmarkSearchWorld(b *testing.B) {
	table := names.Default()
	for b.Loop() {
		table.Search("institution", "ойта", 5)
	}
}
