package web

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"kelisim/index"
)

// dateView is a date as a page shows it.
type dateView struct {
	Machine string // for the attribute datetime
	Text    string
}

// date says a date in words that no line parts; "" where there is none.
func (w *words) date(d index.Date) string { return w.dateBy(d, "") }

// shortDate is date with a shortened month, for narrow columns.
func (w *words) shortDate(d index.Date) string { return w.dateBy(d, ".short") }

func (w *words) dateBy(d index.Date, length string) string {
	year := strconv.Itoa(d.Year)
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return w.text("date.year", year)
	case d.Day == 0:
		return w.text("date.month", year, w.month(d.Month, ""))
	}
	of := length
	if of == "" {
		of = ".of"
	}
	return w.text("date.day", year, w.month(d.Month, of), strconv.Itoa(d.Day))
}

// month is a month's name: form is "" alone, ".of" beside a day, ".short" shortened beside a day, ".bar" under a bar.
func (w *words) month(m int, form string) string {
	return w.text(fmt.Sprintf("month.%d%s", m, form))
}

func (w *words) view(d index.Date) dateView { return dateView{Machine: d.String(), Text: w.date(d)} }

func (w *words) shortView(d index.Date) dateView {
	return dateView{Machine: d.String(), Text: w.shortDate(d)}
}

// stated is a date as an agreement states it: one date or two joined by a stroke. Of two of one year the year is said once, and a line
// parts only it from the days: «2025 ж.|30 там. – 3 қыр.»
func (w *words) stated(s string) dateView {
	from, to, isRange := strings.Cut(s, "/")
	a, err := index.ParseDate(from)
	if err != nil {
		return dateView{}
	}
	b, err := index.ParseDate(to)
	switch {
	case !isRange || err != nil || b.IsZero():
		return w.shortView(a)
	case a.Year == b.Year && a.Month == b.Month && a.Day > 0 && b.Day > 0:
		days := strconv.Itoa(a.Day) + "–" + strconv.Itoa(b.Day)
		return dateView{Machine: a.String(), Text: w.text("date.day", strconv.Itoa(a.Year), w.month(a.Month, ".short"), days)}
	case a.Year == b.Year && a.Day > 0 && b.Day > 0:
		return dateView{a.String(), w.text("date.year.days", w.date(index.Date{Year: a.Year}), w.dayOf(a)+"\u00a0–\u2060\u00a0"+w.dayOf(b))}
	}
	return dateView{a.String(), w.shortDate(a) + "\u00a0– " + w.shortDate(b)}
}

// dayOf is a day without its year: «30 там.».
func (w *words) dayOf(d index.Date) string {
	return w.text("date.daymonth", w.month(d.Month, ".short"), strconv.Itoa(d.Day))
}

// unbound is a text for files and programs, which know no spaces that hold words together.
func unbound(s string) string { return strings.NewReplacer("\u00a0", " ", "\u2060", "").Replace(s) }

// day is the UTC day of a moment.
func day(t time.Time) index.Date {
	if t.IsZero() {
		return index.Date{}
	}
	y, m, d := t.UTC().Date()
	return index.Date{Year: y, Month: int(m), Day: d}
}
