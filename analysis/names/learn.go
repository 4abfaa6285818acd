package names

import (
	"io"
	"math"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"kelisim/analysis"
)

// Example is a text with the names in it, to learn from.
type Example struct {
	Text    *analysis.Text
	Names   []analysis.Span // every name that is one, bytes of Text.Source
	Maybe   []analysis.Span // names of other bodies: neither right nor wrong
	Offices []analysis.Span // names of ministries, companies and networks
	Told    bool            // Offices are all that there are
}

// LearnBorders learns the weights of data/borders.tsv from texts whose names are known, and writes them. The same
// examples give the same bytes.
func (t *Table) LearnBorders(examples []Example, out io.Writer) error {
	t.Learn(t.Drills(examples))
	return t.border.write(out)
}

// Drills are what a text teaches.
type Drills struct{ all []drill }

// Drills prepares examples for learning, several at a time.
func (t *Table) Drills(examples []Example) []Drills {
	out := make([]Drills, len(examples))
	var next atomic.Int64
	var done sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		done.Go(func() {
			for i := int(next.Add(1)) - 1; i < len(examples); i = int(next.Add(1)) - 1 {
				out[i] = Drills{t.drills(examples[i])}
			}
		})
	}
	done.Wait()
	return out
}

// Learn fits the table's own weights to drills, for measuring.
func (t *Table) Learn(all []Drills) {
	var cases []drill
	for _, l := range all {
		cases = append(cases, l.all...)
	}
	t.border.learn(cases)
}

// drill is an anchor with its candidates, the first of which is «no name».
type drill struct {
	candidates [][]clue
	right      []bool
}

// drills are what a text teaches: as the table reads it, and as if the table did not know names with heads, so that known names
// teach what unknown ones look like.
func (t *Table) drills(e Example) []drill {
	r := t.reader(e.Text)
	out := r.drills(e, false)
	for n := range r.known {
		if c := &r.known[n]; c.head >= 0 {
			clear(r.at[c.first:c.last])
		}
	}
	return append(out, r.drills(e, true)...)
}

func (r *reader) drills(e Example, blind bool) []drill {
	byHead := map[int][][2]int{} // word → names that it is in
	exact, office := map[[2]int]bool{}, map[[2]int]bool{}
	put := func(spans []analysis.Span, exact map[[2]int]bool, names bool) {
		for _, s := range spans {
			first, last := r.wordsIn(s)
			if first == last {
				continue
			}
			exact[[2]int{first, last}] = names || exact[[2]int{first, last}]
			for k := first; k < last; k++ {
				byHead[k] = append(byHead[k], [2]int{first, last})
			}
		}
	}
	put(e.Names, exact, true)
	put(e.Maybe, exact, false)
	inName := make([]bool, len(r.words)) // of a place of learning
	for k := range byHead {
		inName[k] = true
	}
	for _, s := range e.Names {
		if first, last := r.wordsIn(s); first < last && r.hasHead([2]int{first, last}) {
			m := Mention{First: first, Last: last, Surface: e.Text.Source[s.Start:s.End]}
			m.Key = "new:" + r.told(wordRange(first, last)).Key("")
			r.listen(m, wordRange(first, last))
		}
	}
	for _, c := range r.known {
		if c.body != nil {
			r.listen(r.mention(c.body, c.first, c.last, ""), wordRange(c.first, c.last))
		}
	}
	put(e.Offices, exact, false)
	put(e.Offices, office, true)
	var out []drill
	add := func(a anchor) (found [2]int, ok bool) {
		exact := exact
		if a.office() {
			exact = office
		}
		l := drill{}
		s := r.sheet(a)
		l.candidates = append(l.candidates, s.none)
		none := true
		l.right = append(l.right, false)
		for _, left := range s.left {
			for _, to := range s.right {
				if left.word >= to.word || !r.paired(left.word, to.word) {
					continue
				}
				k := [2]int{left.word, to.word}
				fs := r.cluesOf(a, left, to)
				right := exact[k] || a.office() && !a.bare() && (a.at == k[0] && exact[[2]int{k[0] + 1, k[1]}] || a.at == k[1]-1 && exact[[2]int{k[0], k[1] - 1}])
				l.candidates = append(l.candidates, fs)
				l.right = append(l.right, right)
				if right {
					none, found, ok = false, k, true
				}
			}
		}
		if none && (a.side == 0 || a.headless()) {
			if a.headless() && inName[a.at] || !a.headless() && len(byHead[a.at]) > 0 {
				return found, ok // another body's name, or one that reaches too far: nothing to learn here
			}
		}
		if none && a.office() && !e.Told {
			return found, ok
		}
		l.right[0] = none
		out = append(out, l)
		return found, ok
	}
	for i := range r.words {
		a, ok := r.anchorAt(i)
		if !ok {
			continue
		}
		found, named := add(a)
		if a.kind.plural {
			r.members(a, found, named, add)
		}
	}
	for i := range r.words {
		if slices.ContainsFunc(byHead[i], r.hasHead) {
			continue
		}
		if a, ok := r.headlessAt(i); ok && !blind {
			add(a)
		}
		if a, ok := r.bareAt(i); ok {
			add(a)
		}
	}
	return out
}

