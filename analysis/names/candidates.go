package names

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"kelisim/analysis"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/world"
)

// Where does a name begin and end? Around each head noun («университет») every run of words is a candidate, and «no
// name» is one too. A log-linear model with weights in data/borders.tsv chooses: it sees words by their classes
// (class.go), and whether the table knows the run. clues.go lists what it looks at; learn.go learns the weights.

// anchor is a place in a text around which a name may stand.
type anchor struct {
	at    int // the head's word; for a member of a list the edge that it shares with the list
	side  int // 0: a head; -1: a member that ends before word at; 1: one that begins at word at
	head  int // the head's word
	kind  heads.Form
	lang  uint8
	front class // of a compound head's first half: мед- of «медуниверситет»
}

// Languages of anchors, as the model numbers them.
const (
	inKazakh uint8 = iota
	inRussian
	inEnglish
	perKind   // names of offices have weights of their own
	languages = 4 * perKind
)

var languageNames = [languages]string{"kk", "ru", "en", "kk office", "ru office", "en office", "kk bare", "ru bare", "en bare", "kk headless", "ru headless", "en headless"}

// in reports whether an anchor's head is of a language.
func (a anchor) in(lang uint8) bool { return a.lang%perKind == lang }

// office reports whether an anchor stands for an office, with a head or without.
func (a anchor) office() bool { return a.lang >= perKind && !a.headless() }

// headless reports an anchor whose head is left out: «Варшавский технологический».
func (a anchor) headless() bool { return a.lang >= 3*perKind }

// bare reports an anchor without a head: the first word of what may be a company's name.
func (a anchor) bare() bool { return a.lang >= 2*perKind }

// bareAt gives the anchor of a company's name without a head: where capitals, Latin letters or quotation marks begin. ok is false
// where nothing begins.
func (r *reader) bareAt(i int) (a anchor, ok bool) {
	if !r.mayBare(i) || i > 0 && r.words[i].gap <= near && !r.quoted(i) && r.mayBare(i-1) {
		return a, false
	}
	return anchor{at: i, head: i, side: 1, kind: heads.Form{Head: &bareHead}, lang: 2*perKind + r.around(i)}, true
}

// headlessAt gives the anchor of an institution's name whose head is left out: «Варшавский технологический», «ТарУ имени Дулати»,
// «Ясави», «Шеффилд». ok is false where none begins.
func (r *reader) headlessAt(i int) (a anchor, ok bool) {
	if !r.mayHeadless(i) || i > 0 && r.words[i].gap <= near && !r.quoted(i) && r.words[i-1].class.shape != beginning && r.mayHeadless(i-1) {
		return a, false
	}
	return anchor{at: i, head: i, side: 1, kind: heads.Form{Head: &leftOut}, lang: 3*perKind + r.around(i)}, true
}

// around is the language of a word's paragraph, as anchors number it.
func (r *reader) around(i int) uint8 {
	switch r.words[i].around {
	case analysis.KK:
		return inKazakh
	case analysis.RU:
		return inRussian
	}
	return inEnglish
}

var bareHead = heads.Head{Kind: "company", Number: uint8(slices.Index(world.Kinds, "company"))}

var leftOut = heads.Head{Kind: "university", Word: "университет", Gender: "m", Number: uint8(slices.Index(world.Kinds, "university"))}

// mayHeadless reports whether a word may begin an institution's name without a head: one with a capital, no country.
func (r *reader) mayHeadless(i int) bool {
	w := &r.words[i]
	if w.class.sense == school {
		return true
	}
	if w.Kind != analysis.Word || !w.upper || r.defined[w.form] {
		return false
	}
	if c := r.claimAt(i); c != nil && c.body != nil {
		return false
	}
	switch w.class.sense {
	case other, field, status, abbr, abbrU, surname, common, aInitial, forename, anHonour:
		return true
	case aPlace:
		m := r.longest(i, Country, r.names)
		return m == nil || m.of[0].how == "city"
	}
	return false
}

// mayBare reports whether a word may begin a name without a head.
func (r *reader) mayBare(i int) bool {
	w := &r.words[i]
	if w.Kind != analysis.Word || !w.upper || w.initial || w.place || w.people || r.at[i] > 0 || r.defined[w.form] {
		return false
	}
	switch w.class.sense {
	case other, field, status, abbr, abbrU, surname, common:
	default:
		return false
	}
	return r.quoted(i) || w.latin && w.around != analysis.EN || w.class.shape == caps || w.class.shape == capital
}

