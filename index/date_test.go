package index_test

import (
	"testing"

	"pgregory.net/rapid"

	"kelisim/index"
)

func TestParseDate(t *testing.T) {
	for _, tt := range []struct {
		in, err     string
		first, last string
	}{
		{in: "2025", first: "2025-01-01", last: "2025-12-31"},
		{in: "2024-02", first: "2024-02-01", last: "2024-02-29"},
		{in: "2025-12", first: "2025-12-01", last: "2025-12-31"},
		{in: "2025-11-17", first: "2025-11-17", last: "2025-11-17"},
		{in: "2025-02-30", err: `date "2025-02-30" is not in the calendar`},
		{in: "2025-13", err: `date "2025-13" is not in the calendar`},
		{in: "2025-1", err: `date "2025-1" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{in: "+025", err: `date "+025" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{in: "2025-11-17-03", err: `date "2025-11-17-03" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{in: "0000", err: `date "0000" is not YYYY, YYYY-MM or YYYY-MM-DD`},
		{in: "кеше", err: `date "кеше" is not YYYY, YYYY-MM or YYYY-MM-DD`},
	} {
		d, err := index.ParseDate(tt.in)
		if err != nil || tt.err != "" {
			if err == nil || err.Error() != tt.err {
				t.Errorf("ParseDate(%q): error %v, want %q", tt.in, err, tt.err)
			}
			continue
		}
		if got := d.String(); got != tt.in {
			t.Errorf("ParseDate(%q).String() = %q", tt.in, got)
		}
		if f, l := index.Day(d.First()).String(), index.Day(d.Last()).String(); f != tt.first || l != tt.last {
			t.Errorf("%s means %s to %s, want %s to %s", tt.in, f, l, tt.first, tt.last)
		}
	}
}

func TestDayIsTheInverseOfFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(-100_000, 100_000).Draw(t, "days")
		if got := index.Day(n).First(); got != n {
			t.Fatalf("Day(%d).First() = %d", n, got)
		}
	})
}
