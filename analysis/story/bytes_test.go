package story_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"kelisim/analysis/story"
)

// A sketch that is written and read again is the same, in bytes and in JSON; one that is cut short is told.
func TestSketchIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := func() (out story.Set) {
			return rapid.SliceOfN(rapid.Uint32Range(0, 1<<24-1), 0, 24).Draw(t, "set")
		}
		s := story.Sketch{Lang: rapid.SampledFrom([]string{"", "kk", "en"}).Draw(t, "lang"), Day: rapid.IntRange(-800_000, 3_000_000).Draw(t, "day"), Runs: set(), Stems: set(), Lead: set()}
		for k := range s.Facts {
			s.Facts[k] = set()
		}
		none := func(s story.Sketch) story.Sketch { // an empty set is nil
			for _, x := range []*story.Set{&s.Runs, &s.Stems, &s.Lead} {
				if len(*x) == 0 {
					*x = nil
				}
			}
			for k := range s.Facts {
				if len(s.Facts[k]) == 0 {
					s.Facts[k] = nil
				}
			}
			return s
		}
		s = none(s)
		raw, err := s.AppendBinary(nil)
		var got, same story.Sketch
		if err != nil || got.UnmarshalBinary(raw) != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("%+v became %+v, %v", s, got, err)
		}
		text, err := json.Marshal(s)
		if err != nil || json.Unmarshal(text, &same) != nil || !reflect.DeepEqual(same, s) {
			t.Fatalf("%+v became %+v by %s, %v", s, same, text, err)
		}
		if n := rapid.IntRange(0, len(raw)-1).Draw(t, "cut"); got.UnmarshalBinary(raw[:n]) == nil {
			t.Fatalf("%d of %d bytes are a sketch", n, len(raw))
		}
	})
}

// FuzzSketch: whatever stands in a damaged index, reading a sketch ends.
func FuzzSketch(f *testing.F) {
	raw, _ := story.Sketch{Lang: "kk", Day: 20000, Runs: story.Set{1, 2}}.AppendBinary(nil)
	f.Add(raw)
	f.Fuzz(func(_ *testing.T, data []byte) {
		var s story.Sketch
		_ = s.UnmarshalBinary(data)
	})
}