// quoted reports whether a quotation begins with a word.
func (r *reader) quoted(i int) bool {
	return strings.ContainsAny(r.before(i), "«“„\"") && r.words[i].gap == quote
}

func languageOf(h *heads.Head) uint8 {
	switch h.Lang {
	case "kk":
		return inKazakh
	case "ru":
		return inRussian
	}
	return inEnglish
}

// How far a name may reach from its anchor, in words.
const (
	reachLeft  = 12
	reachRight = 14
	reachBare  = 5 // a name without a head is short
)

// anchorAt gives the anchor of a head; ok is false where the word is none.
func (r *reader) anchorAt(i int) (a anchor, ok bool) {
	w := &r.words[i]
	if w.upper && !forms.UpperFirst(w.Surface) {
		return a, false // Arabic script: without capitals there is nothing to go by
	}
	if h := w.head(r.headLang(i)); h.Head != nil {
		return anchor{at: i, head: i, kind: h, lang: languageOf(h.Head), front: r.frontClass(w, h)}, true
	}
	h := w.office(r.headLang(i))
	if h.Head == nil {
		return a, false
	}
	return anchor{at: i, head: i, kind: h, lang: perKind + languageOf(h.Head)}, true
}

// limits give the outermost words of an anchor's candidates. Some words stand in no name («о», «туралы», «from»), and in Kazakh
// nothing with a head of its own stands behind a head.
func (r *reader) limits(a anchor) (low, high int) {
	low, high = a.at, a.at+1
	reach := reachRight
	if a.bare() {
		reach = reachBare
	}
	switch a.side {
	case -1:
		low, high = a.at, a.at
	case 1:
		low, high = a.at, a.at
	}
	if a.side <= 0 {
		for low > 0 && a.at-low < reachLeft && (low == a.at && a.side < 0 || r.goesOn(low)) && !r.never(low-1) {
			low--
		}
	}
	if a.side >= 0 {
		for high < len(r.words) && high-a.at < reach && (high == a.at || r.goesOn(high)) && !r.never(high) && !(a.in(inKazakh) && high > a.at && r.words[high].class.sense == aHead) {
			if k := r.words[high].class.sense; a.bare() && high > a.at && (k == aHead || k == anOffice || r.at[high] > 0) {
				break
			}
			if a.headless() && high > a.at && !r.inHeadless(high) {
				break
			}
			high++
		}
	}
	return low, high
}

// inHeadless reports whether a name without a head may hold a word: one with a capital, or what stands between those.
func (r *reader) inHeadless(k int) bool {
	switch r.words[k].class.sense {
	case eponym, particle:
		return true
	case field, status:
		return r.words[k].around == analysis.RU || r.words[k].upper
	}
	return r.words[k].upper && r.words[k].gap <= quote
}

// never reports whether a word stands in no name.
func (r *reader) never(k int) bool { return !r.words[k].upper && r.is(neverList, k) }

// goesOn reports whether a name may go on over what lies before word k. A comma stands only between fields of study, in small
// letters («языка, литературы и искусства»), or in a Latin name («University of California, Berkeley»); a colon stands in none.
func (r *reader) goesOn(k int) bool {
	switch r.words[k].gap {
	case broken:
		return false
	case comma:
		w, before := &r.words[k], &r.words[k-1]
		return w.latin && before.latin || !w.upper && (!before.upper || before.class.sense == field) && before.class.sense != aHead
	case slash:
		return !strings.Contains(r.before(k), ":")
	}
	return true
}

// scored is a candidate with what speaks for it.
type scored struct {
	first, last int     // words
	score       float64 // log-odds against «no name»
}

