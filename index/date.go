package index

import (
	"fmt"
	"strings"
	"time"
)

// Date is a day, a month or a year, or the zero Date where nothing is stated: the interval that it may mean.
type Date struct {
	Year, Month, Day int // Month and Day are 0 where not stated
}

// ParseDate reads YYYY, YYYY-MM or YYYY-MM-DD; "" is the zero Date.
func ParseDate(s string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	var n [3]int
	rest := s
	for i, width := range [...]int{4, 2, 2} {
		if i > 0 {
			if rest == "" {
				break
			}
			if rest[0] != '-' {
				return Date{}, errDate(s)
			}
			rest = rest[1:]
		}
		if len(rest) < width {
			return Date{}, errDate(s)
		}
		for k := range width {
			c := rest[k]
			if c < '0' || c > '9' {
				return Date{}, errDate(s)
			}
			n[i] = n[i]*10 + int(c-'0')
		}
		if rest = rest[width:]; n[i] == 0 {
			return Date{}, errDate(s)
		}
	}
	if rest != "" {
		return Date{}, errDate(s)
	}
	d := Date{n[0], n[1], n[2]}
	if d.Month > 12 || d.Day > 0 && time.Date(d.Year, time.Month(d.Month), d.Day, 0, 0, 0, 0, time.UTC).Day() != d.Day {
		return Date{}, fmt.Errorf("date %q is not in the calendar", s)
	}
	return d, nil
}

func errDate(s string) error { return fmt.Errorf("date %q is not YYYY, YYYY-MM or YYYY-MM-DD", s) }

// String is the inverse of ParseDate.
func (d Date) String() string {
	switch {
	case d.Year == 0:
		return ""
	case 0 < d.Year && d.Year < 10000 && 0 <= d.Month && d.Month < 100 && 0 <= d.Day && d.Day < 100: // a page spells hundreds
		b := [...]byte{
			'0' + byte(d.Year/1000), '0' + byte(d.Year/100%10), '0' + byte(d.Year/10%10), '0' + byte(d.Year%10),
			'-', '0' + byte(d.Month/10), '0' + byte(d.Month%10), '-', '0' + byte(d.Day/10), '0' + byte(d.Day%10),
		}
		switch {
		case d.Month == 0:
			return string(b[:4])
		case d.Day == 0:
			return string(b[:7])
		}
		return string(b[:])
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	case d.Day == 0:
		return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// IsZero reports whether nothing is stated.
func (d Date) IsZero() bool { return d.Year == 0 }

// First is the first day that d may mean, as days since 1970-01-01.
func (d Date) First() int { return days(d.Year, max(d.Month, 1), max(d.Day, 1)) }

// Last is the last day that d may mean, as days since 1970-01-01.
func (d Date) Last() int {
	switch {
	case d.Month == 0:
		return days(d.Year, 12, 31)
	case d.Day == 0:
		return days(d.Year, d.Month+1, 1) - 1
	}
	return d.First()
}

func days(y, m, d int) int {
	return int(time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Day is the Date of a number of days since 1970-01-01.
func Day(n int) Date {
	t := time.Unix(int64(n)*86400, 0).UTC()
	return Date{t.Year(), int(t.Month()), t.Day()}
}

// Span is the first and last date of an agreement: as stated, else the day it was reported; two zero Dates where neither is
// there. What is no date counts as not stated.
func Span(a *Agreement) (first, last Date) {
	for _, s := range []string{a.Date, a.Reported} {
		from, to, isRange := strings.Cut(s, "/")
		first, err := ParseDate(from)
		if err != nil || first.IsZero() {
			continue
		}
		last := first
		if isRange {
			if d, err := ParseDate(to); err == nil && !d.IsZero() && d.Last() >= first.First() {
				last = d
			}
		}
		return first, last
	}
	return Date{}, Date{}
}
