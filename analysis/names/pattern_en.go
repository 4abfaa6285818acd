package names

import (
	"strings"

	"kelisim/analysis"
)

// findLatin reads a name in Latin letters around its head: «University of Hertfordshire», «ESCP Business School»,
// «Astana IT университеті» has a Kazakh head and is read there.
func (r *reader) findLatin(i int, h headForm) []found {
	if !r.words[i].upper {
		return nil
	}
	first, last := i, i+1
	for first > 0 && r.words[first].gap <= near && i-first < maxWords {
		k := first - 1
		w := &r.words[k]
		if !latin(w.Form) {
			break
		}
		if w.Form == "and" && r.headBefore(k) {
			break
		}
		if w.upper || r.is("particle", k) && first < i {
			if r.starts(k) && (w.Stop || r.is("opener", k)) {
				break
			}
			first = k
			if r.starts(k) {
				break
			}
			continue
		}
		break
	}
	for last < len(r.words) && r.words[last].gap <= near && last-i < maxWords {
		w := &r.words[last]
		if !latin(w.Form) {
			break
		}
		if w.upper {
			last++
			continue
		}
		if r.is("particle", last) && last+1 < len(r.words) && r.words[last+1].gap <= near && latin(r.words[last+1].Form) && (r.words[last+1].upper || r.is("particle", last+1)) {
			// «and» goes on with a name only between its fields: «Science and Technology».
			if r.words[last].Form == "in" && (r.words[last].around == analysis.EN || r.onlyCountry(last+1, last+2)) {
				break // «Ilia State University in Georgia»: where it is; in Kazakh or Russian text it is of the name
			}
			if r.words[last].Form == "and" && (last == i+1 || r.nextHead(last+1)) {
				break
			}
			last++
			continue
		}
		break
	}
	for k := i - 1; k > first; k-- {
		if r.is("particle", k) && r.is("title-en", k-1) {
			first = k // «Vice-President of Kookmin University»
			break
		}
	}
	for first < i && (r.is("particle", first) || r.opener(first)) {
		first++
	}
	if last-first < 2 || r.lower(first, last) {
		return nil
	}
	if r.openBracket(last) > 0 && r.openBracket(last) <= first && r.words[last].head(analysis.KK).poss && r.bracketBefore(last) > 0 {
		return nil // the long name of what «STAR (…) институты» names
	}
	f := found{first: first, last: last, core: first, head: i, kind: h, lang: analysis.EN, how: "pattern"}
	return []found{f}
}

// lower reports whether nothing but the head has a capital.
func (r *reader) lower(first, last int) bool {
	n := 0
	for k := first; k < last; k++ {
		if r.words[k].upper && !strings.EqualFold(r.words[k].Form, "the") {
			n++
		}
	}
	return n < 2
}

// nextHead reports whether the Latin words from word k hold another head: «… of Ostrava and King's College London».
func (r *reader) nextHead(k int) bool {
	for n := 0; n < maxWords && k < len(r.words) && r.inLatinName(k) && r.words[k].gap <= near; n, k = n+1, k+1 {
		if r.words[k].headEN.head != nil {
			return true
		}
	}
	return false
}

// headBefore reports whether the Latin words before word k hold another head.
func (r *reader) headBefore(k int) bool {
	for n := 0; n < maxWords && k > 0 && r.inLatinName(k-1) && r.words[k].gap <= near; n, k = n+1, k-1 {
		if r.words[k-1].headEN.head != nil {
			return true
		}
	}
	return false
}

// inLatinName reports whether a word may stand inside a Latin name.
func (r *reader) inLatinName(k int) bool {
	w := &r.words[k]
	return w.latin && (w.upper || r.is("particle", k))
}
