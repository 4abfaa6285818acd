package agreements

import (
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis"
)

// hint is a word of the sentence that tells whose a counted thing is.
type hint struct {
	class string
	at    int
}

// holds weighs what the sentence says of a thing: whether somebody has it or made it with others.
func (s *sum) holds(n quantity, t thing) bool {
	weights := s.w.weights[t.kind]
	score := 0.
	seen := map[string]bool{"always": true, s.beside(n, t): true}
	if s.whose(n, t) {
		seen["whose"] = true
	}
	if s.lang == analysis.KK && ends(s.forms[t.head], s.w.ours) != "" {
		seen["ours"] = true
	}
	if t.they {
		seen["they"] = true
	}
	if s.signs == nil {
		s.signs = s.allSigns()
	}
	for _, g := range s.signs {
		if g.at != t.head {
			seen[g.class] = true
		}
	}
	for names, weight := range weights {
		one, other, both := strings.Cut(names, "+")
		if seen[one] && (!both || seen[other]) {
			score += weight
		}
	}
	return score > 0
}

func (s *sum) allSigns() []hint {
	out := []hint{}
	for i := s.first; i < s.last; i++ {
		if class, last := s.class(i); last > 0 {
			out = append(out, hint{class, last - 1})
			i = last - 1
		}
	}
	return out
}

// beside reports how a thing stands as a partner: with in «с 12 вузами», «университетпен», «with 30 universities», between in
// «между двадцатью вузами»; "" for neither.
func (s *sum) beside(n quantity, t thing) string {
	if s.lang == analysis.KK {
		if ends(s.forms[t.head]+s.tokens[t.head].Suffix, s.w.comitative) != "" {
			return "with"
		}
		return ""
	}
	for _, i := range []int{n.first - 1, n.whole.first - 1} {
		if i < s.first {
			continue
		}
		if w := s.w.small[s.forms[i]]; w == "with" || w == "between" {
			return w
		}
	}
	return ""
}

// whose reports that a thing only says whose people are meant: «ректоры 60 вузов», «30 университеттің ректоры».
func (s *sum) whose(n quantity, t thing) bool {
	for j := max(s.first, n.whole.first-3); j < n.whole.first; j++ {
		if class, last := s.class(j); class == "person" && (last == n.whole.first || last == n.whole.first-1 && (s.forms[last] == "of" || s.forms[last] == "из" || s.modifies(last, 5))) && !s.breaks(n.whole.first-1) {
			return true
		}
	}
	if s.genitive(t.head) {
		for k := t.last; k < min(t.last+4, s.last) && !s.breaks(k-1); k++ {
			if class, _ := s.class(k); class == "person" {
				return true
			}
		}
	}
	return false
}

// claimWords is what the reader of claims knows.
type claimWords struct {
	things, before, after                                       wordlist
	numbers                                                     map[string]numeral
	weights                                                     map[string]map[string]float64
	ordinal                                                     map[string]bool
	small                                                       map[string]string
	adjective, one, few, many, noun, ours, genitive, comitative []string
}

var claimVocabulary = sync.OnceValue(func() *claimWords {
	w := &claimWords{things: wordlist{}, before: wordlist{}, after: wordlist{}, numbers: map[string]numeral{},
		weights: map[string]map[string]float64{}, small: map[string]string{}, ordinal: map[string]bool{}}
	all, err := readWords("claims.txt", false)
	if err != nil {
		panic(err) // our own data, embedded
	}
	for k, ps := range all {
		for _, p := range ps {
			list := w.things
			if len(p.value) > 1 && p.value[1] == "before" {
				list = w.before
			} else if len(p.value) > 1 {
				list = w.after
			}
			list[k] = append(list[k], p)
		}
	}
	for _, r := range must(readRows("claimendings.txt")) {
		switch e := strings.TrimPrefix(r[0], "-"); r[1] {
		case "adjective":
			w.adjective = append(w.adjective, e)
		case "one":
			w.one = append(w.one, e)
		case "ours":
			w.ours = append(w.ours, e)
		case "few":
			w.few = append(w.few, e)
		case "many":
			w.many = append(w.many, e)
		case "genitive":
			w.genitive, w.noun = append(w.genitive, e), append(w.noun, e)
		case "comitative":
			w.comitative, w.noun = append(w.comitative, e), append(w.noun, e)
		case "noun":
			w.noun = append(w.noun, e)
		case "ordinal":
			w.ordinal[e] = true
		default:
			w.small[e] = r[1]
		}
	}
	for _, r := range must(readRows("claimweights.txt")) {
		if w.weights[r[0]] == nil {
			w.weights[r[0]] = map[string]float64{}
		}
		w.weights[r[0]][r[1]], _ = strconv.ParseFloat(r[2], 64)
	}
	for _, r := range must(readRows("numbers.txt")) {
		digits, scale := strings.CutPrefix(r[1], "×")
		n := numeral{scale: scale}
		n.value, _ = strconv.ParseFloat(digits, 64)
		for _, c := range r[2:] {
			n.near, n.kazakh, n.about = n.near || c == "near", n.kazakh || c == "kk", n.about || c == "about"
		}
		w.numbers[r[0]] = n
	}
	return w
})
