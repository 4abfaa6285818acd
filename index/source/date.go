package source

import (
	"bufio"
	_ "embed"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"kelisim/index"
)

//go:embed data/dates.txt
var datesText string

// dateWords are the words of data/dates.txt: what each means, whole and by its beginning.
var dateWords = readDateWords(datesText)

// meaning of a word in a date.
type meaning struct {
	month    int // 1–12
	aside    bool
	relative bool
}

type wordList struct {
	whole  map[string]meaning
	starts []struct {
		start string
		meaning
	}
}

func readDateWords(text string) wordList {
	l := wordList{whole: map[string]meaning{}}
	in := bufio.NewScanner(strings.NewReader(text))
	for in.Scan() {
		f := strings.Fields(in.Text())
		if len(f) < 2 || f[0] == "#" {
			continue
		}
		m, words := meaning{aside: f[0] == "aside", relative: f[0] == "relative"}, f[1:]
		if f[0] == "month" {
			m.month, _ = strconv.Atoi(f[1])
			words = f[2:]
		}
		for _, w := range words {
			if start, ok := strings.CutSuffix(norm.NFC.String(w), "*"); ok {
				l.starts = append(l.starts, struct {
					start string
					meaning
				}{start, m})
			} else {
				l.whole[start] = m
			}
		}
	}
	return l
}

func (l wordList) of(word string) (m meaning, ok bool) {
	if m, ok = l.whole[word]; ok {
		return m, true
	}
	longest := 0
	for _, s := range l.starts {
		if len(s.start) > longest && strings.HasPrefix(word, s.start) {
			m, ok, longest = s.meaning, true, len(s.start)
		}
	}
	return m, ok
}

// Why a date could not be used, or was read with a doubt. They are the codes of warnings.
const (
	Undated        = "undated"         // none is stated
	DateUnread     = "date-unread"     // not in a form that is known
	DateRelative   = "date-relative"   // «вчера»: only the day of reading could tell
	DateImpossible = "date-impossible" // not in the calendar, or before there were newspapers
	DateFuture     = "date-future"     // later than the day of reading
	DateAmbiguous  = "date-ambiguous"  // 12/04/2024: read as the day first
	DateShort      = "date-short"      // 12.04.24: the century is supposed
	DateUnix       = "date-unix"       // seconds since 1970: the day is that in Greenwich
)

// doubt is what is wrong with a date, or uncertain about it.
type doubt struct{ code, text string }

// firstYear is when a date is believed: the first newspaper in Kazakh, «Түркістан уалаятының газеті», is of 1870.
const firstYear = 1800

// ReadDate reads a date as people and programs write it; of a time it keeps the day as stated. now, which may be zero, bounds
// what is believed. Where code is not empty, the date could not be used and is zero, or it was read with a doubt that text tells.
func ReadDate(s string, now time.Time) (d index.Date, code, text string) {
	d, w := readDate(s)
	if !d.IsZero() {
		if d.Year < firstYear {
			d, w = index.Date{}, doubt{DateImpossible, "is before there were newspapers; it is kept as typed, not used"}
		} else if !now.IsZero() && d.First() > int(now.Unix()/86400)+1 {
			// A day more, because it is tomorrow already in Almaty while it is still today in Greenwich.
			d, w = index.Date{}, doubt{DateFuture, "lies in the future; it is kept as typed, not used"}
		}
	}
	if w.code == "" || w.code == Undated {
		return d, w.code, w.text
	}
	return d, w.code, "the date " + quoted(strings.TrimSpace(s)) + " " + w.text
}

// clock is a time of day with its zone, which no date keeps: «14:05», «T23:15:00.000+06:00», «11:15 PM GMT+6».
var clock = regexp.MustCompile(`(?:^|[t\s,]+)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:\s?[ap]\.?m\b\.?)?(?:\s?(?:z|utc|gmt|msk|мск|ч))?(?:\s?[+\-−]\d{1,2}(?::?\d{2})?)?(?:$|[\s,;|)]+)`)