// hasHead reports whether a run holds a head.
func (r *reader) hasHead(run [2]int) bool {
	for k := run[0]; k < run[1]; k++ {
		if _, ok := r.anchorAt(k); ok {
			return true
		}
	}
	return false
}

// wordsIn gives the words that lie in a span, none where its edges cut words.
func (r *reader) wordsIn(s analysis.Span) (first, last int) {
	first, _ = slices.BinarySearchFunc(r.words, s.Start, func(w word, at int) int { return w.Start - at })
	last = first
	for last < len(r.words) && r.words[last].End <= s.End {
		last++
	}
	if last > first && (r.words[first].Start-s.Start > 3 || s.End-r.words[last-1].End > 3) {
		return 0, 0
	}
	return first, last
}

// Learning: gradient steps over all drills, with a penalty for large weights. All three are as the likelihood of texts that were not
// learnt from is best (on the gold's articles, crossed): with more rounds, or wider steps, the model learns its texts by heart.
const (
	drillRounds = 16
	rate        = 0.03
	penalty     = 0.05 // a drill
)

// learn fits the weights to the drills by AdaGrad on the log-likelihood of the right candidates, the drills in an order that is
// drawn once, so that no kind of text has the last word. A weight is the sum of two, its own and one that the languages share:
// what a language has few drills for, it has from the others (H. Daumé, Frustratingly Easy Domain Adaptation, 2007).
func (m *border) learn(drills []drill) {
	clear(m.weights)
	drills = slices.Clone(drills)
	rand.New(rand.NewPCG(1, 2)).Shuffle(len(drills), func(i, j int) { drills[i], drills[j] = drills[j], drills[i] })
	own, shared := newDescent(len(m.weights)), newDescent(len(m.weights))
	common, stride := m.common()
	grad, ofAll := newSparse(len(m.weights)), newSparse(len(m.weights))
	for _, l := range drills {
		for _, fs := range l.candidates {
			for _, f := range fs {
				grad.add(f, 0)
			}
		}
		grad.drain(func(f clue, _ float64) { // the penalty is spread over the drills that a feature is in
			own.used[f]++
			shared.used[common[f]]++
		})
	}
	var p []float64
	for range drillRounds {
		for _, l := range drills {
			p = l.gradient(m, p, grad)
			grad.drain(func(f clue, g float64) {
				own.step(f, g)
				ofAll.add(common[f], g)
			})
			ofAll.drain(func(c clue, g float64) {
				shared.step(c, g)
				for l := range clue(languages) {
					f := c + l*stride[c]
					m.weights[f] = own.weights[f] + shared.weights[c]
				}
			})
		}
	}
}

// sparse is a sum a feature, most of them nothing.
type sparse struct {
	sum  []float64
	in   []bool
	some []clue // those that are in
}

func newSparse(n int) *sparse { return &sparse{sum: make([]float64, n), in: make([]bool, n)} }

func (s *sparse) add(f clue, x float64) {
	if !s.in[f] {
		s.in[f], s.some = true, append(s.some, f)
	}
	s.sum[f] += x
}

// drain gives each sum and leaves nothing.
func (s *sparse) drain(each func(f clue, sum float64)) {
	for _, f := range s.some {
		each(f, s.sum[f])
		s.sum[f], s.in[f] = 0, false
	}
	s.some = s.some[:0]
}

// common gives for each feature the one that stands for it in all languages: the first language's; and how far it is from there to
// the next language's.
func (m *border) common() (first, stride []clue) {
	first, stride = make([]clue, len(m.weights)), make([]clue, len(m.weights))
	for i := range m.families {
		f := &m.families[i]
		each := clue(len(f.a) * len(f.b))
		for k := range each * clue(languages) {
			first[f.from+k], stride[f.from+k] = f.from+k%each, each
		}
	}
	return first, stride
}

// descent are weights with what their learning needs to know.
type descent struct{ weights, seen, used []float64 }

func newDescent(n int) *descent {
	return &descent{make([]float64, n), make([]float64, n), make([]float64, n)}
}

func (s *descent) step(f clue, g float64) {
	g -= penalty * s.weights[f] / math.Sqrt(s.used[f])
	s.seen[f] += g * g
	s.weights[f] += rate * g / math.Sqrt(s.seen[f]+1e-2)
}

// gradient tells how the likelihood of the right candidates rises with each weight. p is room for their probabilities.
func (l *drill) gradient(m *border, p []float64, to *sparse) []float64 {
	p = p[:0]
	top := math.Inf(-1)
	for _, fs := range l.candidates {
		x := m.sum(fs)
		p, top = append(p, x), max(top, x)
	}
	all, right := 0.0, 1e-12
	for i := range p {
		p[i] = math.Exp(p[i] - top)
		all += p[i]
		if l.right[i] {
			right += p[i]
		}
	}
	for i, fs := range l.candidates {
		g := -p[i] / all
		if l.right[i] {
			g += p[i] / right
		}
		if g > -1e-6 && g < 1e-6 {
			continue
		}
		for _, f := range fs {
			to.add(f, g)
		}
	}
	return p
}
