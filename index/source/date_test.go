package source_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"kelisim/index/source"
)

var today = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

func TestDates(t *testing.T) {
	data, err := os.ReadFile("testdata/dates.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		if strings.HasPrefix(line, "#") {
			continue
		}
		typed, want, code := strings.TrimSpace(f[0]), strings.TrimSpace(f[1]), ""
		if len(f) > 2 {
			code = strings.TrimSpace(f[2])
		}
		if got, why, _ := source.ReadDate(typed, today); got.String() != want || why != code {
			t.Errorf("%s: got %q, %q; want %q, %q", typed, got, why, want, code)
		}
	}
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"12/04/2024", "17 қараша 2025", "Fri, 12 Apr 2024 23:15:00 +0600", "1712942100"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, code, text := source.ReadDate(s, today)
		if d.IsZero() && (code == "" || text == "") {
			t.Errorf("%q: no date, and nobody says why", s)
		}
		if !d.IsZero() && d.Year > 2027 {
			t.Errorf("%q: %s", s, d)
		}
	})
}
