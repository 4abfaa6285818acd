package web

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"kelisim/index"
)

const (
	// maxAddress is far above what a page of ours links to, and keeps thousands of parameters out.
	maxAddress = 16 << 10 // bytes
	maxText    = 1000     // characters of a query; more is cut, and the page says so
	maxValues  = 100      // values chosen in all facets together: each costs the engine a clause
	maxFind    = 100      // characters
	maxKeep    = 20       // words taken as typed
	maxVersion = 100_000  // far more states than any article has
)

// request is an address as understood.
type request struct {
	index.Query
	Group string // whether articles of one story are one hit, where that is not the page's own way: see apart
	HL    string // the language chosen in the address, "" where none is
	Path  string // of the page
	More  string // the facet whose whole list is asked for
	Find  string // what to look for in that list
	Cut   bool   // the query's text was too long
	Limit int    // facet_size: values of each facet, 0 means all
	Old   int    // states of an article to compare; 0 where the address does not say
	New   int
	shape
}

// The days that an agreement may be taken by: the one that the text states, else that of the report; or always that of the report.
const (
	dayStated   = "stated"
	dayReported = "reported"
)

// parameterNames are all that an address may say, beside the names of facets.
var parameterNames = []string{"q", "tab", "from", "to", "date", "min_confidence", "match", "sort", "x", "repair", "group", "size", "cursor", "more", "find", "facet_size", "rows", "cols", "by", "split", "vs", "count", "order", "day", "old", "new", "keep", "hl"}

// parse reads an address strictly: a parameter or a value that cannot be meant is a fault that names it and the nearest
// right one. Whether the values of facets are any is for check to say. What other sites add to links is left alone.
func parse(r *http.Request) (request, error) {
	out := request{Path: r.URL.Path}
	if len(r.URL.RawQuery) > maxAddress {
		return out, &fault{Status: http.StatusRequestURITooLong, Key: "long"}
	}
	// A semicolon is a character like any other here; net/url would drop the whole pair.
	values, err := url.ParseQuery(strings.ReplaceAll(r.URL.RawQuery, ";", "%3B"))
	if err != nil {
		return out, bad("escape")
	}
	p := parameters{values: values}
	p.names()
	out.HL = p.oneOf("hl", languages...)
	out.Text, out.Cut = text(p.one("q"), maxText)
	out.Tab = index.Tab(p.oneOf("tab", append([]string{string(index.Articles), string(index.Agreements)}, viewNames...)...))
	out.Match = p.oneOf("match", "all", "most")
	out.Sort = index.Sort(p.oneOf("sort", string(index.Relevance), string(index.Newest), string(index.Oldest)))
	out.Cursor = p.one("cursor")
	out.Size = p.number("size", 1, index.MaxSize)
	out.Limit = p.number("facet_size", 0, 10_000)
	out.Old, out.New = p.number("old", 1, maxVersion), p.number("new", 1, maxVersion)
	out.NoExpand = p.oneOf("x", "0", "1") == "0"
	out.NoRepair = p.oneOf("repair", "0", "1") == "0"
	if out.Group = p.oneOf("group", apart, inStories); out.Group == out.ownGroup() {
		out.Group = ""
	}
	out.Keep = p.several("keep", maxKeep)
	out.MinConfidence = p.confidence("min_confidence")
	out.Selection = p.selection()
	out.More = p.oneOf("more", facetNames()...)
	out.Find, _ = text(p.one("find"), maxFind)
	p.shape(&out)
	out.Tab = cmp.Or(out.Tab, out.ownTab())
	return out, p.err
}

func facetNames() []string {
	var out []string
	for _, f := range index.Facets() {
		out = append(out, f.Name)
	}
	return out
}

// text makes a query safe to hold and to show: UTF-8, no control characters, at most limit characters.
func text(s string, limit int) (out string, cut bool) {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return ' '
		}
		return r
	}, s)
	s = strings.TrimSpace(s)
	if utf8.RuneCountInString(s) <= limit {
		return s, false
	}
	n := 0
	for i := range s {
		if n == limit {
			return strings.TrimSpace(s[:i]), true
		}
		n++
	}
	return s, false
}

// parameters are an address's values, with the first fault that was found in them.
type parameters struct {
	values url.Values
	err    error
}

func (p *parameters) fail(key string, args ...string) {
	if p.err == nil {
		p.err = bad(key, args...)
	}
}

// one is the value of a parameter that can be given once. Empty values come from empty fields of forms.
func (p *parameters) one(name string) string {
	value := ""
	for _, v := range p.values[name] {
		if v == "" || v == value {
			continue
		}
		if value != "" {
			p.fail("twice", name)
			break
		}
		value = v
	}
	return value
}

