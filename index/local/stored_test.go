package local

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"kelisim/index"
)

func TestStoredComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.MapOfN(rapid.String(), rapid.SliceOfN(rapid.String(), 0, 3), 0, 3)
		s := stored{
			Values: values.Draw(t, "values"), Sum: rapid.Uint32().Draw(t, "sum"),
			Mentions: rapid.MapOfN(rapid.String(), rapid.SliceOfN(rapid.IntRange(0, 1<<22), 0, 4), 0, 3).Draw(t, "mentions"),
		}
		for range rapid.IntRange(0, 2).Draw(t, "told") {
			s.Told = append(s.Told, told{rapid.String().Draw(t, "id"), values.Draw(t, "told values")})
		}
		if rapid.Bool().Draw(t, "agreement") {
			s.Agreement = new(rapid.Make[index.Agreement]().Draw(t, "deal")) // every field that there is
		}
		data, err := s.append(nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := readStored(data)
		if diff := cmp.Diff(s, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
		for i := 0; i < len(data); i += 1 + len(data)/50 { // cut off or changed it is an error, or something else, but no panic
			_, _ = readStored(data[:i])
			data[i] ^= rapid.Byte().Draw(t, "change")
			_, _ = readStored(data)
		}
	})
}

// An index of an older program serves while it is built anew.
func TestStoredAsBefore(t *testing.T) {
	s, err := readStored([]byte(`{"values":{"country":["EE"]},"told":[{"id":"g","values":{"kind":["branch"]}}],"agreement":{"ID":"g","Kind":"branch"}}`))
	if err != nil || s.Values["country"][0] != "EE" || s.Told[0].ID != "g" || s.Told[0].Values["kind"][0] != "branch" || s.Agreement.Kind != "branch" {
		t.Errorf("%+v, %v", s, err)
	}
}