// choose gives an anchor's best candidate; ok is false where there is most likely no name.
func (r *reader) best(a anchor) (s scored, ok bool) {
	m := r.t.border
	sheet := r.sheet(a)
	none := m.Sum(sheet.none)
	list := r.list[:0]
	top := math.Inf(-1)
	for i := range sheet.left {
		l := &sheet.left[i]
		for j := range sheet.right {
			g := &sheet.right[j]
			if l.word >= g.word {
				continue
			}
			score := l.inside + l.atEdge + g.inside + g.atEdge
			if score < top-slack || !r.paired(l.word, g.word) {
				continue
			}
			score += m.Sum(r.whole(a, l.word, g.word, sheet.buffer[:0]))
			top = max(top, score)
			list = append(list, scored{l.word, g.word, score})
		}
	}
	r.list = list
	// What a candidate may mean is dear to ask: the best go first, and none is asked that being a known name cannot bring to the top, or an
	// office near to being told.
	slices.SortStableFunc(list, func(a, b scored) int { return cmp.Compare(b.score, a.score) })
	s.score = math.Inf(-1)
	reach := r.reach(a)
	least := none + knownThreshold
	if a.office() {
		least = none + nameThreshold - mostDoubt
	}
	raw := 0.0
	for _, c := range list {
		if c.score+reach < max(least, s.score) {
			break
		}
		plain := c.score
		if c.score += m.Sum(r.meant(a, c.first, c.last, sheet.buffer[:0])); c.score > s.score {
			s, raw = c, plain
		}
	}
	if a.side == 0 && !a.bare() && !a.office() && !math.IsInf(s.score, 0) {
		s.first, s.last = r.longer(list, s, raw)
	}
	s.score -= none
	if !math.IsInf(s.score, 0) && !a.headless() && (r.linkOf(a, s.first, s.last) == exactly || r.surely(a, s.first, s.last)) {
		return s, s.score > knownThreshold
	}
	if a.headless() {
		return s, s.score > headlessThreshold || s.score > ownThreshold && r.ownName(a, s.first, s.last)
	}
	return s, s.score > nameThreshold
}

// longer goes on from a candidate to a longer one that surely is a body of the table and has more of its words: «Университета Лидс» to
// «Университета Лидс Беккет», «Вьетнамский национальный университет» to what follows, «в Ханое».
func (r *reader) longer(list []scored, s scored, raw float64) (first, last int) {
	first, last = s.first, s.last
	share := -1.0
	for _, c := range list {
		if c.score < raw-mostBehind {
			break
		}
		if c.first > first || c.last < last || c.last-c.first == last-first || c.first < s.first && !r.mayOpen(c.first) || c.last > s.last && !r.mayClose(c.last) {
			continue
		}
		if share < 0 {
			share = 0
			if n := r.nearest(wordRange(s.first, s.last), false); len(n) > 0 {
				share = n[0].Share
			}
		}
		if n := r.nearest(wordRange(c.first, c.last), false); len(n) > 0 && n[0].Fits && n[0].Score >= certain && n[0].Share > share+1e-3 {
			first, last, share = c.first, c.last, n[0].Share
		}
	}
	return first, last
}

// mayOpen reports whether a longer name may begin with a word: one that tells bodies apart, and does not say where the next thing is or
// whose («Ташкенттегі», «Қытайдың»).
func (r *reader) mayOpen(k int) bool {
	return r.telling(k) && !r.relative(k) && !(r.words[k].lang == analysis.KK && r.t.endings.Ends("kk-possessor", r.words[k].form, 3))
}

// mayClose reports whether a longer name may end before a word: behind one that tells bodies apart, and in no middle of a compound.
func (r *reader) mayClose(last int) bool {
	return r.telling(last-1) && (last == len(r.words) || r.words[last].gap > tight)
}

// mostBehind is how far a longer candidate may lie behind the best.
const mostBehind = 2

// reach tells how much what a candidate may mean adds to its score at most: the nearest body, and fuller names where the text has any.
func (r *reader) reach(a anchor) float64 {
	m, echoes := r.t.border, 1
	if len(r.fuller) > 0 {
		echoes = len(echoNames)
	}
	return m.Most(wholeNear, a.lang, len(nearNames)) + max(m.Most(wholeEcho, a.lang, echoes), 0)
}

// ownName reports whether words that are no place's, no person's and no common ones surely name a body of the table: «Карнеги–Меллон».
// A sentence's first word may be any.
func (r *reader) ownName(a anchor, first, last int) bool {
	if slices.ContainsFunc(r.words[first:last], func(w word) bool {
		return w.class.sense != other || w.class.shape == beginning || w.isTown(r.t)
	}) || !r.surely(a, first, last) {
		return false
	}
	words := r.told(wordRange(first, last)).Words
	return !slices.ContainsFunc(r.t.toldOf(r.nearest(r.nameWords(a, first, last), true)[0].Body), func(t world.Told) bool { return t.After(words) })
}

