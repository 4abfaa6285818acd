package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

const (
	mostMonths = 24 // bars of months are drawn up to here, else bars of years
	mostYears  = 40 // bars

	plotWidth = 280 // of the drawing, in its own units; it scales with the page
	plotFoot  = 60  // the line on which the bars stand
	plotBar   = 44  // the tallest bar
	countRoom = 12  // that a number takes above its bar
	letter    = 6.5 // a character's width
)

// histogram is the number of documents by month or year, as bars and as a table.
type histogram struct {
	Bars            []bar
	Rows            []row
	Unit            string // heading of the first column
	Counted         string // heading of the second
	Which           string // which date of an agreement it goes by
	Other           link   // the other one
	From, To        string // as chosen
	FromHint, Until string // the first and last month that have something
	Hidden          []hidden
	Undated         link // to what has no date, the zero link where there is nothing
}

// bar holds numbers ready for attributes of SVG. Href is "" where there is nothing.
type bar struct {
	Key                    string // the month or year
	Href, Title            string
	X, Width               string // of the whole column, which is the target
	BarX, BarY, BarW, BarH string
	Count, Label, Year     string // "" where there is no room
	Middle, CountY, LabelX string
}

type row struct {
	Name, Count, Href string
}

// histogram draws the date facet's counts, with zeros filled in; nil where there is nothing to draw.
func (s *server) histogram(a *ask, counts []index.Count) *histogram {
	slots := periods(counts, a.Selection.From, a.Selection.To)
	if len(slots) == 0 {
		return nil
	}
	h := &histogram{
		From: a.Selection.From.String(), To: a.Selection.To.String(),
		FromHint: slots[0].Key, Until: slots[len(slots)-1].Key,
		Unit: a.w.text("date.unit.month"), Counted: a.w.text("tab." + string(a.Tab)),
	}
	if a.Tab == index.Agreements {
		h.Which, h.Other = a.w.text("date.which"), a.otherDay()
		if a.Selection.Reported {
			h.Which = a.w.text("date.which.reported")
		}
	}
	if len(slots[0].Key) == len("2025") {
		h.Unit = a.w.text("date.unit.year")
	}
	form := a.with(a.Selection.WithoutFacet("date"))
	h.Hidden = form.fields()
	for _, c := range counts {
		if c.Key == index.UndatedKey && c.Count > 0 {
			to := a.Selection.WithoutFacet("date")
			chosen := a.Selection.Includes("date", c.Key)
			if !chosen {
				to = to.With("date", c.Key)
			}
			h.Undated = link{Href: a.with(to).href(), Text: a.w.count("date.undated", c.Count), Current: chosen}
		}
	}
	most := 1
	for _, c := range slots {
		most = max(most, c.Count)
	}
	step := float64(plotWidth) / float64(len(slots))
	end, yearAt := -4.0, -100.0 // where the last label ends
	tall := func(i int) float64 {
		if i < 0 || i >= len(slots) {
			return 0
		}
		return float64(plotBar*slots[i].Count) / float64(most)
	}
	for i, c := range slots {
		d, _ := index.ParseDate(c.Key)
		at := step * float64(i)
		b := bar{Key: c.Key, Middle: units(at + step/2), X: units(at), Width: units(step), BarX: units(at + step*0.2), BarW: units(step * 0.6)}
		height := tall(i)
		b.BarH, b.BarY, b.CountY = units(height), units(plotFoot-height), units(plotFoot-height-4)
		r := row{Name: a.w.date(d), Count: a.w.number(c.Count)}
		if c.Count > 0 {
			b.Href = a.with(a.Selection.WithoutFacet("date").WithRange(d, d)).href()
			r.Href = b.Href
			b.Title = a.w.text("date.bar", a.w.date(d), a.w.count(unit(a.Tab), c.Count))
			// Two numbers side by side must not read as one; over lower bars, or beside nothing, there is more room.
			room := step - 4
			if beside := max(tall(i-1), tall(i+1)); beside == 0 || beside < height-countRoom {
				room += 2 * step
			}
			if float64(len([]rune(r.Count)))*letter <= room {
				b.Count = r.Count
			}
		}
		label := strconv.Itoa(d.Year)
		if d.Month > 0 {
			label = a.w.month(d.Month, ".bar")
		}
		// The first and the last label stay within the drawing.
		wide := float64(len([]rune(label))) * letter
		middle := min(max(at+step/2, wide/2), plotWidth-wide/2)
		if middle-wide/2 >= end+4 {
			b.Label, b.LabelX = label, units(middle)
			end = middle + wide/2
		}
		if d.Month > 0 && (i == 0 || d.Month == 1) && at >= yearAt+30 {
			b.Year = strconv.Itoa(d.Year)
			yearAt = at
		}
		h.Bars, h.Rows = append(h.Bars, b), append(h.Rows, r)
	}
	return h
}

