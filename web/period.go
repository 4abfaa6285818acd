package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

var periodNames = []string{axisYear, axisQuarter, axisMonth}

// period is a year, a quarter or a month. At counts them from the beginning of the calendar, so that at+1 is the next.
type period struct {
	by string
	at int
}

// monthsIn is how many months a period has.
var monthsIn = map[string]int{axisYear: 12, axisQuarter: 3, axisMonth: 1}

// periodOf is the period of a kind that the first day of a date lies in.
func periodOf(by string, d index.Date) period {
	return period{by, (d.Year*12 + max(d.Month, 1) - 1) / monthsIn[by]}
}

var periodKey = regexp.MustCompile(`^([0-9]{4})(?:-Q([1-4])|-([0-9]{2}))?$`)

// periodNamed is the inverse of key; ok is false for what is none.
func periodNamed(key string) (p period, ok bool) {
	m := periodKey.FindStringSubmatch(key)
	if m == nil {
		return p, false
	}
	if m[2] != "" {
		year, _ := strconv.Atoi(m[1])
		quarter, _ := strconv.Atoi(m[2])
		return period{axisQuarter, year*4 + quarter - 1}, true
	}
	d, err := index.ParseDate(key)
	if err != nil || d.IsZero() {
		return p, false
	}
	if d.Month > 0 {
		return periodOf(axisMonth, d), true
	}
	return periodOf(axisYear, d), true
}

// key names a period: 2025, 2025-Q4 or 2025-11.
func (p period) key() string {
	if p.by == axisQuarter {
		return fmt.Sprintf("%04d-Q%d", p.at/4, p.at%4+1)
	}
	return p.first().String()
}

// first and last are the range that a period is: a year or a month from itself to itself.
func (p period) first() index.Date { return p.month(p.at * monthsIn[p.by]) }
func (p period) last() index.Date  { return p.month((p.at+1)*monthsIn[p.by] - 1) }

func (p period) month(n int) index.Date {
	if p.by == axisYear {
		return index.Date{Year: n / 12}
	}
	return index.Date{Year: n / 12, Month: n%12 + 1}
}

// period says a period in words.
func (w *words) period(p period) string {
	if p.by == axisQuarter {
		return w.text("date.quarter", strconv.Itoa(p.at/4), quarters[p.at%4])
	}
	return w.date(p.first())
}

var quarters = [4]string{"I", "II", "III", "IV"}

// spanned are the periods of a kind from the first to the last that has something, or from and to a chosen day, at most
// most of them, the last ones; more is how many lie before.
func spanned(by string, counts []index.Count, sel index.Selection, most int) (out []period, more int) {
	width := len("2025-11")
	if by == axisYear {
		width = len("2025")
	}
	first, last, some := period{by, 0}, period{by, 0}, false
	has := map[int]bool{}
	for _, c := range counts {
		d, err := index.ParseDate(c.Key)
		if err != nil || d.IsZero() || len(c.Key) != width || c.Count == 0 || !overlaps(d, sel) {
			continue
		}
		p := periodOf(by, d)
		if !some || p.at < first.at {
			first = p
		}
		if !some || p.at > last.at {
			last = p
		}
		some, has[p.at] = true, true
	}
	if !some {
		return nil, 0
	}
	if !sel.From.IsZero() {
		first = periodOf(by, sel.From)
	}
	if !sel.To.IsZero() {
		last = periodOf(by, index.Day(sel.To.Last()))
	}
	n := last.at - first.at + 1
	for i := range min(n, most) {
		out = append(out, period{by, last.at - i})
	}
	slices.Reverse(out)
	// Where earlier ones are cut off, those that have nothing need not stand before the first that has something.
	if n > most && sel.From.IsZero() {
		for len(out) > 1 && !has[out[0].at] {
			out = out[1:]
		}
	}
	return out, n - len(out)
}

func overlaps(d index.Date, sel index.Selection) bool {
	return (sel.From.IsZero() || d.Last() >= sel.From.First()) && (sel.To.IsZero() || d.First() <= sel.To.Last())
}

// countOf is what the date facet counts for a year or a month.
func countOf(counts []index.Count, p period) int {
	key := p.key()
	for _, c := range counts {
		if strings.EqualFold(c.Key, key) {
			return c.Count
		}
	}
	return 0
}
