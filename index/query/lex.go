package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// kind tells what a lexeme is.
type kind uint8

const (
	words  kind = iota // a run of plain words, white space inside
	quoted             // what stood between two quotation marks
	prefix             // мемор*
	or                 // OR, ИЛИ, НЕМЕСЕ, |
	and                // AND, И, ЖӘНЕ: words are joined by it anyway, and it asks for all of them
	near               // /s: in one sentence
	not                // a minus before a word, a quote or a bracket; NOT
	scope              // title: before a word, a quote or a bracket
	open               // (
	shut               // )
	field              // name:value
)

// lexeme is one piece of what was typed. start and end are bytes in the query's text.
type lexeme struct {
	kind       kind
	text       string // words, quoted, prefix: the text; field: the value
	name       string // field: which
	slop       int    // quoted: the number behind ~
	soft       bool   // quoted: by other marks than straight ones, which writers put around names: its words may stand apart
	unclosed   bool   // quoted, field: the closing mark was missing
	start, end int
}

// operators in the three languages; only in capitals, so that the words themselves can be searched. ЕМЕС stands before what it
// excludes, as the others do.
var operators = map[string]kind{
	"OR": or, "ИЛИ": or, "НЕМЕСЕ": or, "|": or, "||": or,
	"AND": and, "И": and, "ЖӘНЕ": and, "&": and, "&&": and, "+": and,
	"NOT": not, "НЕ": not, "ЕМЕС": not,
	"/s": near, "/S": near, "/с": near, "/С": near, // the Cyrillic letter is on the same key of nobody's keyboard, but looks the same
}

// pairs are quotation marks, opening → closing. A straight mark and “ close by any of theirs.
var pairs = map[rune]string{'"': `"`, '«': "»", '“': `”“"`, '„': `“”"`, '”': `”"`, '‟': `”"`, '″': `″"`}

// lexer cuts a query into lexemes. It never fails.
type lexer struct {
	s       string
	i       int
	from    int // where the pending run of plain words began
	until   int // and where its last word ended; = from where there is none
	shouted bool
	meant   func(field, value string) bool // whether a field has such a value
	out     []lexeme
}

// lex cuts a query into lexemes; meant tells whether a field has a value.
func lex(s string, meant func(field, value string) bool) []lexeme {
	l := lexer{s: s, shouted: shouted(s), meant: meant}
	for l.i < len(s) {
		l.next()
	}
	l.flush()
	return l.out
}

// leastShout is what tells a headline in capitals from abbreviations: «ҚАЗҰУ OR ЕҰУ» is a query.
const leastShout = 6 // letters of a word

// shouted reports whether a text is in capitals throughout, so that И and НЕ in it are words like others.
func shouted(s string) bool {
	long := false
	for _, w := range strings.Fields(s) {
		if strings.ContainsFunc(w, unicode.IsLower) {
			return false
		}
		_, operator := operators[w]
		long = long || !operator && letters(w) >= leastShout
	}
	return long
}

// flush ends the pending run of plain words.
func (l *lexer) flush() {
	if l.until > l.from {
		l.out = append(l.out, lexeme{kind: words, text: l.s[l.from:l.until], start: l.from, end: l.until})
	}
	l.from, l.until = l.i, l.i
}

func (l *lexer) emit(x lexeme) {
	l.flush()
	l.out = append(l.out, x)
	l.i = x.end
	l.from, l.until = l.i, l.i
}

func (l *lexer) next() {
	r, size := utf8.DecodeRuneInString(l.s[l.i:])
	switch {
	case unicode.IsSpace(r):
		l.i += size
		if l.until == l.from {
			l.from, l.until = l.i, l.i
		}
	case pairs[r] != "":
		l.quote(pairs[r], size)
	case r == '(' || r == ')':
		k := open
		if r == ')' {
			k = shut
		}
		l.emit(lexeme{kind: k, start: l.i, end: l.i + size})
	case (r == '-' || r == '−') && l.atWordStart() && l.startsOperand(l.i+size):
		l.emit(lexeme{kind: not, start: l.i, end: l.i + size})
	default:
		l.word()
	}
}