// paired reports whether each bracket in a run has its other half there.
func (r *reader) paired(first, last int) bool {
	depth := 0
	for k := first + 1; k < last; k++ {
		if r.words[k].gap < slash {
			continue
		}
		for _, c := range r.before(k) {
			switch c {
			case '(':
				depth++
			case ')':
				if depth--; depth < 0 {
					return false
				}
			}
		}
	}
	return depth == 0
}

// slack is more than what features of the whole run can add: candidates that lag behind more need not be looked at.
const slack = 12

// sheet is what speaks for the edges of an anchor's candidates. A reader has one, used again for each anchor.
type sheet struct {
	left, right []side
	none        []clue
	clues       []clue    // of all edges
	within      [2][]clue // of the words left and right of the anchor
	buffer      [16]clue
}

// side is one edge of candidates.
type side struct {
	word   int // where the run begins, or ends
	edge   []clue
	within []clue  // of the words between the anchor and the edge
	inside float64 // the sum of their weights
	atEdge float64 // and of the edge's
}

func (r *reader) sheet(a anchor) *sheet {
	s := &r.page
	s.none, s.left, s.right, s.clues = r.noName(a), s.left[:0], s.right[:0], s.clues[:0]
	low, high := r.limits(a)
	m := r.t.border
	sum, within := 0.0, s.within[leftEnd][:0]
	edge := func(out []side, end, k int) []side {
		from := len(s.clues)
		s.clues = r.outer(a, end, k, s.clues)
		clues := s.clues[from:len(s.clues):len(s.clues)]
		return append(out, side{k, clues, within[:len(within):len(within)], sum, m.Sum(clues)})
	}
	inside := func(end, k int) {
		n := len(within)
		within = r.inner(a, end, k, within)
		sum += m.Sum(within[n:])
		s.within[end] = within
	}
	if a.side == 1 {
		s.left = edge(s.left, leftEnd, a.at)
	} else {
		if a.front.sense != other {
			within = r.inFront(a, within)
			sum = m.Sum(within)
			s.within[leftEnd] = within
		}
		for k := a.at; k >= low; k-- {
			if k < a.at || a.side == 0 {
				if k < a.at {
					inside(leftEnd, k)
				}
				s.left = edge(s.left, leftEnd, k)
			}
		}
	}
	sum, within = 0, s.within[rightEnd][:0]
	if a.side == -1 {
		s.right = edge(s.right, rightEnd, a.at)
		return s
	}
	for k := a.at + 1; k <= high; k++ {
		if k > a.at+1 || a.side == 1 {
			inside(rightEnd, k-1)
		}
		if !r.partsHead(a, k) {
			s.right = edge(s.right, rightEnd, k)
		}
	}
	return s
}

// partsHead reports whether an end before word k would part an adjective from its head: «Высшая школа педагогики Версальской | академии».
func (r *reader) partsHead(a anchor, k int) bool {
	if k >= len(r.words) || k-1 <= a.at || r.words[k].gap > near || r.words[k-1].class.sense == eponym {
		return false
	}
	h := r.words[k].Learning[heads.RU]
	if h.Head == nil {
		h = r.words[k].Reading.Office[heads.RU]
	}
	return h.Head != nil && r.words[k].lang == analysis.RU && r.t.endings.CasesOf(r.words[k-1].form)&h.Cases != 0
}

func (r *reader) classAt(i int) class {
	if i < 0 || i >= len(r.words) {
		return class{sense: noWord}
	}
	return r.words[i].class
}

// telling reports whether a word may tell one body from others.
func (r *reader) telling(i int) bool {
	c := r.words[i].class
	if c.shape == lower || c.shape == digit {
		return false
	}
	switch c.sense {
	case aHead, status, opener, stop, title, conjunction, preposition, postposition, eponym, aInitial:
		return false
	case field, common:
		return c.shape != beginning && c.shape != lower && c.sense != common
	}
	return true
}

// nameThreshold is the log-odds from which a run is told as a name: where F1 is best on texts that were not learnt from.
const nameThreshold = 0.5

// listThreshold is what is enough for the name at a plural head that other members of a list stand beside: «Бременским и Йенским
// университетами».
const listThreshold = -1.5

// headlessThreshold is the same for a name without a head: towns and persons, which are none, look much like it.
const headlessThreshold = 0.75

// ownThreshold is what is enough for one whose words a body of the table has for itself.
const ownThreshold = -1.5

// knownThreshold is what is enough for a run that the table knows, as it stands or surely by its signature.
const knownThreshold = -1.0