// several are the values of a parameter that can be given more than once, each once.
func (p *parameters) several(name string, most int) (out []string) {
	for _, v := range p.values[name] {
		if v, _ = text(v, maxFind); v != "" && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	if len(out) > most {
		p.fail("several", name, strconv.Itoa(most))
		return nil
	}
	return out
}

func (p *parameters) oneOf(name string, allowed ...string) string {
	v := p.one(name)
	if v != "" && !slices.Contains(allowed, v) {
		p.fault(choice(name, v, allowed), name, v)
		return ""
	}
	return v
}

// choice is the fault of a value that is none of a few.
func choice(name, v string, allowed []string) *fault {
	f := &fault{Status: http.StatusBadRequest, Key: "choice", Args: []string{name, shown(v), strings.Join(allowed, ", ")}}
	if near := Nearest(v, allowed); near != "" {
		f.Key, f.Near = "choice.near", near
		f.Args = append(f.Args, near)
	}
	return f
}

// names looks for parameters that there are not.
func (p *parameters) names() {
	known := slices.Concat(parameterNames, facetNames())
	for _, name := range slices.Sorted(maps.Keys(p.values)) {
		if slices.Contains(known, name) || isForeign(name) {
			continue
		}
		p.fault(unknown(name, known), name, "")
		return
	}
}

// unknown is the fault of a parameter that is none of those that are known.
func unknown(name string, known []string) *fault {
	f := &fault{Status: http.StatusBadRequest, Key: "unknown", Args: []string{shown(name), strings.Join(known, ", ")}}
	if near := Nearest(name, known); near != "" {
		f.Key, f.Near = "unknown.near", near
		f.Args = append(f.Args, near)
	}
	return f
}

// fault is the first fault of an address, with the address that it would be without: value in the parameter name becomes
// the nearest one, or the parameter itself where value is "".
func (p *parameters) fault(f *fault, name, value string) {
	if p.err != nil {
		return
	}
	p.err = f.mended(p.values, name, value)
}

// mended gives a fault the address that its nearest word makes; without one, that the wrong thing is left out of.
func (f *fault) mended(values url.Values, name, value string) *fault {
	out := url.Values{}
	for n, vs := range values {
		for _, v := range vs {
			to := n
			switch {
			case n != name || value != "" && v != value:
			case f.Near == "":
				continue
			case value == "":
				to = f.Near
			default:
				v = f.Near
				if strings.HasPrefix(value, "-") && !strings.HasPrefix(v, "-") {
					v = "-" + v
				}
			}
			out.Add(to, v)
		}
	}
	f.Instead = "?" + out.Encode()
	return f
}

// number is a whole number as it is usually written; 0 where none is given.
func (p *parameters) number(name string, least, most int) int {
	v := p.one(name)
	if v == "" {
		return 0
	}
	n, err := strconv.Atoi(v)
	if err != nil || strconv.Itoa(n) != v || n < least || n > most {
		p.fail("number", name, shown(v), strconv.Itoa(least), strconv.Itoa(most))
		return 0
	}
	return n
}

var twoDecimals = regexp.MustCompile(`^(0|0?\.[0-9]{1,2}|1|1\.00?)$`)

// confidence is a number from 0 to 1 with two decimals at most; the default is left out.
func (p *parameters) confidence(name string) index.Percent {
	v := p.one(name)
	if v == "" {
		return 0
	}
	n, err := strconv.ParseFloat(v, 64)
	if err != nil || !twoDecimals.MatchString(v) {
		p.fail("confidence", name, shown(v))
		return 0
	}
	switch least := index.PercentOf(n); least {
	case 0:
		return index.Any
	case index.Shown:
		return 0
	default:
		return least
	}
}

func (p *parameters) date(name string) index.Date {
	v := strings.TrimSpace(p.one(name))
	d, err := index.ParseDate(v)
	if err != nil {
		p.fail("date", name, shown(v))
	}
	return d
}

func (p *parameters) selection() index.Selection {
	var s index.Selection
	n := 0
	for _, f := range index.Facets() {
		for _, v := range p.values[f.Name] {
			if v, _ = text(v, maxText); v == "" || v == "-" {
				continue
			}
			if n++; n > maxValues {
				p.fail("values", strconv.Itoa(maxValues))
				return s
			}
			s = s.With(f.Name, v)
		}
	}
	// Days, months and years are from and to; only «undated» is a value like those of other facets.
	if v := p.oneOf("date", index.UndatedKey, "-"+index.UndatedKey); v != "" {
		s = s.With("date", v)
	}
	s.Reported = p.oneOf("day", dayStated, dayReported) == dayReported
	s.From, s.To = p.date("from"), p.date("to")
	if !s.From.IsZero() && !s.To.IsZero() && s.From.First() > s.To.Last() {
		p.fail("range", s.From.String(), s.To.String())
	}
	return s
}

// shown is a wrong value as a message repeats it: short, and safe to hold.
func shown(v string) string {
	s, cut := text(v, 40)
	if cut {
		s += "…"
	}
	return s
}
