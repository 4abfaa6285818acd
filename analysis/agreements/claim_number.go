package agreements

import (
	"slices"
	"strconv"
	"strings"

	"kelisim/analysis"
)

// quantity is a number at tokens [first, last), and whole with the words that approximate it.
type quantity struct {
	first, last int
	whole       struct{ first, last int }
	value       int
	about       string // over, about or ""
}

// numeral is what a word of numbers.txt is worth.
type numeral struct {
	value  float64
	scale  bool // multiplies what stands before it: жүз, тысяча
	about  bool // some fifty: елудей
	near   bool // is a number only behind another or an approximation: сотни
	kazakh bool // not in Russian: он
}

// number reads a number at token i, in digits, in words or in both: «жүз елу алты», «сто двадцать», «31 тыс.», «1,5 мың».
//
// A word joins what was read so far if it fits into the gap that is left: hundreds before tens before units («жиырма бір», but
// not «бес алты»); жүз multiplies units, мың all that stands before it. Years, dates, ordinals and sums of money are none.
func (s *sum) number(i int) (quantity, bool) {
	q := quantity{first: i}
	total, group := 0., 0. // what thousands are worth; what they will multiply, or what follows them
	written := false       // in digits, which nothing but «мың» goes on from
	j := i
	for ; j < s.last; j++ {
		if j > i && s.breaks(j-1) && !s.shortened(j-1) {
			break
		}
		if v, ok := s.digits(j); ok {
			if j > i && (group > 0 || v >= 1000) {
				break
			}
			group, written = v, true
			continue
		}
		w, ok := s.w.numbers[s.forms[j]]
		if !ok || w.kazakh && s.lang == analysis.RU || w.near && j == i && !s.approximated(i) {
			if s.forms[j] == "and" && j > i && j+1 < s.last && int(group)%100 == 0 && s.w.numbers[s.forms[j+1]].value > 0 {
				continue // «one hundred and twenty»
			}
			break
		}
		switch tens := int(group) % 100; {
		case w.scale && w.value >= 1000:
			if total > 0 {
				return q, false
			}
			total, group, written = max(1, group)*w.value, 0, false
			continue
		case written:
		case w.scale && group < 10:
			group = max(1, group) * w.value
			continue
		case w.value >= 100 && group == 0, w.value >= 10 && w.value < 100 && tens == 0,
			w.value >= 1 && w.value < 10 && tens%10 == 0 && (tens != 10 || s.lang != analysis.RU), w.value < 1 && tens > 0:
			group += w.value
			continue
		}
		break
	}
	if j > i && j < s.last && s.between[j-1] == "-" && slices.Contains(s.w.noun, s.forms[j]) {
		j++ // «30-dan»: only Cyrillic endings are cut off
	}
	q.last, q.value = j, int(total+group)
	return q, j > i && !s.dated(q)
}

// digits is a number in digits. A count is whole: «1,453» is a thousand and more, «1,5» stays for «тысячи».
func (s *sum) digits(i int) (float64, bool) {
	w := s.forms[i]
	if s.tokens[i].Kind != analysis.Number {
		return 0, false
	}
	if at := strings.IndexAny(w, ".,"); at > 0 && len(w) == at+4 && s.w.numbers[s.next(i)].value < 1000 {
		w = w[:at] + w[at+1:]
	}
	v, err := strconv.ParseFloat(w, 64)
	return v, err == nil && v < 1e7
}

func (s *sum) next(i int) string {
	if i+1 < s.last {
		return s.forms[i+1]
	}
	return ""
}

// dated reports a number that counts nothing: a year, «№ 5», «$ 5», «5 %», the ordinal «5-ші», «20-летний», a fraction.
func (s *sum) dated(q quantity) bool {
	t := s.tokens[q.last-1]
	if q.last == q.first+1 && t.Kind == analysis.Number {
		if len(s.forms[q.first]) == 4 && q.value >= 1900 && q.value < 2100 && t.End-t.Start == 4 && !s.approximated(q.first) {
			return true
		}
		if strings.Contains(s.forms[q.first], ".") && q.value < 1000 {
			return true
		}
	}
	if q.first > s.first && strings.ContainsAny(s.between[q.first-1], "№$€₸#") || strings.ContainsAny(s.between[q.last-1], "%‰$€₸°/") {
		return true
	}
	if s.between[q.last-1] == "-" && q.last < s.last && s.tokens[q.last].Kind == analysis.Word {
		return true
	}
	return s.w.ordinal[t.Suffix]
}

// approximated reports that «более», «около» or «шамамен» stand before token i.
func (s *sum) approximated(i int) bool {
	for j := max(s.first, i-3); j < i; j++ {
		if h, ok := s.w.before.find(s.scene, j, i); ok && h.last == i {
			return true
		}
	}
	return false
}

// approximate reads the words that make a number a bound: «более ста», «жүзден астам», «елуге жуық».
func (s *sum) approximate(q *quantity) {
	q.whole.first, q.whole.last = q.first, q.last
	end := q.first
	if end > s.first && s.w.small[s.forms[end-1]] == "with" {
		end-- // «не менее чем с семью»
	}
	for j := max(s.first, end-3); j < end; j++ {
		if h, ok := s.w.before.find(s.scene, j, end); ok && h.last == end {
			q.about, q.whole.first = h.value[0], j
			break
		}
	}
	if q.last < s.last && !s.breaks(q.last-1) {
		if h, ok := s.w.after.find(s.scene, q.last, s.last); ok {
			q.about, q.whole.last = h.value[0], h.last
		}
	}
	switch t := s.tokens[q.last-1]; {
	case strings.HasPrefix(s.between[q.last-1], "+"):
		q.about = "over"
	case s.w.small[t.Suffix] == "about" || s.w.numbers[s.forms[q.last-1]].about:
		q.about = "about"
	}
}