// otherDay is the same search by the other date of its agreements.
func (a *ask) otherDay() link {
	to := a.with(a.Selection)
	to.Selection.Reported = !to.Selection.Reported
	key := "date.by.reported"
	if a.Selection.Reported {
		key = "date.by.stated"
	}
	return link{Href: to.href(), Text: a.w.text(key)}
}

// units writes a length of the drawing.
func units(x float64) string {
	return strings.TrimSuffix(strconv.FormatFloat(x, 'f', 1, 64), ".0")
}

// periods are the months that have something and those between, with zeros; where they are too many, the months of the
// chosen range, or else years.
func periods(counts []index.Count, from, to index.Date) []index.Count {
	months := withZeros(counts, len("2025-01"))
	if len(months) <= mostMonths {
		if len(months) > 0 {
			return months
		}
		return lastOf(withZeros(counts, len("2025")), mostYears)
	}
	if !from.IsZero() && !to.IsZero() {
		first, last := index.Day(from.First()).String()[:7], index.Day(to.Last()).String()[:7]
		in := slices.DeleteFunc(slices.Clone(months), func(c index.Count) bool { return c.Key < first || c.Key > last })
		if len(in) > 0 && len(in) <= mostMonths {
			return in
		}
	}
	return lastOf(withZeros(counts, len("2025")), mostYears)
}

func lastOf(c []index.Count, n int) []index.Count { return c[max(0, len(c)-n):] }

// maxPeriods bounds what is filled in: one article misdated to the year 1 must not make 24,000 months.
const maxPeriods = 1200 // a hundred years of months

// withZeros gives the counts whose keys are width long (years 4, months 7) in order of time, those between filled with
// zeros.
func withZeros(counts []index.Count, width int) []index.Count {
	var have []index.Count
	for _, c := range counts {
		if d, err := index.ParseDate(c.Key); err == nil && !d.IsZero() && len(c.Key) == width {
			have = append(have, c)
		}
	}
	slices.SortFunc(have, func(x, y index.Count) int { return strings.Compare(x.Key, y.Key) })
	var out []index.Count
	for i, c := range have {
		if i > 0 {
			gap := have[i-1].Key
			for n := 0; n < maxPeriods; n++ {
				if gap = after(gap); gap >= c.Key {
					break
				}
				out = append(out, index.Count{Key: gap})
			}
		}
		out = append(out, c)
	}
	return out
}

// after is the next year or month.
func after(key string) string {
	d, _ := index.ParseDate(key)
	if len(key) == len("2025") {
		return fmt.Sprintf("%04d", d.Year+1)
	}
	if d.Month++; d.Month > 12 {
		d.Month = 1
		d.Year++
	}
	return d.String()
}

// fields are a request's parameters as hidden fields of a form.
func (r request) fields() []hidden {
	var out []hidden
	for pair := range strings.SplitSeq(r.query(), "&") {
		name, value, ok := strings.Cut(pair, "=")
		if !ok {
			continue
		}
		out = append(out, hidden{name, unescape(value)})
	}
	return out
}
