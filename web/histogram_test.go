package web

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
)

func count(key string, n int) index.Count { return index.Count{Key: key, Count: n} }

func TestWithZeros(t *testing.T) {
	in := []index.Count{count("2025", 4), count("2025-11", 3), count("2026", 1), count("undated", 2), count("2025-09", 1), count("2026-01", 1)}
	months := []index.Count{count("2025-09", 1), count("2025-10", 0), count("2025-11", 3), count("2025-12", 0), count("2026-01", 1)}
	if diff := cmp.Diff(months, withZeros(in, 7)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]index.Count{count("2025", 4), count("2026", 1)}, withZeros(in, 4)); diff != "" {
		t.Error(diff)
	}
	if n := len(withZeros([]index.Count{count("0001-01", 1), count("9999-12", 1)}, 7)); n > maxPeriods+2 {
		t.Errorf("%d months filled in", n)
	}
}

func TestPeriods(t *testing.T) {
	long := []index.Count{count("2020", 1), count("2020-01", 1), count("2025", 2), count("2025-03", 1), count("2025-07", 1)}
	if got := periods(long, index.Date{}, index.Date{}); len(got) != 6 || got[1].Key != "2021" {
		t.Errorf("five years should be drawn as years: %v", got)
	}
	year := index.Date{Year: 2025}
	if got := periods(long, year, year); len(got) != 7 || got[6].Key != "2025-07" {
		t.Errorf("a chosen year should be drawn as months: %v", got)
	}
	if got := periods(nil, year, year); len(got) != 0 {
		t.Errorf("got %v", got)
	}
}