func (l *lexer) atWordStart() bool {
	if l.i == 0 {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(l.s[:l.i])
	return unicode.IsSpace(r) || r == '(' || len(l.out) > 0 && l.out[len(l.out)-1].kind == scope && l.out[len(l.out)-1].end == l.i
}

func (l *lexer) startsOperand(i int) bool {
	r, _ := utf8.DecodeRuneInString(l.s[i:])
	return unicode.IsLetter(r) || unicode.IsNumber(r) || pairs[r] != "" || r == '('
}

func (l *lexer) quote(closers string, size int) {
	start := l.i
	body := l.s[start+size:]
	x := lexeme{kind: quoted, start: start}
	if n := strings.IndexAny(body, closers); n >= 0 {
		_, w := utf8.DecodeRuneInString(body[n:])
		x.text, x.end = body[:n], start+size+n+w
		closed := x.end
		x.slop, x.end = slop(l.s, x.end)
		x.soft = !strings.HasPrefix(l.s[start:], `"`) && x.end == closed
	} else {
		x.text, x.end, x.unclosed = body, len(l.s), true
	}
	l.emit(x)
}

// slop reads «~n» at i and returns n, at most maxSlop, and where it ends.
func slop(s string, i int) (n, end int) {
	if i >= len(s) || s[i] != '~' {
		return 0, i
	}
	end = i + 1
	for end < len(s) && s[end] >= '0' && s[end] <= '9' {
		n = min(n*10+int(s[end]-'0'), maxSlop)
		end++
	}
	return n, end
}

// wordEnd is the end of what stands at i up to white space, a bracket or a quotation mark.
func wordEnd(s string, i int) int {
	n := strings.IndexFunc(s[i:], func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || pairs[r] != "" })
	if n < 0 {
		return len(s)
	}
	return i + n
}

// word reads a word, an operator, a prefix or a field.
func (l *lexer) word() {
	start := l.i
	end := wordEnd(l.s, start)
	w := l.s[start:end]
	if colon := strings.IndexByte(w, ':'); colon > 0 {
		if name, ok := fieldNamed(w[:colon]); ok && l.fieldValue(name, start, start+colon+1) {
			return
		}
	}
	if k, ok := operators[w]; ok && l.operates(w) {
		l.emit(lexeme{kind: k, text: w, start: start, end: end})
		return
	}
	if stem, ok := strings.CutSuffix(w, "*"); ok && letters(stem) > 0 && !strings.Contains(stem, "*") {
		l.emit(lexeme{kind: prefix, text: stem, start: start, end: end})
		return
	}
	l.i, l.until = end, end
}

// operates reports whether a word that may be an operator is one here: none in a text in capitals, and no «И» that begins
// a sentence.
func (l *lexer) operates(w string) bool {
	n := letters(w)
	return n == 0 || !l.shouted && (n > 1 || w[0] == '/' || len(l.out) > 0 || l.until > l.from)
}

// mostValue is how many words a value without quotation marks may have: «Әл-Фараби атындағы Қазақ ұлттық университеті».
const mostValue = 8

// fieldValue reads the value behind a name and a colon: a quoted one, or the longest run of words that the field has; where it
// has none, one word. It reads nothing where white space stands behind the colon and no value: a heading is no field.
func (l *lexer) fieldValue(name string, start, at int) bool {
	if name == titleField {
		l.emit(lexeme{kind: scope, name: name, start: start, end: at})
		return true
	}
	x := lexeme{kind: field, name: name, start: start}
	r, size := utf8.DecodeRuneInString(l.s[at:])
	if closers := pairs[r]; closers != "" {
		body := l.s[at+size:]
		if n := strings.IndexAny(body, closers); n >= 0 {
			_, w := utf8.DecodeRuneInString(body[n:])
			x.text, x.end = body[:n], at+size+n+w
		} else {
			x.text, x.end, x.unclosed = body, len(l.s), true
		}
		l.emit(x)
		return true
	}
	from := len(l.s) - len(strings.TrimLeftFunc(l.s[at:], unicode.IsSpace))
	var ends []int
	for i := from; i < len(l.s) && len(ends) < mostValue; {
		end := wordEnd(l.s, i)
		w := l.s[i:end]
		_, operator := operators[w]
		if end == i || operator || len(ends) > 0 && (strings.HasPrefix(w, "-") || isField(w)) {
			break
		}
		ends = append(ends, end)
		i = len(l.s) - len(strings.TrimLeftFunc(l.s[end:], unicode.IsSpace))
	}
	for n := len(ends) - 1; n >= 0; n-- {
		if l.meant(name, strings.TrimPrefix(l.s[from:ends[n]], "-")) {
			x.text, x.end = l.s[from:ends[n]], ends[n]
			l.emit(x)
			return true
		}
	}
	if from > at && len(ends) > 0 {
		return false
	}
	x.end = at
	if len(ends) > 0 {
		x.end = ends[0]
	}
	x.text = l.s[at:x.end]
	l.emit(x)
	return true
}

// isField reports whether a word begins a field.
func isField(w string) bool {
	name, _, ok := strings.Cut(strings.TrimLeft(w, "-−"), ":")
	if !ok {
		return false
	}
	_, ok = fieldNamed(name)
	return ok
}
