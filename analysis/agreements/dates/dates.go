// Package dates answers: which days, months and years does a stretch of a text state, and which of them is the date of what it tells?
//
// «2025 жылғы 30 тамыз – 3 қыркүйек», «8–9 октября», «12.05.2026», «on May 12» are read in three languages; a term («на 2026–2029
// годы»), a beginning («с 2001 года») and the date of another document («2020 жылғы келісім») are told apart.
package dates

import (
	"fmt"
	"strconv"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/agreements/words"
)

// Reader reads the dates of one text.
type Reader struct {
	line     *words.Line
	tokens   []analysis.Token
	upper    []bool
	reported string
}

// New takes a text's tokens, which of them begin with a capital letter, and the article's own date («» for none).
func New(line *words.Line, tokens []analysis.Token, upper []bool, reported string) *Reader {
	return &Reader{line, tokens, upper, reported}
}

// Date is a date at tokens [first, last).
type Date struct {
	first, last      int
	year, month, day int
	To               string // the end of an interval, as a date
	until            bool   // «2028 жылға дейін», «до 2030 года»: validity, no date of signing
	since            bool   // «с 2001 года», «2022 жылдан бері»
	of               bool   // «2020 жылғы келісім»: the date of another document
}

// String is the date as an article states it: 2025, 2025-08 or 2025-08-30.
func (d Date) String() string {
	switch {
	case d.year == 0:
		return ""
	case d.month == 0:
		return fmt.Sprintf("%04d", d.year)
	case d.day == 0:
		return fmt.Sprintf("%04d-%02d", d.year, d.month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day)
}

// month is the number of the month that token i names, 0 for none; English ones begin with a capital letter.
func (r *Reader) month(i int) int {
	if words.IsLatin(r.line.Forms[i]) && !r.upper[i] {
		return 0
	}
	return words.Month(r.line.Forms[i])
}

// digits is the number that a token is, -1 for none.
func (r *Reader) digits(i int) int {
	w := r.line.Forms[i]
	w = strings.TrimSuffix(strings.TrimSuffix(w, "th"), "st")
	if w == "" || len(w) > 4 {
		return -1
	}
	n, err := strconv.Atoi(w)
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// IsYear reports that a token is a year that news may speak of.
func (r *Reader) IsYear(i int) bool {
	n := r.digits(i)
	return n >= 1800 && n < 2100
}

func (r *Reader) isDay(i int) bool {
	n := r.digits(i)
	return n >= 1 && n <= 31 && len(r.line.Forms[i]) <= 4
}

// List gives the dates between two tokens.
func (r *Reader) List(first, last int) []Date {
	var out []Date
	for i := first; i < last; i++ {
		d := Date{first: i}
		j := i
		switch {
		case r.IsYear(i):
			d.year, j = r.digits(i), i+1
			// «на 2026–2029 годы» is a term.
			if j < last && r.IsYear(j) && strings.ContainsAny(r.line.Gaps[i], "–—-") || i > first && r.IsYear(i-1) && strings.ContainsAny(r.line.Gaps[i-1], "–—-") {
				d.until = true
			}
			for j < last && j <= i+1 && (strings.HasPrefix(r.line.Forms[j], "жыл") || strings.HasPrefix(r.line.Forms[j], "год")) {
				d.of = d.of || r.line.Forms[j] == "жылғы"
				d.since = d.since || r.line.Forms[j] == "жылдан"
				j++
			}
			// «2025 жылғы 30 тамыз», «2025 жылдың наурызында»
			if j < last && r.month(j) > 0 && j > i+1 {
				d.month, d.of = r.month(j), false
				j++
			} else if j+1 < last && j > i+1 && r.isDay(j) && r.month(j+1) > 0 {
				d.day, d.month, d.of = r.digits(j), r.month(j+1), false
				j += 2
				d.of = r.attributive(j, last)
			}
		case numeric(r.line.Forms[i], &d):
			j = i + 1
		case r.isDay(i) && i+2 < last && r.isDay(i+1) && r.month(i+2) > 0 && strings.ContainsAny(r.line.Gaps[i], "–—-"),
			r.isDay(i) && i+3 < last && r.line.Forms[i+1] == "по" && r.isDay(i+2) && r.month(i+3) > 0:
			// «8–9 октября», «с 5 по 7 марта»: an interval of days
			k := i + 1
			if r.line.Forms[k] == "по" {
				k++
			}
			d.day, d.month, j = r.digits(i), r.month(k+1), k+2
			if j < last && r.IsYear(j) {
				d.year = r.digits(j)
				j++
			}
			end := Date{year: d.year, month: d.month, day: r.digits(k)}
			d.To = end.String()
			if d.year == 0 {
				d.To = fmt.Sprintf("-%02d-%02d", end.month, end.day)
			}
			d.last = j
			out = append(out, d)
			i = j - 1
			continue
		case r.isDay(i) && i+1 < last && r.month(i+1) > 0 && !r.line.Breaks(i):
			d.day, d.month, j = r.digits(i), r.month(i+1), i+2
			if j < last && r.IsYear(j) {
				d.year = r.digits(j)
				j++
				if j < last && strings.HasPrefix(r.line.Forms[j], "год") {
					j++
				}
			}
		case r.month(i) > 0 && i+1 < last && words.IsLatin(r.line.Forms[i]) && r.isDay(i+1):
			d.month, d.day, j = r.month(i), r.digits(i+1), i+2
			if j < last && r.IsYear(j) {
				d.year = r.digits(j)
				j++
			}
		case r.month(i) > 0 && i+1 < last && r.IsYear(i+1):
			d.month, d.year, j = r.month(i), r.digits(i+1), i+2
			if j < last && strings.HasPrefix(r.line.Forms[j], "год") {
				j++
			}
		case r.month(i) > 0 && i > first && (r.line.Forms[i-1] == "в" || r.line.Forms[i-1] == "in") && !words.IsLatin(r.line.Forms[i]):
			d.month, j = r.month(i), i+1
		case r.month(i) > 0 && i+1 < last && strings.HasPrefix(r.line.Forms[i+1], "ай") && !words.IsLatin(r.line.Forms[i]):
			d.month, j = r.month(i), i+2
		default:
			continue
		}
		d.last = j
		r.bounds(&d, first, last)
		// «30 тамыз – 3 қыркүйек»
		if n := len(out); n > 0 && out[n-1].last == i && strings.ContainsAny(r.line.Gaps[i-1], "–—-") && d.day > 0 {
			if d.year == 0 {
				d.year = out[n-1].year
			}
			out[n-1].To = d.String()
			if d.year == 0 {
				out[n-1].To = fmt.Sprintf("-%02d-%02d", d.month, d.day)
			}
		} else {
			out = append(out, d)
		}
		i = j - 1
	}
	return out
}

// numeric reads 12.05.2026.
func numeric(w string, d *Date) bool {
	if len(w) != 10 || w[2] != '.' || w[5] != '.' {
		return false
	}
	day, err1 := strconv.Atoi(w[:2])
	month, err2 := strconv.Atoi(w[3:5])
	year, err3 := strconv.Atoi(w[6:])
	if err1 != nil || err2 != nil || err3 != nil || day < 1 || day > 31 || month < 1 || month > 12 {
		return false
	}
	d.day, d.month, d.year = day, month, year
	return true
}

// attributive reports that a document follows a Kazakh date: «2019 жылғы 5 мамырдағы келісім».
func (r *Reader) attributive(i, last int) bool {
	return i <= last && i > 0 && (strings.HasSuffix(r.line.Forms[i-1], "ғы") || strings.HasSuffix(r.line.Forms[i-1], "гі"))
}

// bounds reads «до», «дейін», «с», «бері» beside a date.
func (r *Reader) bounds(d *Date, first, last int) {
	if d.last < last {
		switch r.line.Forms[d.last] {
		case "дейін":
			d.until = true
		case "бері", "бастап":
			d.since = true
		}
	}
	if strings.Contains(r.tokens[d.last-1].Suffix, "го") {
		d.until = d.until || d.first > first && r.line.Forms[d.first-1] == "до"
	}
	if d.first > first {
		switch r.line.Forms[d.first-1] {
		case "до", "к", "until", "by", "through", "по":
			d.until = true
		case "с", "since", "from":
			d.since = true
		}
	}
}

// complete fills in the year from the article's date: the day is taken to lie before it.
func (r *Reader) complete(d Date) Date {
	if d.year > 0 || len(r.reported) < 4 {
		return d
	}
	year, _ := strconv.Atoi(r.reported[:4])
	d.year = year
	if len(r.reported) >= 7 && d.month > 0 {
		if m, _ := strconv.Atoi(r.reported[5:7]); d.month > m+1 || d.month > m && d.day == 0 {
			d.year--
		}
	}
	return d
}

// Reported is the year of the article, 0 for none.
func (r *Reader) Reported() int {
	if len(r.reported) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(r.reported[:4])
	return n
}

// In chooses the date that tokens state for what they tell, and the year it speaks of (0 for none).
func (r *Reader) In(first, last int, status string) (date string, year int) {
	ds := r.List(first, last)
	for _, d := range ds {
		if d.year > 0 && !d.until && !(d.since && (status == "signed" || status == "agreed")) { // «партнёром с 2012 года»
			year = d.year
			break
		}
	}
	for _, d := range ds {
		if d.until {
			continue
		}
		switch status {
		case "signed", "agreed", "joined", "nominal":
			if d.since || d.of || d.day == 0 && d.month == 0 && d.year == 0 {
				continue
			}
		case "renewed":
			if d.of || d.since || d.day == 0 {
				continue
			}
		case "background", "attr":
		case "in-force", "open", "teach":
			if d.year == 0 && !d.since && d.day == 0 {
				continue
			}
		default:
			continue
		}
		full := r.complete(d)
		date = full.String()
		if d.To != "" {
			to := d.To
			if strings.HasPrefix(to, "-") {
				to = fmt.Sprintf("%04d%s", full.year, to)
			}
			date += "/" + to
		}
		return date, year
	}
	return "", year
}
