package local

import (
	"encoding/json"
	"slices"
	"strings"
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
		got, err := readStored(string(data), true)
		if diff := cmp.Diff(s, got, cmpopts.EquateEmpty()); err != nil || diff != "" {
			t.Fatalf("%v\n%s", err, diff)
		}
		r := storedReader{rest: string(data), brief: newBrief()}
		if short, err := readParts(r, false); err != nil || (short.Agreement == nil) != (s.Agreement == nil) {
			t.Fatalf("in brief: %+v, %v", short, err)
		} else if a := s.Agreement; a != nil {
			want := index.Agreement{ID: a.ID, Wrong: a.Wrong, Crowd: a.Crowd}
			for _, e := range a.Evidence {
				e.Quote, e.Why, e.Subject = "", nil, ""
				want.Evidence = append(want.Evidence, e)
			}
			if diff := cmp.Diff(want, *short.Agreement, cmpopts.EquateEmpty()); diff != "" {
				t.Fatal(diff)
			}
		}
		for i := 0; i < len(data); i += 1 + len(data)/50 { // cut off or changed it is an error, or something else, but no panic
			_, _ = readStored(string(data[:i]), true)
			_, _ = readParts(storedReader{rest: string(data[:i]), brief: newBrief()}, false)
			data[i] ^= rapid.Byte().Draw(t, "change")
			_, _ = readStored(string(data), true)
		}
	})
}

// An index of an older program serves while it is built anew.
func TestStoredAsBefore(t *testing.T) {
	s, err := readStored(`{"values":{"country":["EE"]},"told":[{"id":"g","values":{"kind":["branch"]}}],"agreement":{"ID":"g","Kind":"branch"}}`, true)
	if err != nil || s.Values["country"][0] != "EE" || s.Told[0].ID != "g" || s.Told[0].Values["kind"][0] != "branch" || s.Agreement.Kind != "branch" {
		t.Errorf("%+v, %v", s, err)
	}
}

// BenchmarkStoredDeal reads an agreement that twenty articles tell, as it is stored and as JSON, which was read before.
func BenchmarkStoredDeal(b *testing.B) {
	e := index.Evidence{ID: "0123456789abcdef", Article: "gen-12345", Reported: "2024-05-17", Lang: "kk", Outlet: "kazinform", Kind: "memorandum", Status: "signed", Quote: strings.Repeat("Тараптар меморандумға қол қойды. ", 6),
		Rule: "pair", Confidence: .93, Why: []string{"pair|told|signed|doc", "side|named"}, Parties: []index.Party{{Key: "ror:1", Name: "A", Country: "KZ", Text: "A"}, {Key: "ror:2", Name: "B", Country: "EE", Text: "B"}}}
	a := &index.Agreement{ID: "0123456789abcdef", Kind: "memorandum", Status: "signed", Parties: e.Parties, Evidence: slices.Repeat([]index.Evidence{e}, 20)}
	packed := appendDeal(nil, a)[1:]
	b.Run("packed", func(b *testing.B) {
		for b.Loop() {
			if r := (storedReader{rest: string(packed)}); r.deal() == nil || r.bad {
				b.Fatal("it cannot be read")
			}
		}
	})
	text, err := json.Marshal(a)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("json", func(b *testing.B) {
		for b.Loop() {
			if err := json.Unmarshal(text, new(index.Agreement)); err != nil {
				b.Fatal(err)
			}
		}
	})
}
