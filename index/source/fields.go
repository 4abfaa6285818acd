package source

import (
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"kelisim/index"
)

// fields are what a line of JSON or a row of a table states, by the names of an article's fields.
type fields map[string]string

//go:embed data/columns.txt
var columnsText string

// columns are the usual names of each field, the commonest first; fieldNames are the fields in order.
var columns, fieldNames = func() (out map[string][]string, order []string) {
	out = map[string][]string{}
	for line := range strings.Lines(columnsText) {
		field, names, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || field == "#" {
			continue
		}
		order = append(order, field)
		for name := range strings.SplitSeq(names, "|") {
			out[field] = append(out[field], strings.TrimSpace(name))
		}
	}
	return out, order
}()

// folded is a column's name as data/columns.txt spells it.
func folded(name string) string {
	name = strings.ToLower(norm.NFC.String(strings.Map(visible, name)))
	return strings.Join(strings.FieldsFunc(name, func(r rune) bool { return r == ' ' || r == '_' || r == '-' || r == '\t' || r == '\u00a0' || r == ':' }), " ")
}

// ParseMap reads «title=Заголовок,body=Текст»: which column holds which field.
func ParseMap(s string) (map[string]string, error) {
	out := map[string]string{}
	for pair := range strings.SplitSeq(s, ",") {
		field, column, ok := strings.Cut(pair, "=")
		field = strings.TrimSpace(field)
		switch {
		case strings.TrimSpace(pair) == "":
			continue
		case !ok || strings.TrimSpace(column) == "":
			return nil, fmt.Errorf("%s is not FIELD=COLUMN", quoted(pair))
		case columns[field] == nil:
			return nil, fmt.Errorf("%s is no field of an article; those are %s", quoted(field), strings.Join(fieldNames, ", "))
		}
		out[field] = strings.TrimSpace(column)
	}
	return out, nil
}

// columnsOf finds for each field the columns that may hold it, the likeliest first: those that Map names, then those with the
// field's usual names. It fails where Map names a column that is not there.
func (r *Reader) columnsOf(names []string) (map[string][]string, error) {
	out := map[string][]string{}
	by, taken := map[string][]string{}, map[string]bool{}
	for _, n := range names {
		by[folded(n)] = append(by[folded(n)], n)
	}
	for field, column := range r.Map {
		found := by[folded(column)]
		if len(found) == 0 {
			return nil, fmt.Errorf("there is no column %s; there are %s", quoted(column), quoted(strings.Join(names, ", ")))
		}
		out[field] = found[:1]
		taken[found[0]] = true
	}
	for _, field := range fieldNames {
		if _, ok := r.Map[field]; ok {
			continue
		}
		for _, usual := range columns[field] {
			for _, n := range by[usual] {
				if !taken[n] {
					out[field] = append(out[field], n)
				}
			}
		}
	}
	return out, nil
}

// place is where something stands.
type place struct {
	path string // the file
	line int    // 0: the whole file
}

func (r *Reader) warn(at place, code, text string) {
	if r.Warn != nil {
		r.Warn(Problem{Path: at.path, Line: at.line, Code: code, Err: errors.New(text)})
	}
}

// Codes of warnings besides those of dates.
const (
	HTMLText = "html"    // a field had tags or entities, which were read as such
	NoURL    = "no-url"  // the address is none that may be linked to
	NoID     = "no-id"   // neither id nor address: the article is known by its text
	Empty    = "empty"   // a title without a body
	NoText   = "no-text" // a page of a WARC that is no article
	Aside    = "aside"   // a table or a list in a folder that has no articles
)

// article makes an article of fields; stem names it where nothing else does.
func (r *Reader) article(f fields, stem string, at place) (a index.Article, err error) {
	html := false
	text := func(field string) string {
		s := f[field]
		if marked(s) {
			html, s = true, unmarked(s)
		}
		return s
	}
	a = index.Article{
		URL: strings.TrimSpace(plain(f["url"])), Outlet: line(text("outlet")), Lang: strings.ToLower(line(f["lang"])),
		Title: line(text("title")), Body: strings.Trim(plain(text("body")), "\n"),
	}
	if a.Title == "" && strings.TrimSpace(a.Body) == "" {
		return a, errors.New("neither title nor body")
	}
	if html {
		r.warn(at, HTMLText, "has tags or entities of HTML; they are read as such, the text is kept")
	}
	if strings.TrimSpace(a.Body) == "" {
		r.warn(at, Empty, "has a title and no body")
	}
	if a.URL != "" {
		if err := checkURL(a.URL); err != nil {
			r.warn(at, NoURL, err.Error()+"; the article is kept without it")
			a.URL = ""
		}
	}
	r.dated(&a, f["published"], at)
	switch a.ID = strings.TrimSpace(norm.NFC.String(f["id"])); {
	case a.ID != "":
	case a.URL != "":
		a.ID = idOf(a.Outlet, a.URL)
	default:
		r.unnamed(&a, stem, at)
	}
	return a, checkID(a.ID)
}

// unnamed gives an article the id of its text; stem says where it comes from.
func (r *Reader) unnamed(a *index.Article, stem string, at place) {
	a.ID = idOfText(stem, *a)
	r.warn(at, NoID, "has neither id nor address; it is known by its text, so that a changed text is another article")
}

// dated reads an article's date. One that cannot be used is kept as typed.
func (r *Reader) dated(a *index.Article, typed string, at place) {
	d, code, text := ReadDate(typed, r.Now)
	a.Published, a.Dated = d, ""
	if d.IsZero() && code != Undated {
		a.Dated = cut(line(typed), maxDated)
	}
	if code != "" {
		r.warn(at, code, text)
	}
}

// maxDated bounds a date as typed.
const maxDated = 100 // bytes

func cut(s string, most int) string {
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}

// idOfText makes the id of an article that has none: the file's name and a hash of the text.
func idOfText(stem string, a index.Article) string {
	sum := sha256.Sum256([]byte(a.Title + "\x00" + a.Body + "\x00" + a.Published.String()))
	return cut(stem, maxID/2) + "-" + hex.EncodeToString(sum[:8])
}

// stem is a file's name without its endings.
func stem(path string) string {
	name := unpacked(norm.NFC.String(filepath.Base(path)))
	if path == Stdin {
		return "stdin"
	}
	return strings.TrimSuffix(name, filepath.Ext(name))
}

// told are the columns that were chosen, for the reader to judge: «title=Заголовок body=Текст».
func told(chosen map[string][]string) string {
	var out []string
	for _, field := range slices.Sorted(maps.Keys(chosen)) {
		out = append(out, field+"="+chosen[field][0])
	}
	return strings.Join(out, ", ")
}

// checkURL lets through what a page may safely link to.
func checkURL(s string) error {
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || u.User != nil {
		return fmt.Errorf("url %s is not an http or https address", quoted(s))
	}
	return nil
}

// idOf makes the id of a page: its outlet, or its host, and a hash of its address.
func idOf(outlet, address string) string {
	u, _ := url.Parse(address)
	u.Fragment, u.Host = "", strings.ToLower(u.Host)
	sum := sha256.Sum256([]byte(u.String()))
	name := outlet
	if name == "" {
		name = strings.TrimPrefix(u.Hostname(), "www.")
	}
	name = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`/\`, r) {
			return '-'
		}
		return r
	}, name)
	if len(name) > maxID/2 {
		name = strings.ToValidUTF8(name[:maxID/2], "")
	}
	return name + "-" + hex.EncodeToString(sum[:8])
}
