package kazakh

import (
	"bufio"
	_ "embed"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// What was learnt (make lexicon), and the dictionaries' words: those under CC BY-SA stand in a file of their own.
var (
	//go:embed data/model.tsv
	modelText string
	//go:embed data/lemmas.tsv
	lemmasText string
	//go:embed data/lemmas-sa.tsv
	lemmasShareAlikeText string
	//go:embed exceptions.txt
	exceptionsText string
)

// theModel is read once, when the first word is asked for.
var theModel = sync.OnceValue(func() *model {
	m, err := load(modelText)
	if err != nil {
		panic("kazakh: " + err.Error()) // our own embedded file
	}
	return m
})

func load(text string) (*model, error) {
	g, err := parseGrammar(grammarText)
	if err != nil {
		return nil, err
	}
	m := newModel(g)
	counts := make(map[string]count, 40_000)
	spelt := make(map[string]string, 40_000)
	var buf [longest]byte
	for l := range strings.Lines(text) {
		kind, rest, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
		name, numbers, _ := strings.Cut(rest, "\t")
		switch kind {
		case "chain":
			k, n, _ := strings.Cut(numbers, "\t")
			c, ok := g.chain(strings.Fields(name))
			v, err := strconv.ParseFloat(n, 64)
			if !ok || err != nil || k != "N" && k != "V" {
				return nil, fmt.Errorf("model: chain %q", l)
			}
			m.addChain(c, class(strings.Index("NV", k)), v)
		case "stem":
			n, v, _ := strings.Cut(numbers, "\t")
			asNoun, err1 := strconv.ParseFloat(n, 64)
			asVerb, err2 := strconv.ParseFloat(v, 64)
			b, ok := letters(buf[:0], name)
			if !ok || err1 != nil || err2 != nil {
				return nil, fmt.Errorf("model: stem %q", l)
			}
			counts[string(b)] = count{asNoun, asVerb}
			spelt[string(b)] = name
		}
	}
	m.finish(counts, dictionary(g), spelt)
	return m, nil
}

// dictionary is the dictionaries' words, tidied.
func dictionary(g *grammar) map[string]count {
	in := make(map[string]count, 20_000)
	for _, text := range [...]string{lemmasText, lemmasShareAlikeText} {
		for l := range strings.Lines(text) {
			word, classes, _ := strings.Cut(strings.TrimSuffix(l, "\n"), "\t")
			b, ok := letters(nil, word)
			if !ok {
				continue // the head of the file
			}
			c := in[string(b)]
			for k, name := range "NV" {
				if strings.ContainsRune(classes, name) {
					c[k] = lemmaCount
				}
			}
			in[string(b)] = c
		}
	}
	return tidy(g, in)
}

// finish puts learnt counts and dictionary together and settles the model. spelt may be nil; it saves memory.
func (m *model) finish(learnt, lemmas map[string]count, spelt map[string]string) {
	keys := make([]string, 0, len(learnt)+len(lemmas))
	for s := range learnt {
		keys = append(keys, s)
	}
	for s := range lemmas {
		if _, both := learnt[s]; !both {
			keys = append(keys, s)
		}
	}
	slices.Sort(keys) // sums of floats depend on their order
	stems := make([]stem, len(keys))
	terms := make([]string, len(keys))
	for i, s := range keys {
		x := &stems[i]
		a, b := learnt[s], lemmas[s]
		for k := range x.counts {
			x.counts[k] = a[k] + b[k]
			if a[k] >= 1.5 || b[k] >= 0.3 {
				x.known |= 1 << k
			}
			m.total += x.counts[k]
			w := 0.0
			if a[k] > 0.1 {
				w += math.Min(1, a[k])
			}
			if b[k] > 0.1 {
				w++
			}
			if w > 0 {
				m.spell[k].add([]byte(s), float32(w))
			}
		}
		var ok bool
		if terms[i], ok = spelt[s]; !ok {
			terms[i] = spell([]byte(s))
		}
		x.terms = terms[i : i+1 : i+1]
		m.stems[s] = x
	}
	m.settle()
}

// exceptions are the closed classes' words that the rules would misread.
var exceptions = sync.OnceValue(func() map[string][]string {
	m := map[string][]string{}
	s := bufio.NewScanner(strings.NewReader(exceptionsText))
	for s.Scan() {
		l, _, _ := strings.Cut(s.Text(), "#")
		if f := strings.Fields(l); len(f) == 2 {
			m[f[0]] = f[1:2:2]
		}
	}
	return m
})
