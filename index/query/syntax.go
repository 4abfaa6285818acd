package query

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis"
	"kelisim/index"
)

// reading is what was typed, cut into lexemes that fit together. What does not fit is blanked in the text, what is not closed
// is closed at its end, and each such mend is told in a note: so the text that is left reads the same again, and without notes.
type reading struct {
	typed string // what notes speak of
	text  string // mended; what it shares with typed stands at the same bytes
	lex   []lexeme
	notes []index.Note
}

// fault is a place that does not fit.
type fault struct {
	code       string // of the note; "" says nothing
	start, end int    // what the note names
	blank      [2]int // what is blanked
	shut       string // what is added at the end
}

// maxMends bounds the work on a query of brackets only; what still does not fit then is passed over.
const maxMends = 1000

func read(typed string, meant func(field, value string) bool) reading {
	known := map[string]bool{}
	remembered := func(field, value string) bool {
		key := field + ":" + value
		ok, asked := known[key]
		if !asked {
			ok = meant(field, value)
			known[key] = ok
		}
		return ok
	}
	r := reading{typed: typed, text: typed}
	long := false
	for n := 0; ; n++ {
		r.text = strayMarks(r.text)
		r.lex = lex(r.text, remembered)
		f, faulty := faultOf(r.lex, r.text, remembered)
		if !faulty || n == maxMends {
			return r
		}
		long = long || f.code == "long"
		if f.code != "" && (!long || f.code == "long") && f.start < len(typed) {
			r.tell(f)
		}
		b := []byte(r.text)
		for i := f.blank[0]; i < f.blank[1]; i++ {
			b[i] = ' '
		}
		r.text = string(b) + f.shut
	}
}

// tell adds a note on a fault, with the query without it.
func (r *reading) tell(f fault) {
	end := min(f.end, len(r.typed))
	n := index.Note{Code: f.code, Args: []string{r.typed[f.start:end]}}
	undo := index.Query{Text: cut(r.typed, f.start, end)}
	if f.code == "quote" || f.code == "short" {
		_, size := utf8.DecodeRuneInString(r.typed[f.blank[0]:])
		undo.Text = cut(r.typed, f.blank[0], f.blank[0]+size)
	}
	if f.code == "long" {
		undo.Text = cut(r.typed, f.start, len(r.typed))
	}
	n.Undo = &undo
	r.notes = append(r.notes, n)
}

// cut is a text without the bytes from start to end.
func cut(s string, start, end int) string {
	return strings.Join(strings.Fields(s[:min(start, len(s))]+" "+s[min(end, len(s)):]), " ")
}

// strayMarks blanks soft quotation marks that nothing closes: of a name whose end is missing.
func strayMarks(s string) string {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case pairs[r] == "":
		case strings.ContainsAny(s[i+size:], pairs[r]):
			n := strings.IndexAny(s[i+size:], pairs[r])
			_, w := utf8.DecodeRuneInString(s[i+size+n:])
			size += n + w
		case r != '"':
			s = s[:i] + strings.Repeat(" ", size) + s[i+size:]
		default:
			return s // an open straight mark reaches to the end
		}
		i += size
	}
	return s
}

// level is a pair of brackets, or the whole query, while its lexemes are looked over.
type level struct {
	opening int  // its lexeme; -1 of the whole
	left    bool // something stands there that an operator can join
	joins   bool // that may stand beside /s
	flat    bool // nothing but words and OR
	pending int  // the operator that waits for its right side; -1: none
	unary   int  // the minus or field that waits for what it holds for; -1: none
}

