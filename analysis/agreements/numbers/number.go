// Package numbers answers: what number is written here, and is it a bound? It reads digits and words of Kazakh, Russian and
// English: «1 453», «жүз елу алты», «31 тыс.», «20-дан астам», «не менее чем с семью».
package numbers

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis"
	"kelisim/analysis/agreements/words"
)

//go:embed data
var data embed.FS

// Number is a number at tokens [First, Last), with the words that approximate it at [From, To).
type Number struct {
	First, Last, From, To int
	Value                 int
	About                 string // over, about or ""
	Digits                bool
}

// String is «1453», «20+» or «~140».
func (n Number) String() string {
	switch out := strconv.Itoa(n.Value); n.About {
	case "over":
		return out + "+"
	case "about":
		return "~" + out
	default:
		return out
	}
}

// numeral is what a word of words.txt is worth.
type numeral struct {
	value  float64
	scale  bool // multiplies what stands before it: жүз, тысяча
	about  bool // some fifty: елудей
	near   bool // is a number only behind another or an approximation: сотни
	kazakh bool // not in Russian: он
}

type lists struct {
	words         map[string]numeral
	before, after words.List
}

var vocabulary = sync.OnceValue(func() *lists {
	l := &lists{map[string]numeral{}, words.List{}, words.List{}}
	for _, r := range words.Must(words.Rows(data, "words.txt")) {
		w, scale := strings.CutPrefix(r[1], "×")
		l.words[r[0]] = numeral{words.Must(strconv.ParseFloat(w, 64)), scale,
			slices.Contains(r, "about"), slices.Contains(r, "near"), slices.Contains(r, "kk")}
	}
	for _, r := range words.Must(words.Rows(data, "about.txt")) {
		list := l.before
		if r[2] == "after" {
			list = l.after
		}
		words.Must(0, list.Add(r[0], r[1:2], nil))
	}
	return l
})

// Is reports a word, in its folded form, that is a number or part of one.
func Is(w string) bool { _, ok := vocabulary().words[w]; return ok }

// Words are the words for numbers.
func Words() (out []string) {
	for _, r := range words.Must(words.Rows(data, "words.txt")) {
		out = append(out, r[0])
	}
	return out
}

// reader reads numbers of a sentence.
type reader struct {
	*lists
	*words.Line
	tokens      []analysis.Token
	lang        analysis.Lang
	first, last int
}

// Read lists the numbers of the tokens [first, last), which are a sentence in a language.
func Read(tokens []analysis.Token, l *words.Line, first, last int, lang analysis.Lang) (out []Number) {
	r := reader{vocabulary(), l, tokens, lang, first, last}
	for i := first; i < last; {
		n, ok := r.number(i)
		if !ok {
			i++
			continue
		}
		r.approximate(&n)
		out = append(out, n)
		i = n.Last
	}
	return out
}

// number reads a number at token i, in digits, in words or in both: «жүз елу алты», «сто двадцать», «31 тыс.», «1,5 мың».
//
// A word joins what was read so far if it fits into the gap that is left: hundreds before tens before units («жиырма бір», but
// not «бес алты»); жүз multiplies units, мың all that stands before it.
func (r *reader) number(i int) (Number, bool) {
	total, group := 0., 0. // what thousands are worth; what they will multiply, or what follows them
	digits := false        // which nothing but «мың» goes on from
	j := i
read:
	for ; j < r.last; j++ {
		if j > i && r.Breaks(j-1) && !r.shortened(j-1) {
			break
		}
		if v, ok := r.digits(j); ok {
			if j > i && (group > 0 || v >= 1000) {
				break
			}
			group, digits = v, true
			continue
		}
		w, ok := r.words[r.Forms[j]]
		if !ok || w.kazakh && r.lang == analysis.RU || w.near && j == i && !r.approximated(i) {
			if r.Forms[j] == "and" && j > i && j+1 < r.last && int(group)%100 == 0 {
				if _, ok := r.words[r.Forms[j+1]]; ok {
					continue // «one hundred and twenty»
				}
			}
			break
		}
		switch tens := int(group) % 100; {
		case w.scale && w.value >= 1000:
			if total > 0 {
				return Number{}, false
			}
			total, group, digits = max(1, group)*w.value, 0, false
		case digits:
			break read
		case w.scale && group < 10:
			group = max(1, group) * w.value
		case w.value >= 100 && group == 0, w.value >= 10 && w.value < 100 && tens == 0,
			w.value >= 1 && w.value < 10 && tens%10 == 0 && (tens != 10 || r.lang != analysis.RU), w.value < 1 && tens > 0:
			group += w.value
		default:
			break read
		}
	}
	_, digits = r.digits(i)
	return Number{First: i, Last: j, From: i, To: j, Value: int(total + group), Digits: digits}, j > i
}

// digits is a number in digits. A count is whole: «1,453» is a thousand and more, «1,5» stays for «тысячи».
func (r *reader) digits(i int) (float64, bool) {
	w := r.Forms[i]
	if r.tokens[i].Kind != analysis.Number {
		return 0, false
	}
	if at := strings.IndexAny(w, ".,"); at > 0 {
		scale := numeral{}
		if i+1 < len(r.Forms) {
			scale, _ = r.words[r.Forms[i+1]]
		}
		if thousand := scale.value >= 1000; !thousand && len(w) == at+4 {
			w = w[:at] + w[at+1:]
		} else if !thousand {
			return 0, false // «4.5», a date
		}
		w = strings.ReplaceAll(w, ",", ".")
	}
	v, err := strconv.ParseFloat(w, 64)
	return v, err == nil && v < 1e7
}

// shortened reports «31 тыс. предприятий»: a full stop that ends an abbreviation.
func (r *reader) shortened(i int) bool {
	return r.Forms[i] == "тыс" && strings.HasPrefix(r.Gaps[i], ". ")
}

// approximated reports that «более», «около» or «шамамен» stand before token i.
func (r *reader) approximated(i int) bool {
	for j := max(r.first, i-3); j < i; j++ {
		if h, ok := r.before.Find(r.Line, j, i); ok && h.Last == i {
			return true
		}
	}
	return false
}

// approximate reads the words that make a number a bound: «более ста», «не менее чем с семью», «жүзден астам», «елуге жуық».
func (r *reader) approximate(q *Number) {
	for _, end := range []int{q.First, q.First - 1} {
		for j := max(r.first, end-3); j < end && q.About == ""; j++ {
			if h, ok := r.before.Find(r.Line, j, end); ok && h.Last == end && (end == q.First || len(r.Forms[end]) <= len("со")) {
				q.About, q.From = h.Value[0], j
			}
		}
	}
	if q.Digits && q.Last < r.last && r.Gaps[q.Last-1] == "-" && len(r.Forms[q.Last]) <= len("дан") {
		q.Last++ // «30-dan»: only endings in Cyrillic are cut off
		q.To = q.Last
	}
	if q.Last < r.last && !r.Breaks(q.Last-1) {
		if h, ok := r.after.Find(r.Line, q.Last, r.last); ok {
			q.About, q.To = h.Value[0], h.Last
		}
	}
	w, _ := r.words[r.Forms[q.Last-1]]
	switch suffix := r.tokens[q.Last-1].Suffix; {
	case strings.HasPrefix(r.Gaps[q.Last-1], "+"):
		q.About = "over"
	case w.about, suffix == "дай", suffix == "дей", suffix == "тай", suffix == "тей":
		q.About = "about"
	}
}
