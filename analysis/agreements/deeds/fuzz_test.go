package deeds_test

import (
	"strings"
	"testing"

	"kelisim/analysis/agreements/deeds"
)

// FuzzReadCorrections: whatever an editor's file is, it is read or refused, and what was read can be applied.
func FuzzReadCorrections(f *testing.F) {
	for _, s := range []string{"", "id\tfield\tvalue\n", "# only a word\n\n", "a\tkind\tmemorandum\tby\n", "a\tstatus\tsigned\r\n", "\ufeffagreement\tfield\tvalue\na\twrong\t\n", "\t\t\t\n", "a\tdate\t2024-13\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		cs, err := deeds.ReadCorrections(strings.NewReader(s))
		if err != nil {
			return
		}
		a := deeds.Agreement{ID: "a", Kind: "memorandum", Status: "signed"}
		deeds.Apply([]deeds.Agreement{a}, cs)
		deeds.Correct(a, cs)
	})
}
