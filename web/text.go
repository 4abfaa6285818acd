package web

import (
	"bufio"
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/collate"
	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// languages of the interface; the first is the default.
var languages = []string{"kk", "ru", "en"}

// words are the messages of one language. In text/*.txt a line is «key = text»; {0}, {1} … stand for what a page puts
// in, {n} for a number, whose plural forms are parted by « | » in the order of CLDR (ru: 1 | 2 | 5; en: 1 | 2; kk: one).
type words struct {
	lang  string
	tag   language.Tag
	forms []plural.Form // in the order in which they stand in a message
	of    map[string][]string
	keys  []string // as they stand in the file

	orders *sync.Pool // of *alphabet: to make one takes longer than to put a facet in order
}

// alphabet is the order of a language's letters, with room for keys. It is for one goroutine.
type alphabet struct {
	*collate.Collator
	buf collate.Buffer
}

// formsOf gives the forms that whole numbers take in a language.
var formsOf = map[string][]plural.Form{
	"kk": {plural.Other},
	"ru": {plural.One, plural.Few, plural.Many},
	"en": {plural.One, plural.Other},
}

var allWords = loadWords()

func loadWords() map[string]*words {
	all := map[string]*words{}
	for _, lang := range languages {
		f, err := files.Open("text/" + lang + ".txt")
		if err != nil {
			panic(err)
		}
		w, err := readWords(lang, f)
		if err != nil {
			panic(err)
		}
		all[lang] = w
	}
	return all
}

// bound keeps together what no line may part: a dash stays with the word before it, a number with the hyphen behind it.
var bound = strings.NewReplacer(" — ", "\u00a0— ", " – ", "\u00a0– ", "}-", "}\u2011")

// No line parts a date, nor what a range that begins or ends with one has from its first part to its last: «2025 ж. 17 қарашадан» holds
// together, «бастап» may stand on the next line.
var (
	dates  = regexp.MustCompile(`^date\.(year|month|day|quarter|daymonth)$`)
	bounds = regexp.MustCompile(`^date\.(from|to)\.`)
	inside = regexp.MustCompile(`\{.*\}`)
)

func unparted(s string) string { return strings.ReplaceAll(s, " ", "\u00a0") }

// readWords reads a file of messages. Empty lines and those that begin with # are for people.
func readWords(lang string, r io.Reader) (*words, error) {
	w := &words{lang: lang, tag: language.Make(lang), forms: formsOf[lang], of: map[string][]string{}}
	w.orders = &sync.Pool{New: func() any { return &alphabet{Collator: collate.New(w.tag)} }}
	in := bufio.NewScanner(r)
	for n := 1; in.Scan(); n++ {
		line := strings.TrimSpace(in.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		key, text, ok := strings.Cut(line, " = ")
		if !ok {
			return nil, fmt.Errorf("text %s, line %d: no « = »", lang, n)
		}
		if _, twice := w.of[key]; twice {
			return nil, fmt.Errorf("text %s, line %d: %s stands twice", lang, n, key)
		}
		switch {
		case dates.MatchString(key):
			text = unparted(text)
		case bounds.MatchString(key):
			text = inside.ReplaceAllStringFunc(text, unparted)
		}
		forms := strings.Split(bound.Replace(text), " | ")
		if len(forms) != 1 && len(forms) != len(w.forms) {
			return nil, fmt.Errorf("text %s, line %d: %s has %d forms, want %d", lang, n, key, len(forms), len(w.forms))
		}
		w.of[key] = forms
		w.keys = append(w.keys, key)
	}
	return w, in.Err()
}

func (w *words) has(key string) bool { return w.of[key] != nil }

// text is a message with plain arguments; for an unknown key the key itself.
func (w *words) text(key string, args ...string) string {
	return expand(w.form(key, 0), "", func(i int) string { return args[i] }, len(args))
}

// count is the message for a number in its plural form.
func (w *words) count(key string, n int, args ...string) string {
	return expand(w.form(key, n), w.number(n), func(i int) string { return args[i] }, len(args))
}

// rich is a message as HTML: its own text and plain arguments are escaped, those that are HTML are not.
func (w *words) rich(key string, args ...any) template.HTML { return w.richCount(key, 0, args...) }

func (w *words) richCount(key string, n int, args ...any) template.HTML {
	s := template.HTMLEscapeString(w.form(key, n))
	return template.HTML(expand(s, w.number(n), func(i int) string {
		if h, ok := args[i].(template.HTML); ok {
			return string(h)
		}
		return template.HTMLEscapeString(fmt.Sprint(args[i]))
	}, len(args)))
}

func (w *words) form(key string, n int) string {
	forms := w.of[key]
	switch len(forms) {
	case 0:
		return key
	case 1:
		return forms[0]
	}
	// MatchPlural looks at the last seven digits only; so do the rules of our languages.
	is := plural.Cardinal.MatchPlural(w.tag, n%10_000_000, 0, 0, 0, 0)
	for i, f := range w.forms {
		if f == is {
			return forms[i]
		}
	}
	return forms[len(forms)-1]
}

// number groups figures by a narrow space that does not break.
func (w *words) number(n int) string {
	s := strconv.Itoa(n)
	var out strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 && s[i-1] != '-' {
			out.WriteRune('\u202f')
		}
		out.WriteRune(r)
	}
	return out.String()
}

// expand puts n and arguments into a message. What an argument holds is not looked at again.
func expand(s, n string, arg func(int) string, args int) string {
	var out strings.Builder
	for {
		before, rest, ok := strings.Cut(s, "{")
		out.WriteString(before)
		if !ok {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		i, err := strconv.Atoi(name)
		switch {
		case closed && name == "n":
			out.WriteString(n)
		case closed && err == nil && i >= 0 && i < args:
			out.WriteString(arg(i))
		default:
			out.WriteString("{")
			s = rest
			continue
		}
		s = after
	}
}
