package deeds

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Days are read as time.Parse reads them.
func TestDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[0-9]{4}(-[0-9]{2}(-[0-3][0-9])?)?|[0-9x-]{4,10}`).Draw(t, "date")
		layout := map[int]string{4: "2006", 7: "2006-01", 10: "2006-01-02"}[len(s)]
		want, err := time.Parse(layout, s)
		first, last, ok := days(s)
		if ok != (layout != "" && err == nil) {
			t.Fatalf("%q is a date: %v, want %v", s, ok, err)
		}
		if !ok {
			return
		}
		end := map[int]time.Time{4: want.AddDate(1, 0, -1), 7: want.AddDate(0, 1, -1), 10: want}[len(s)]
		if first != int(want.Unix()/86400) || last != int(end.Unix()/86400) {
			t.Fatalf("%q is %d to %d, want %d to %d", s, first, last, want.Unix()/86400, end.Unix()/86400)
		}
	})
}