var (
	bracketed  = regexp.MustCompile(`\([^)]*\)|\[[^\]]*\]`)
	basicTime  = regexp.MustCompile(`^(\d{8})t\d{4,6}(?:z|[+-]\d{4})?$`)
	letterJoin = regexp.MustCompile(`(\p{N})[-‐‑–]?(\p{L})`)
	digitJoin  = regexp.MustCompile(`(\p{L})\.?[-‐‑–]?(\p{N})`)
	yearOnly   = regexp.MustCompile(`^\d{4}$`)
	yearFirst  = regexp.MustCompile(`^(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?$`)
	dayFirst   = regexp.MustCompile(`^(\d{1,2})([-./])(\d{1,2})[-./](\d{4}|\d{2})$`)
	monthYear  = regexp.MustCompile(`^(\d{1,2})[-./](\d{4})$`)
	run        = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})$`)
	unix       = regexp.MustCompile(`^(\d{9,10})(?:\.\d+|\d{3})?$`)
)

func readDate(s string) (index.Date, doubt) {
	s = strings.ToLower(strings.Join(strings.Fields(norm.NFC.String(strings.Map(visible, s))), " "))
	if s == "" || s == "null" || s == "none" || s == "nan" || strings.HasPrefix(s, "0000-00-00") {
		return index.Date{}, doubt{Undated, "no date is stated"}
	}
	if m := basicTime.FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if d, w, ok := unixTime(s); ok {
		return d, w
	}
	s = strings.TrimSpace(clock.ReplaceAllString(bracketed.ReplaceAllString(s, " "), " "))
	s = digitJoin.ReplaceAllString(letterJoin.ReplaceAllString(s, "$1 $2"), "$1 $2")
	var numbers []string
	var months, month int
	var other, relative bool // words
	for _, t := range strings.FieldsFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(",;|·•«»\"'():", r)
	}) {
		t = strings.Trim(t, ".-–—/")
		if t == "" {
			continue
		}
		m, known := dateWords.of(t)
		switch {
		case unicode.IsDigit([]rune(t)[0]):
			numbers = append(numbers, t)
		case m.relative:
			relative = true
		case m.month > 0:
			months++
			month = m.month
		case !known:
			other = true
		}
	}
	switch {
	case relative:
		return index.Date{}, doubt{DateRelative, "can be told only by the day it was written; it is kept as typed, not used"}
	case other:
		return index.Date{}, unread
	case months == 1:
		return worded(month, numbers)
	case months == 0 && len(numbers) == 1:
		return numeric(numbers[0])
	}
	return index.Date{}, unread
}

var unread = doubt{DateUnread, "is in no form that is known; it is kept as typed, not used"}

// visible drops marks that only a machine sees: zero-width spaces, direction marks, soft hyphens.
func visible(r rune) rune {
	if unicode.Is(unicode.Cf, r) {
		return -1
	}
	return r
}

func unixTime(s string) (index.Date, doubt, bool) {
	m := unix.FindStringSubmatch(s)
	if m == nil {
		return index.Date{}, doubt{}, false
	}
	n, err := strconv.ParseInt(m[1], 10, 64)
	if err != nil {
		return index.Date{}, doubt{}, false
	}
	return index.Day(int(n / 86400)), doubt{DateUnix, "counts seconds; it is read as the day in Greenwich"}, true
}

// worded reads a date whose month is a word: its numbers are a day and a year, or a year.
func worded(month int, numbers []string) (index.Date, doubt) {
	day, year := 0, 0
	for _, n := range numbers {
		v, err := strconv.Atoi(n)
		switch {
		case err != nil:
			return index.Date{}, unread
		case len(n) == 4 && year == 0:
			year = v
		case len(n) <= 2 && day == 0 && v > 0:
			day = v
		default:
			return index.Date{}, unread
		}
	}
	if year == 0 {
		return index.Date{}, doubt{DateUnread, "names no year; it is kept as typed, not used"}
	}
	return calendar(year, month, day)
}

func numeric(s string) (index.Date, doubt) {
	if yearOnly.MatchString(s) {
		return calendar(number(s), 0, 0)
	}
	if m := yearFirst.FindStringSubmatch(s); m != nil {
		if m[3] != "" && number(m[3]) == 0 { // MySQL's way to say that the day is not known
			return calendar(number(m[1]), number(m[2]), 0)
		}
		if number(m[2]) == 0 {
			return index.Date{}, impossible
		}
		return calendar(number(m[1]), number(m[2]), number(m[3]))
	}
	if m := run.FindStringSubmatch(s); m != nil {
		return calendar(number(m[1]), number(m[2]), number(m[3]))
	}
	if m := monthYear.FindStringSubmatch(s); m != nil && number(m[1]) > 0 {
		return calendar(number(m[2]), number(m[1]), 0)
	}
	m := dayFirst.FindStringSubmatch(s)
	if m == nil {
		return index.Date{}, unread
	}
	day, month, year := number(m[1]), number(m[3]), number(m[4])
	if day == 0 || month == 0 {
		return index.Date{}, impossible
	}
	var w doubt
	if len(m[4]) == 2 {
		year += 2000
		w = doubt{DateShort, fmt.Sprintf("has a year of two digits; it is read as %d", year)}
	}
	// With dots the day always stands first; with slashes American programs put the month there.
	if m[2] != "." {
		switch {
		case month > 12 && day <= 12:
			day, month = month, day
		case day <= 12 && month <= 12 && day != month:
			w = doubt{DateAmbiguous, fmt.Sprintf("may be a day and a month or the reverse; it is read as %04d-%02d-%02d", year, month, day)}
		}
	}
	d, wrong := calendar(year, month, day)
	if d.IsZero() {
		return d, wrong
	}
	return d, w
}

var impossible = doubt{DateImpossible, "is not in the calendar; it is kept as typed, not used"}

// calendar makes a date; month and day may be 0.
func calendar(year, month, day int) (index.Date, doubt) {
	d, err := index.ParseDate(index.Date{Year: year, Month: month, Day: day}.String())
	if err != nil || d.IsZero() || month == 0 && day > 0 {
		return index.Date{}, impossible
	}
	return d, doubt{}
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
