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
	or                 // OR, ИЛИ, НЕМЕСЕ, |
	and                // AND: says nothing, words are joined by it anyway
	not                // a minus before a word, a quote or a bracket; NOT
	open               // (
	shut               // )
	field              // name:value
)

// lexeme is one piece of what was typed. start and end are bytes in the query's text.
type lexeme struct {
	kind       kind
	text       string // words and quoted: the text; field: the value
	name       string // field: its name
	slop       int    // quoted: the number behind ~
	soft       bool   // quoted: by other marks than straight ones, which writers put around names: its words may stand apart
	unclosed   bool   // quoted: the closing mark was missing
	start, end int
}

// operators in the three languages; only in capitals, so that the words themselves can be searched.
var operators = map[string]kind{
	"OR": or, "ИЛИ": or, "НЕМЕСЕ": or, "|": or, "||": or,
	"AND": and, "ЖӘНЕ": and, "&": and, "&&": and, "+": and,
	"NOT": not,
}

// fields that may stand before a colon. Everything else with a colon is plain text.
var fields = map[string]bool{
	"country": true, "institution": true, "kind": true, "status": true, "lang": true, "outlet": true, "date": true,
}

// pairs are quotation marks, opening → closing. A straight mark and “ close by any of theirs.
var pairs = map[rune]string{'"': `"`, '«': "»", '“': `”“"`, '„': `“”"`, '”': `”"`, '‟': `”"`, '″': `″"`}

// lex cuts a query into lexemes. It never fails.
func lex(s string) []lexeme {
	l := lexer{s: s}
	for l.i < len(s) {
		l.next()
	}
	l.flush()
	return l.out
}

type lexer struct {
	s     string
	i     int
	from  int // where the pending run of plain words began
	until int // and where its last word ended; = from where there is none
	out   []lexeme
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
	case r != '"' && pairs[r] != "" && !strings.ContainsAny(l.s[l.i+size:], pairs[r]):
		l.i += size // of a name whose end is missing
		l.flush()
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
	return unicode.IsSpace(r) || r == '('
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

// word reads up to white space, a bracket or a quotation mark that opens at a word's beginning.
func (l *lexer) word() {
	start := l.i
	end := start
	for end < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[end:])
		if unicode.IsSpace(r) || r == '(' || r == ')' || pairs[r] != "" {
			break
		}
		if r == ':' && end > start && fields[strings.ToLower(l.s[start:end])] {
			l.fieldValue(start, end+size)
			return
		}
		end += size
	}
	w := l.s[start:end]
	if k, ok := operators[w]; ok {
		l.emit(lexeme{kind: k, text: w, start: start, end: end})
		return
	}
	l.i, l.until = end, end
}

// fieldValue reads the value behind name: up to white space, or a quoted one.
func (l *lexer) fieldValue(start, at int) {
	x := lexeme{kind: field, name: strings.ToLower(l.s[start : at-1]), start: start}
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
		return
	}
	x.end = at
	for x.end < len(l.s) {
		r, size := utf8.DecodeRuneInString(l.s[x.end:])
		if unicode.IsSpace(r) || r == ')' {
			break
		}
		x.end += size
	}
	x.text = l.s[at:x.end]
	l.emit(x)
}
