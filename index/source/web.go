package source

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/PuerkitoBio/goquery"

	"kelisim/index"
)

// Web reads what was fetched: feeds, site maps, lists of links, pages. It asks for nothing itself.
type Web struct {
	Now func() time.Time // a later date is not believed
}

// errCut says that a list did not end within what is read of it.
func errCut(n int) error {
	return fmt.Errorf("longer than %.0f MiB, and no items in what was read of it", float64(n)/(1<<20))
}

// bodyText is a body of XML or JSON as UTF-8, without a mark at its start or XML's own word on the encoding.
func bodyText(b index.Body) ([]byte, error) {
	data := b.Data
	if b.Cut { // not inside a letter
		for i := 0; i < utf8.UTFMax && len(data) > 0 && !utf8.FullRune(data[max(0, len(data)-i-1):]); i++ {
			data = data[:len(data)-i-1]
		}
	}
	said := []string{b.Charset}
	head := data[:min(len(data), 1024)]
	if m := xmlCharset.FindSubmatch(head); m != nil {
		said = append(said, string(m[1]))
	}
	set, err := statedCharset(data, said)
	if err != nil {
		return nil, err
	}
	text := bytes.TrimPrefix(set.bytes(data), bom)
	if n := bytes.IndexByte(text, 0); n >= 0 {
		return nil, fmt.Errorf("line %d holds a zero byte, which no text has", lineAt(text, n))
	}
	if n := invalid(text); n >= 0 {
		return nil, fmt.Errorf("line %d is not %s, as the text is said to be", lineAt(text, n), set.name)
	}
	if m := xmlDeclaration.FindIndex(text[:min(len(text), 1024)]); m != nil {
		text = text[m[1]:]
	}
	return bytes.TrimLeft(text, " \t\r\n"), nil
}

var (
	xmlDeclaration = regexp.MustCompile(`^\s*<\?xml[^>]*\?>`)
	xmlCharset     = regexp.MustCompile(`^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z0-9._:-]+)["']`)
)

// statedCharset is the first of the encodings that a text is said to have in which it can be read. Nothing is guessed but what Kazakh
// servers mean by windows-1251.
func statedCharset(data []byte, said []string) (charset, error) {
	if guess, _ := encodingOf(data[:min(len(data), headSize)]); strings.HasPrefix(guess.name, "UTF-16") && !guess.guessed {
		return guess, nil
	}
	isUTF8 := utf8.Valid(data)
	for _, name := range said {
		if name == "" {
			continue
		}
		set, err := charsetOf(name)
		if err != nil {
			return charset{}, fmt.Errorf("the encoding %s is not supported", quoted(name))
		}
		switch {
		case set.decode == nil && !isUTF8:
			continue // another word on it may be right
		case set.decode != nil && isUTF8 && !ascii(data):
			return utf8Set, nil // servers state an encoding for all that they send
		case set.name == "windows-1251":
			if guess, _ := encodingOf(data[:min(len(data), headSize)]); guess.asWindows() {
				return guess, nil
			}
		}
		return set, nil
	}
	return utf8Set, nil
}

func ascii(data []byte) bool {
	for _, c := range data {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// invalid is where a text stops being UTF-8, -1 nowhere.
func invalid(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && size == 1 {
			return i
		}
		i += size
	}
	return -1
}

func lineAt(text []byte, at int) int { return 1 + bytes.Count(text[:at], []byte("\n")) }

// unharmed makes an error of a fault in a library: a service that reads what strangers write must not end by it.
func unharmed(err *error) {
	if p := recover(); p != nil {
		*err = fmt.Errorf("cannot be read, by a fault of the program: %v", p)
	}
}

// Page reads an article from the page at an address. The error is [ErrNoText] where the page has no text of an article.
func (w Web) Page(b index.Body) (f index.Found, err error) {
	defer unharmed(&err)
	if what := foreign(b.Data); what != "" {
		return f, errors.New(what + ", no page")
	}
	if b.Cut {
		return f, fmt.Errorf("longer than %.0f MiB, which no page is", float64(len(b.Data))/(1<<20))
	}
	r := &Reader{Now: w.Now()}
	in := &input{path: b.URL, name: b.URL, url: b.URL}
	in.file.Kind = PageFile
	doc, f, err := r.pageFound(in, b.Data, b.Charset, place{b.URL, 0})
	if err != nil {
		return f, err
	}
	f.Article.Path, f.Article.Fetched = b.URL, r.Now
	if in.file.Guessed {
		f.Article.How = in.file.Choice()
	}
	f.Main, f.Others = forms(doc, b.URL, f.Article)
	f.Article.ID = idOf("", f.Main)
	f.Article.URL = f.Main
	return f, checkID(f.Article.ID)
}

// ErrNoText says that a page has no text of an article.
var ErrNoText = errNoText

// Item makes an article of what a feed says of it: what is known until its page was read. from is the feed's address.
func (w Web) Item(i index.Item, from string) (a index.Article, err error) {
	r := &Reader{Now: w.Now()}
	a = index.Article{ID: idOf("", i.URL), URL: i.URL, Outlet: i.Outlet, Lang: i.Lang, Title: i.Title, Body: i.Body, Path: from, Fetched: r.Now, How: index.FromFeed}
	if strings.TrimSpace(a.Title+a.Body) == "" {
		return a, errNoText
	}
	r.dated(&a, i.Dated, place{from, 0})
	return a, checkID(a.ID)
}

// Links gives the addresses that a page leads to, each once, with the words of its links.
func (w Web) Links(b index.Body) (l index.Listing, err error) {
	defer unharmed(&err)
	if what := foreign(b.Data); what != "" {
		return l, errors.New(what + ", no page with links")
	}
	r := &Reader{}
	set := r.pageCharset(b.Data, b.Charset)
	root, err := html.Parse(strings.NewReader(strings.ToValidUTF8(string(set.bytes(b.Data)), "\ufffd")))
	if err != nil {
		return l, fmt.Errorf("not HTML that can be read: %w", err)
	}
	doc := goquery.NewDocumentFromNode(root)
	base := b.URL
	if href := absolute(base, doc.Find("base[href]").First().AttrOr("href", "")); checkURL(href) == nil {
		base = href
	}
	at := map[string]int{}
	doc.Find("a[href]").Each(func(_ int, s *goquery.Selection) {
		u := absolute(base, s.AttrOr("href", ""))
		if checkURL(u) != nil {
			return
		}
		u = index.CleanAddress(u)
		title := line(squeeze(s.Text()))
		if i, ok := at[u]; ok {
			if len(title) > len(l.Items[i].Title) { // a picture leads to the same article
				l.Items[i].Title = title
			}
			return
		}
		at[u] = len(l.Items)
		l.Items = append(l.Items, index.Item{URL: u, Title: title})
	})
	for i := range l.Items {
		l.Items[i].Title = "" // the words of a link are no headline: «Толығырақ»
	}
	if len(l.Items) == 0 {
		return l, errors.New("no links were found in the page")
	}
	return l, nil
}
