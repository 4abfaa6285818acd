package web

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"kelisim/index"
)

func TestPeriodKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := periodOf(rapid.SampledFrom(periodNames).Draw(t, "by"), index.Date{Year: rapid.IntRange(1, 9999).Draw(t, "year"), Month: rapid.IntRange(0, 12).Draw(t, "month")})
		if back, ok := periodNamed(p.key()); !ok || back != p {
			t.Errorf("%v is %q, which is %v", p, p.key(), back)
		}
		next := period{p.by, p.at + 1}
		if p.last().Last()+1 != next.first().First() {
			t.Errorf("between %s and %s lies something", p.key(), next.key())
		}
	})
	for _, bad := range []string{"", "2025-Q5", "2025-13", "2025-1", "undated", "0000", "2025-11-17"} {
		if p, ok := periodNamed(bad); ok {
			t.Errorf("%q is %v", bad, p)
		}
	}
}

func TestSpanned(t *testing.T) {
	day := func(s string) index.Date {
		d, err := index.ParseDate(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	all := []index.Count{count("2025", 4), count("2025-11", 3), count("2025-01", 1), count("2026-02", 1), count("undated", 2), count("2024-05", 0)}
	for _, tt := range []struct {
		by, from, to string
		most         int
		want         string
		more         int
	}{
		{axisMonth, "", "", 36, "2025-01 … 2026-02", 0},
		{axisQuarter, "", "", 36, "2025-Q1 … 2026-Q1", 0},
		{axisYear, "", "", 36, "2025 … 2025", 0},
		{axisMonth, "", "", 3, "2026-02 … 2026-02", 13}, // the two before have nothing
		{axisMonth, "2025-01", "", 3, "2025-12 … 2026-02", 11},
		{axisMonth, "2025-10-20", "2025-12", 36, "2025-10 … 2025-12", 0}, // the chosen range in full
		{axisMonth, "2025-06", "", 36, "2025-06 … 2026-02", 0},
		{axisMonth, "2027", "", 36, "", 0},
		{axisMonth, "0001", "9999", 2, "9999-11 … 9999-12", 9999*12 - 2},
	} {
		got, more := spanned(tt.by, all, index.Selection{From: day(tt.from), To: day(tt.to)}, tt.most)
		text := ""
		if len(got) > 0 {
			text = got[0].key() + " … " + got[len(got)-1].key()
		}
		if text != tt.want || more != tt.more {
			t.Errorf("%s %s–%s: %s, %d more; want %s, %d", tt.by, tt.from, tt.to, text, more, tt.want, tt.more)
		}
	}
}

func TestExactTo(t *testing.T) {
	for _, tt := range []struct{ chosen, by, want string }{
		{"", axisMonth, "month"},
		{"day", axisMonth, "day"}, // more than is needed
		{"year", axisMonth, "month"},
		{"day quarter", axisMonth, "month"},
		{"-day", axisMonth, "month -day"},
		{"-month", axisMonth, "nothing"},
		{"-year", axisMonth, "nothing"},
		{"-month", axisYear, "year -month"},
	} {
		var r request
		for _, v := range strings.Fields(tt.chosen) {
			r.Selection = r.Selection.With("exact", v)
		}
		out, ok := r.exactTo(tt.by)
		got := strings.Join(out.Selection.Include["exact"], " ")
		for _, v := range out.Selection.Exclude["exact"] {
			got += " -" + v
		}
		if !ok {
			got = "nothing"
		}
		if got != tt.want {
			t.Errorf("%q by %s: %q, want %q", tt.chosen, tt.by, got, tt.want)
		}
	}
}
