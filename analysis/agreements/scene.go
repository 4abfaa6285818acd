package agreements

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/analysis/agreements/dates"
	"kelisim/analysis/agreements/words"
	"kelisim/analysis/names"
)

// scene is a text as the rules look at it.
type scene struct {
	x         *analysis.Text
	w         *lists
	line      *words.Line
	reported  string
	dates     *dates.Reader
	tokens    []analysis.Token
	forms     []string // what patterns compare: Token.Form
	between   []string // the source between token i and i+1
	paren     []bool   // the token stands in parentheses
	upper     []bool   // the token begins with a capital letter
	at        []int    // side that covers the token, -1 for none
	land      []string // country that the token names or belongs to, outside institutions
	spent     []bool   // the country at the token belongs to an unnamed side
	segments  []int    // part of its sentence that the token is in
	sides     []*side
	page      *sheet
	inOrder   int // sides that stand in the text's order; the places of branches follow
	bodies    []*body
	alike     [4]int // named bodies by their likeness
	round     int
	ranked    map[*sentence][]*body
	about     []string // what the text speaks of
	learned   int      // bodies that are places of learning
	main      *body    // that the text names most
	mainHome  *body    // of Kazakhstan's
	sentences []*sentence
}

// sentence is a sentence of a paragraph, or a headline.
type sentence struct {
	analysis.Span
	lang        string
	first, last int // tokens
	paragraph   int
	index       int // in scene.sentences
	title       bool
	sides       []*side
	doubtful    []*side // by their first tokens
	signs       []sign
	groups      []*group
	hints       []string // by the bodies' numbers; see hinted
}

func newScene(x *analysis.Text, ms []names.Mention, reported string) *scene {
	n := len(x.Tokens)
	w := vocabulary()
	line := words.NewLine(x, w.latin)
	s := &scene{x: x, w: w, line: line, reported: reported, tokens: x.Tokens, forms: line.Forms, between: line.Gaps,
		paren: make([]bool, n), upper: make([]bool, n), at: make([]int, n), land: make([]string, n), spent: make([]bool, n), segments: make([]int, n)}
	depth := 0
	for i := range x.Tokens {
		t := &x.Tokens[i]
		s.at[i] = -1
		r, _ := utf8.DecodeRuneInString(t.Surface)
		s.upper[i] = unicode.IsUpper(r)
		s.paren[i] = depth > 0
		if s.between[i] == " " {
			continue
		}
		depth = max(0, depth+strings.Count(s.between[i], "(")-strings.Count(s.between[i], ")"))
		if strings.ContainsRune(s.between[i], '\n') {
			depth = 0
		}
	}
	s.dates = dates.New(line, x.Tokens, s.upper, reported)
	s.split()
	s.findSides(ms)
	s.arrange()
	s.branchPlaces()
	s.findDoubtful(ms)
	s.gather()
	for _, q := range s.sentences {
		if q.last-q.first <= longest {
			s.readSigns(q)
		}
	}
	s.tone()
	return s
}

// breaks reports whether punctuation that ends a phrase stands behind token i.
func (s *scene) breaks(i int) bool { return s.line.Breaks(i) }

func (s *scene) text(first, last int) string {
	if first >= last {
		return ""
	}
	return s.x.Source[s.tokens[first].Start:s.tokens[last-1].End]
}

// split lists the sentences without the dateline.
func (s *scene) split() {
	for p, par := range s.x.Paragraphs {
		i := par.First
		for n, span := range par.Sentences {
			for i < par.Last && s.tokens[i].Start < span.Start {
				i++
			}
			out := &sentence{Span: span, lang: string(par.Lang), first: i, paragraph: p, title: p == 0 && par.Start == 0}
			for i < par.Last && s.tokens[i].Start < span.End {
				i++
			}
			out.last = i
			if n < 2 {
				s.cutDateline(out)
			}
			if k := len(s.sentences) - 1; n > 0 && k >= 0 && out.first < out.last && s.abbreviated(s.sentences[k], p) {
				s.sentences[k].End, s.sentences[k].last = out.End, out.last
				continue
			}
			if out.first < out.last {
				out.index = len(s.sentences)
				s.sentences = append(s.sentences, out)
			}
		}
	}
}

// abbreviated reports that a sentence ends with an abbreviation, so that the next one goes on with it: «on Nov. 10».
func (s *scene) abbreviated(q *sentence, paragraph int) bool {
	if q.paragraph != paragraph || !strings.HasPrefix(s.between[q.last-1], ".") {
		return false
	}
	if q.last-q.first <= 3 {
		for i := q.first; i < q.last; i++ {
			if s.dates.IsYear(i) {
				return true // «2019 год. Подписан меморандум …»
			}
		}
	}
	h, ok := s.w.marks.Find(s.line, q.last-1, q.last)
	return ok && h.Value[0] == "abbr"
}

// cutDateline takes «АСТАНА. KAZINFORM –» off a sentence's beginning: words in capitals before a dash.
func (s *scene) cutDateline(x *sentence) {
	for i := x.first; i < min(x.first+5, x.last-1); i++ {
		w := s.tokens[i].Surface
		if strings.ToUpper(w) != w {
			return
		}
		if strings.ContainsAny(s.between[i], "–—-") && strings.ContainsRune(s.between[i], ' ') {
			x.first = i + 1
			x.Start = s.tokens[i+1].Start
			return
		}
	}
}
