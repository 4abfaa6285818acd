package agreements

import (
	"embed"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed data/*.txt data/weights.tsv
var data embed.FS

// pattern is words of one line of a data file and what the line says of them.
type pattern struct {
	words []slot
	value []string
}

// slot is one word of a pattern: any of its forms, after at most gap words.
type slot struct {
	forms []form
	gap   int
}

type form struct {
	begin, end string
	open       bool // may be longer than begin and end
	stem       bool // begin is a verb's stem: what follows must be an ending of moods.kk.txt
}

func (f form) matches(w string) bool {
	if !f.open {
		return w == f.begin
	}
	return len(w) >= len(f.begin)+len(f.end) && strings.HasPrefix(w, f.begin) && strings.HasSuffix(w, f.end)
}

// wordlist finds patterns in texts. Patterns lie under the first two letters of their first word.
type wordlist map[string][]*pattern

// hit is a pattern found at tokens [first, last).
type hit struct {
	first, last int
	value       []string
	verb        string // ending of a verb's stem
}

func readWords(name string, verbs bool) (wordlist, error) {
	out := wordlist{}
	rows, err := readRows(name)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		p := &pattern{value: r[1:]}
		gap := 0
		words := strings.Fields(r[0])
		for i, w := range words {
			if n, ok := strings.CutPrefix(w, "~"); ok {
				if gap, err = strconv.Atoi(n); err != nil || i == 0 {
					return nil, fmt.Errorf("%s: gap in %q", name, r[0])
				}
				continue
			}
			s := slot{gap: gap}
			gap = 0
			for alt := range strings.SplitSeq(w, "/") {
				begin, end, open := strings.Cut(alt, "*")
				s.forms = append(s.forms, form{begin, end, open || verbs && i == len(words)-1, verbs && i == len(words)-1})
			}
			p.words = append(p.words, s)
		}
		for _, k := range p.keys() {
			out[k] = append(out[k], p)
		}
	}
	return out, nil
}

func (p *pattern) keys() []string {
	var out []string
	for _, f := range p.words[0].forms {
		if k := firstTwo(f.begin); !slices.Contains(out, k) {
			out = append(out, k)
		}
	}
	return out
}

// firstTwo are the first two letters of a word, or the word.
func firstTwo(w string) string {
	n := 0
	for i := range w {
		if n++; n == 3 {
			return w[:i]
		}
	}
	return w
}

// find gives the longest pattern that begins at token i and ends before end. A pattern does not cross punctuation.
func (l wordlist) find(s *scene, i, end int) (best hit, ok bool) {
	for _, p := range l[s.keys[i]] {
		last, verb := p.match(s, 0, i, end)
		if last > best.last {
			best, ok = hit{i, last, p.value, verb}, true
		} else if last > 0 && last == best.last && verb != "" && len(verb) < len(best.verb) {
			best = hit{i, last, p.value, verb} // the longer stem
		}
	}
	return best, ok
}

// match tries to put word n of p at token i, or up to gap words behind it; it returns the end, 0 for no match.
func (p *pattern) match(s *scene, n, i, end int) (last int, verb string) {
	for skip := 0; skip <= p.words[n].gap && i < end; skip, i = skip+1, i+1 {
		if n > 0 && s.breaks(i-1) {
			return 0, ""
		}
		for _, f := range p.words[n].forms {
			if !f.matches(s.forms[i]) {
				continue
			}
			rest := ""
			if f.stem {
				if rest = s.forms[i][len(f.begin):]; mood(rest) == "" {
					continue
				}
			}
			if n == len(p.words)-1 {
				return i + 1, rest
			}
			if last, verb := p.match(s, n+1, i+1, end); last > 0 {
				return last, verb
			}
		}
	}
	return 0, ""
}

// readRows reads a data file: columns between tabs, # begins a comment.
func readRows(name string) ([][]string, error) {
	raw, err := data.ReadFile("data/" + name)
	if err != nil {
		return nil, err
	}
	var out [][]string
	n := 0
	for line := range strings.SplitSeq(string(raw), "\n") {
		n++
		line = strings.TrimRight(line, "\r")
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) < 2 || f[0] == "" || f[len(f)-1] == "" || !utf8.ValidString(line) {
			return nil, fmt.Errorf("%s line %d: %q has no value", name, n, line)
		}
		out = append(out, f)
	}
	return out, nil
}

// words is all that the rules know.
type words struct {
	verbs, status, tails, kinds, documents, sides, marks, claims, talk wordlist
	before, after                                                      map[string]wordlist // roles by language
	moodStatus                                                         map[[2]string]string
	numbers                                                            map[string]int
	months                                                             [][2]string
}

var vocabulary = sync.OnceValue(func() *words {
	w := &words{before: map[string]wordlist{}, after: map[string]wordlist{}, moodStatus: map[[2]string]string{}, numbers: map[string]int{}}
	load := func(verbs bool, names ...string) wordlist {
		all := wordlist{}
		for _, n := range names {
			l, err := readWords(n, verbs)
			if err != nil {
				panic(err) // our own data, embedded
			}
			for k, ps := range l {
				all[k] = append(all[k], ps...)
			}
		}
		return all
	}
	w.verbs = load(true, "verbs.kk.txt")
	w.status = load(false, "status.kk.txt", "status.ru.txt", "status.en.txt")
	w.tails, w.kinds, w.documents = load(false, "tails.kk.txt"), load(false, "kinds.txt"), load(false, "documents.txt")
	w.sides, w.marks, w.claims = load(false, "sides.txt"), load(false, "marks.txt"), load(false, "claims.txt")
	w.talk = load(false, "talk.txt")
	for _, r := range must(readRows("moodstatus.kk.txt")) {
		w.moodStatus[[2]string{r[0], r[1]}] = r[2]
	}
	for _, r := range must(readRows("numbers.txt")) {
		w.numbers[r[0]], _ = strconv.Atoi(r[1])
	}
	for _, r := range must(readRows("months.txt")) {
		w.months = append(w.months, [2]string{r[0], r[1]})
	}
	for _, r := range must(readRows("roles.txt")) {
		place := w.before
		if r[1] == "after" {
			place = w.after
		}
		if place[r[0]] == nil {
			place[r[0]] = wordlist{}
		}
		p := &pattern{value: r[3:]}
		for f := range strings.FieldsSeq(r[2]) {
			begin, end, open := strings.Cut(f, "*")
			p.words = append(p.words, slot{forms: []form{{begin, end, open, false}}})
		}
		for _, k := range p.keys() {
			place[r[0]][k] = append(place[r[0]][k], p)
		}
	}
	return w
})

func must(rows [][]string, err error) [][]string {
	if err != nil {
		panic(err) // our own data, embedded
	}
	return rows
}

var moods = sync.OnceValue(func() (m struct {
	exact map[string]string
	open  [][2]string
}) {
	m.exact = map[string]string{}
	for _, r := range must(readRows("moods.kk.txt")) {
		if e, ok := strings.CutSuffix(r[0], "*"); ok {
			m.open = append(m.open, [2]string{e, r[1]})
		} else {
			m.exact[r[0]] = r[1]
		}
	}
	return m
})

// mood names what a Kazakh verb's ending says, "" for what is no ending of a verb.
func mood(ending string) string {
	m := moods()
	if k, ok := m.exact[ending]; ok {
		return k
	}
	for _, o := range m.open {
		if strings.HasPrefix(ending, o[0]) {
			return o[1]
		}
	}
	return ""
}
