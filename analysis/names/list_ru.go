package names

import "kelisim/analysis"

// listRussian reads lists that share a plural head: «Варшавский и Ягеллонский университеты», «медицинские университеты
// Люблина и Белостока».
func (r *reader) listRussian(f found) []found {
	var out []found
	capital := -1
	for k := f.first; k < f.head; k++ {
		if r.words[k].upper && !(r.starts(k) && r.describing(k, analysis.RU)) {
			capital = k
			break
		}
	}
	if capital >= 0 {
		// Left: the describing words behind the last member belong to all.
		tail := f.head
		for tail > capital+1 && !r.words[tail-1].upper {
			tail--
		}
		var shared []int
		for k := tail; k < f.last; k++ {
			shared = append(shared, k)
		}
		f.words, f.how = r.wordsOf(f), "list"
		out = append(out, f)
		at := f.first
		for at > 0 {
			last := at
			if r.is("and", last-1) && r.words[last].gap <= near {
				last--
			} else if r.words[last].gap != comma {
				break
			}
			if last == 0 || r.words[last].gap > comma {
				break
			}
			first := last
			for first > 0 && last-first < 4 {
				k := first - 1
				if first < last && r.words[first].gap > near || !r.words[k].upper || !r.adjective(r.words[k].Form) && r.words[first].gap != tight {
					break
				}
				first = k
			}
			if first == last {
				break
			}
			var words []int
			for k := first; k < last; k++ {
				words = append(words, k)
			}
			out = append(out, found{first: first, last: last, core: first, head: f.head, kind: f.kind, lang: f.lang, words: append(words, shared...), how: "list"})
			at = first
		}
		if len(out) == 1 {
			return nil // «Казахстанские университеты»
		}
		return out
	}
	// Right: «университеты Люблина и Белостока».
	if f.last == f.head+1 || r.onlyCountry(f.head+1, f.last) {
		return nil
	}
	var shared []int
	for k := f.first; k <= f.head; k++ {
		shared = append(shared, k)
	}
	f.how = "list"
	out = append(out, f)
	for at := f.last; at < len(r.words); {
		first := at
		if r.is("and", first) && r.words[first].gap <= near {
			first++
		} else if r.words[first].gap != comma {
			break
		}
		if first >= len(r.words) || r.words[first].gap > comma || !r.words[first].upper {
			break
		}
		last := first + 1
		for last < len(r.words) && (r.words[last].gap == tight || r.words[last].upper && r.words[last].gap <= near && r.follows(last, f.head)) {
			last++
		}
		if r.onlyCountry(first, last) {
			break
		}
		words := append([]int(nil), shared...)
		for k := first; k < last; k++ {
			words = append(words, k)
		}
		out = append(out, found{first: first, last: last, core: first, head: f.head, kind: f.kind, lang: f.lang, words: words, how: "list"})
		at = last
	}
	if len(out) == 1 {
		return nil
	}
	return out
}