// faultOf finds the first place of a query that does not fit.
func faultOf(lex []lexeme, text string, meant func(field, value string) bool) (fault, bool) {
	at := func(code string, x lexeme) (fault, bool) {
		return fault{code: code, start: x.start, end: x.end, blank: [2]int{x.start, x.end}}, true
	}
	operator := func(x lexeme) (fault, bool) {
		if x.kind == and && letters(x.text) == 0 {
			return at("", x)
		}
		return at("operator", x)
	}
	stack := []level{{opening: -1, flat: true, pending: -1, unary: -1}}
	count := 0
	for i, x := range lex {
		l := &stack[len(stack)-1]
		beside := l.pending >= 0 && lex[l.pending].kind == near
		if beside && (x.kind == not || x.kind == scope || x.kind == field) {
			return operator(lex[l.pending])
		}
		l.flat = l.flat && (x.kind == words && !strings.ContainsFunc(x.text, isSpace) || x.kind == prefix || x.kind == or || x.kind == shut)
		switch x.kind {
		case open:
			if len(stack) > maxDepth {
				return at("bracket", x)
			}
			stack = append(stack, level{opening: i, flat: true, pending: -1, unary: -1})
			continue
		case shut:
			switch {
			case l.unary >= 0:
				return operator(lex[l.unary])
			case l.pending >= 0:
				return operator(lex[l.pending])
			case l.opening < 0:
				return at("bracket", x)
			case !l.left:
				f, ok := at("", lex[l.opening])
				f.blank[1] = x.end
				return f, ok
			}
			flat := l.flat
			stack = stack[:len(stack)-1]
			l = &stack[len(stack)-1]
			if l.pending >= 0 && lex[l.pending].kind == near && !flat {
				return operator(lex[l.pending])
			}
			l.left, l.joins, l.pending, l.unary = true, flat && l.unary < 0, -1, -1
			continue
		case or, and, near:
			switch {
			case l.unary >= 0:
				return operator(lex[l.unary])
			case !l.left || l.pending >= 0 || x.kind == near && !l.joins:
				return operator(x)
			}
			l.pending = i
			continue
		case not, scope:
			if l.unary >= 0 && lex[l.unary].kind == x.kind {
				return operator(lex[l.unary])
			}
			l.unary = i
			continue
		case field:
			switch {
			case x.unclosed:
				return unclosed(x, text)
			case !meant(x.name, strings.TrimPrefix(x.text, "-")):
				return at("field", x)
			}
		case words, quoted, prefix:
			if x.unclosed {
				return unclosed(x, text)
			}
			toks := analysis.Split(x.text)
			if first := strings.IndexFunc(x.text, isSpace); x.kind == words && l.unary >= 0 && first > 0 && len(analysis.Split(x.text[:first])) == 0 {
				x.end = x.start + first
				return at("empty", x)
			}
			if len(toks) == 0 {
				return at("empty", x)
			}
			if x.kind == prefix && utf8.RuneCountInString(toks[len(toks)-1].Form) < leastPrefix {
				f, ok := at("short", x)
				f.blank[0] = x.end - 1
				return f, ok
			}
			if room := maxWords - count; len(toks) > room {
				_, size := utf8.DecodeRuneInString(text[x.start:])
				from := x.start + toks[room].Start
				if x.kind == quoted {
					from += size
				}
				return fault{code: "long", start: from, end: from + len(toks[room].Surface), blank: [2]int{from, len(text)}}, true
			}
			count += len(toks)
		}
		alone := l.unary < 0 || x.kind == words && strings.ContainsFunc(x.text, isSpace)
		l.left, l.joins, l.pending, l.unary = true, alone && x.kind != field, -1, -1
	}
	l := stack[len(stack)-1]
	switch {
	case l.unary >= 0:
		return operator(lex[l.unary])
	case l.pending >= 0:
		return operator(lex[l.pending])
	case l.opening >= 0 && !l.left:
		return at("bracket", lex[l.opening])
	case l.opening >= 0:
		x := lex[l.opening]
		return fault{code: "bracket", start: x.start, end: x.end, shut: ")"}, true
	}
	return fault{}, false
}

// unclosed is the fault of a straight quotation mark that nothing closes.
func unclosed(x lexeme, text string) (fault, bool) {
	mark := x.end - len(x.text)
	_, size := utf8.DecodeLastRuneInString(text[:mark])
	return fault{code: "quote", start: mark - size, end: mark, blank: [2]int{mark - size, mark - size}, shut: `"`}, true
}

// operates reports whether a lexeme says how the query is to be read: whoever writes so means it. Brackets alone stand in
// plain sentences too, and «&» in names.
func operates(x lexeme) bool {
	switch x.kind {
	case words, open, shut:
		return false
	case and:
		return letters(x.text) > 0 || x.text == "&&"
	}
	return !x.soft
}

func (r reading) strict() bool { return slices.ContainsFunc(r.lex, operates) }

// literal reports whether a lexeme says that the words of its query are meant as they are written. A minus and a field take
// nothing from the other words: they are translated as ever.
func literal(x lexeme) bool { return operates(x) && x.kind != not && x.kind != field }

// String is the query as it was mended: it is read as the same again. Between digits white space tells one number from two, and
// stays so.
func (r reading) String() string {
	var b strings.Builder
	last, gap := rune(0), ""
	for i, c := range r.text {
		if unicode.IsSpace(c) {
			gap += string(c)
			continue
		}
		switch {
		case gap == "" || b.Len() == 0:
		case !unicode.IsDigit(last) || !unicode.IsDigit(c):
			b.WriteByte(' ')
		case utf8.RuneCountInString(gap) > 1:
			b.WriteString("  ")
		default:
			b.WriteString(gap)
		}
		_, size := utf8.DecodeRuneInString(r.text[i:])
		b.WriteString(r.text[i : i+size]) // bad UTF-8 too
		last, gap = c, ""
	}
	return b.String()
}
