package agreements

import (
	"fmt"
	"strconv"
	"strings"

	"kelisim/analysis/agreements/words"
)

// when is a date at tokens [first, last).
type when struct {
	first, last      int
	year, month, day int
	to               string // the end of an interval, as a date
	until            bool   // «2028 жылға дейін», «до 2030 года»: validity, no date of signing
	since            bool   // «с 2001 года», «2022 жылдан бері»
	of               bool   // «2020 жылғы келісім»: the date of another document
}

func (d when) String() string {
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
func (s *scene) month(i int) int {
	if words.IsLatin(s.forms[i]) && !s.upper[i] {
		return 0
	}
	return words.Month(s.forms[i])
}

// digits is the number that a token is, -1 for none.
func (s *scene) digits(i int) int {
	w := s.forms[i]
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

func (s *scene) isYear(i int) bool {
	n := s.digits(i)
	return n >= 1800 && n < 2100
}

func (s *scene) isDay(i int) bool {
	n := s.digits(i)
	return n >= 1 && n <= 31 && len(s.forms[i]) <= 4
}

// dates lists the dates between two tokens.
func (s *scene) dates(first, last int) []when {
	var out []when
	for i := first; i < last; i++ {
		d := when{first: i}
		j := i
		switch {
		case s.isYear(i):
			d.year, j = s.digits(i), i+1
			// «на 2026–2029 годы» is a term.
			if j < last && s.isYear(j) && strings.ContainsAny(s.between[i], "–—-") || i > first && s.isYear(i-1) && strings.ContainsAny(s.between[i-1], "–—-") {
				d.until = true
			}
			for j < last && j <= i+1 && (strings.HasPrefix(s.forms[j], "жыл") || strings.HasPrefix(s.forms[j], "год")) {
				d.of = d.of || s.forms[j] == "жылғы"
				d.since = d.since || s.forms[j] == "жылдан"
				j++
			}
			// «2025 жылғы 30 тамыз», «2025 жылдың наурызында»
			if j < last && s.month(j) > 0 && j > i+1 {
				d.month, d.of = s.month(j), false
				j++
			} else if j+1 < last && j > i+1 && s.isDay(j) && s.month(j+1) > 0 {
				d.day, d.month, d.of = s.digits(j), s.month(j+1), false
				j += 2
				d.of = s.attributive(j, last)
			}
		case numeric(s.forms[i], &d):
			j = i + 1
		case s.isDay(i) && i+2 < last && s.isDay(i+1) && s.month(i+2) > 0 && strings.ContainsAny(s.between[i], "–—-"),
			s.isDay(i) && i+3 < last && s.forms[i+1] == "по" && s.isDay(i+2) && s.month(i+3) > 0:
			// «8–9 октября», «с 5 по 7 марта»: an interval of days
			k := i + 1
			if s.forms[k] == "по" {
				k++
			}
			d.day, d.month, j = s.digits(i), s.month(k+1), k+2
			if j < last && s.isYear(j) {
				d.year = s.digits(j)
				j++
			}
			end := when{year: d.year, month: d.month, day: s.digits(k)}
			d.to = end.String()
			if d.year == 0 {
				d.to = fmt.Sprintf("-%02d-%02d", end.month, end.day)
			}
			d.last = j
			out = append(out, d)
			i = j - 1
			continue
		case s.isDay(i) && i+1 < last && s.month(i+1) > 0 && !s.breaks(i):
			d.day, d.month, j = s.digits(i), s.month(i+1), i+2
			if j < last && s.isYear(j) {
				d.year = s.digits(j)
				j++
				if j < last && strings.HasPrefix(s.forms[j], "год") {
					j++
				}
			}
		case s.month(i) > 0 && i+1 < last && words.IsLatin(s.forms[i]) && s.isDay(i+1):
			d.month, d.day, j = s.month(i), s.digits(i+1), i+2
			if j < last && s.isYear(j) {
				d.year = s.digits(j)
				j++
			}
		case s.month(i) > 0 && i+1 < last && s.isYear(i+1):
			d.month, d.year, j = s.month(i), s.digits(i+1), i+2
			if j < last && strings.HasPrefix(s.forms[j], "год") {
				j++
			}
		case s.month(i) > 0 && i > first && (s.forms[i-1] == "в" || s.forms[i-1] == "in") && !words.IsLatin(s.forms[i]):
			d.month, j = s.month(i), i+1
		case s.month(i) > 0 && i+1 < last && strings.HasPrefix(s.forms[i+1], "ай") && !words.IsLatin(s.forms[i]):
			d.month, j = s.month(i), i+2
		default:
			continue
		}
		d.last = j
		s.bounds(&d, first, last)
		// «30 тамыз – 3 қыркүйек»
		if n := len(out); n > 0 && out[n-1].last == i && strings.ContainsAny(s.between[i-1], "–—-") && d.day > 0 {
			if d.year == 0 {
				d.year = out[n-1].year
			}
			out[n-1].to = d.String()
			if d.year == 0 {
				out[n-1].to = fmt.Sprintf("-%02d-%02d", d.month, d.day)
			}
		} else {
			out = append(out, d)
		}
		i = j - 1
	}
	return out
}

// numeric reads 12.05.2026.
func numeric(w string, d *when) bool {
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
func (s *scene) attributive(i, last int) bool {
	return i <= last && i > 0 && (strings.HasSuffix(s.forms[i-1], "ғы") || strings.HasSuffix(s.forms[i-1], "гі"))
}

// bounds reads «до», «дейін», «с», «бері» beside a date.
func (s *scene) bounds(d *when, first, last int) {
	if d.last < last {
		switch s.forms[d.last] {
		case "дейін":
			d.until = true
		case "бері", "бастап":
			d.since = true
		}
	}
	if strings.Contains(s.tokens[d.last-1].Suffix, "го") {
		d.until = d.until || d.first > first && s.forms[d.first-1] == "до"
	}
	if d.first > first {
		switch s.forms[d.first-1] {
		case "до", "к", "until", "by", "through", "по":
			d.until = true
		case "с", "since", "from":
			d.since = true
		}
	}
}

// complete fills in the year from the article's date: the day is taken to lie before it.
func (s *scene) complete(d when) when {
	if d.year > 0 || len(s.reported) < 4 {
		return d
	}
	year, _ := strconv.Atoi(s.reported[:4])
	d.year = year
	if len(s.reported) >= 7 && d.month > 0 {
		if m, _ := strconv.Atoi(s.reported[5:7]); d.month > m+1 || d.month > m && d.day == 0 {
			d.year--
		}
	}
	return d
}

func (s *scene) reportedYear() int {
	if len(s.reported) < 4 {
		return 0
	}
	n, _ := strconv.Atoi(s.reported[:4])
	return n
}

// dateIn chooses the date that tokens state for what they tell, and the year it speaks of (0 for none).
func (s *scene) dateIn(first, last int, status string) (date string, year int) {
	ds := s.dates(first, last)
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
		full := s.complete(d)
		date = full.String()
		if d.to != "" {
			to := d.to
			if strings.HasPrefix(to, "-") {
				to = fmt.Sprintf("%04d%s", full.year, to)
			}
			date += "/" + to
		}
		return date, year
	}
	return "", year
}
