package index_test

import (
	"testing"

	"kelisim/index"
)

func TestDiffer(t *testing.T) {
	of := func(total int, counts []index.Count, ids ...string) (r index.Result) {
		r.Total, r.Counts = total, map[string][]index.Count{"country": counts}
		for _, id := range ids {
			r.Hits = append(r.Hits, index.Scored{ID: id})
		}
		return r
	}
	one := of(2, []index.Count{{Key: "EE", Count: 1}, {Key: "CN", Count: 1}}, "a", "b")
	for _, c := range []struct {
		other  index.Result
		ranked bool
		want   string
	}{
		{of(2, []index.Count{{Key: "CN", Count: 1}, {Key: "EE", Count: 1}}, "a", "b"), true, ""},
		{of(3, nil, "a", "b"), true, "3 and 0 more, not 2 and 0"},
		{of(2, []index.Count{{Key: "CN", Count: 1}}, "a", "b"), true, "country counts nothing, not EE 1"},
		{of(2, []index.Count{{Key: "EE", Count: 2}, {Key: "CN", Count: 1}}, "a", "b"), true, "country counts EE 2, not CN 1"},
		{of(2, one.Counts["country"], "b", "a"), true, "first come b, a, not a, b"},
		{of(2, one.Counts["country"], "b", "a"), false, ""},
	} {
		if got := index.Differ(one, c.other, c.ranked); got != c.want {
			t.Errorf("%v: %q, want %q", c.other, got, c.want)
		}
	}
}
