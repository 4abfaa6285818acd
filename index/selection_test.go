package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"kelisim/index"
)

func TestSelectionIsAValue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		facet := rapid.SampledFrom([]string{"country", "institution", "lang"})
		value := rapid.SampledFrom([]string{"EE", "CN", "-EE", "-CN", "ror:03q0vrn42"})
		var s index.Selection
		for range rapid.IntRange(0, 6).Draw(t, "steps") {
			f, v := facet.Draw(t, "facet"), value.Draw(t, "value")
			before := copyOf(s)
			next := s.With(f, v)
			if diff := cmp.Diff(before, copyOf(s)); diff != "" {
				t.Fatalf("With(%s, %s) changed its receiver:\n%s", f, v, diff)
			}
			bare := v
			if bare[0] == '-' {
				bare = bare[1:]
			}
			if next.Includes(f, bare) == next.Excludes(f, bare) || next.Excludes(f, bare) != (v != bare) {
				t.Fatalf("With(%s, %s): included %v, excluded %v", f, v, next.Includes(f, bare), next.Excludes(f, bare))
			}
			if back := next.Without(f, bare); back.Includes(f, bare) || back.Excludes(f, bare) {
				t.Fatalf("Without(%s, %s) left it", f, bare)
			}
			s = next
		}
		for _, f := range []string{"country", "institution", "lang"} {
			s = s.WithoutFacet(f)
		}
		if !s.Empty() {
			t.Fatalf("nothing should be left of %v", s)
		}
	})
}

func copyOf(s index.Selection) map[string][]string {
	out := map[string][]string{}
	for k, v := range s.Include {
		out[k] = append([]string{}, v...)
	}
	for k, v := range s.Exclude {
		out["-"+k] = append([]string{}, v...)
	}
	return out
}
