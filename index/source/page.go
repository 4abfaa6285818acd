package source

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"

	"kelisim/index"
)

// maxPage bounds a saved page: its scripts and styles are many times longer than its text.
const maxPage = 16 << 20 // bytes

// page reads a saved web page.
func (r *Reader) page(in *input, f io.Reader) error {
	raw, err := readPage(f)
	var a index.Article
	if err == nil {
		a, err = r.pageOf(in, raw, "", place{in.path, 0})
	}
	if err != nil {
		r.fail(in, 0, err)
		return nil
	}
	a.Path = in.path
	return r.yield(in, a)
}

var errNoText = errors.New("no text of an article was found in the page")

// readPage reads all of a page as it is: its head may say how it is encoded.
func readPage(f io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(f, maxPage+1))
	if err == nil && len(raw) > maxPage {
		err = fmt.Errorf("longer than %d MiB, which no page is", maxPage>>20)
	}
	return raw, err
}

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,300}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{2,40})`)
	savedFrom   = regexp.MustCompile(`<!--\s*saved from url=\(\d+\)(\S+)\s*-->`)
)

// pageCharset tells how a page is encoded: as --encoding says, or as a mark does, or UTF-8 where it is that, or as the page's or
// the server's head says, or by a guess.
func (r *Reader) pageCharset(raw []byte, said string) charset {
	if r.Encoding != "" {
		set, _ := charsetOf(r.Encoding)
		return set
	}
	set, _ := encodingOf(raw)
	if !set.guessed {
		return set
	}
	if m := metaCharset.FindSubmatch(raw[:min(len(raw), 4096)]); m != nil {
		said = string(m[1])
	}
	if stated, err := charsetOf(said); err == nil && stated.decode != nil && !strings.HasPrefix(stated.name, "UTF-16") {
		if stated.name == "windows-1251" && set.asWindows() {
			return set // Kazakh pages call it so
		}
		return stated
	}
	return set
}

// pageOf reads an article from a page; in.url is where it was fetched, "" where only the page itself can say it.
func (r *Reader) pageOf(in *input, raw []byte, charset string, at place) (index.Article, error) {
	_, f, err := r.pageFound(in, raw, charset, at)
	return f.Article, err
}

// pageFound gives the page too. Of what it finds only the article is set.
func (r *Reader) pageFound(in *input, raw []byte, charset string, at place) (doc *goquery.Document, f index.Found, err error) {
	set := r.pageCharset(raw, charset)
	in.file.Encoding, in.file.Guessed = set.name, set.guessed
	text := strings.ToValidUTF8(string(bytes.TrimPrefix(set.bytes(raw), bom)), "\ufffd")
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, f, fmt.Errorf("not HTML that can be read: %w", err)
	}
	doc = goquery.NewDocumentFromNode(root)
	f.Article, err = r.articleOf(in, doc, text, at)
	return doc, f, err
}

func (r *Reader) articleOf(in *input, doc *goquery.Document, text string, at place) (a index.Article, err error) {
	s := stateOf(doc)
	if m := savedFrom.FindStringSubmatch(text[:min(len(text), 2048)]); m != nil {
		s.urls = append(s.urls, m[1])
	}
	if in.url != "" {
		s.urls = append(s.urls, in.url)
	}
	for _, u := range s.urls {
		if abs := absolute(in.url, u); checkURL(abs) == nil && (in.url == "" || mayBeSelf(in.url, abs)) {
			a.URL = abs
			break
		}
	}
	rules := rulesFor(hostOf(a.URL))
	a.Outlet, a.Lang = line(s.site), langOf(s.lang)
	a.Title = line(s.title)
	if t := line(rules.first(doc, "title")); t != "" && (a.Title == "" || strings.HasPrefix(a.Title, t)) {
		a.Title = t // a headline of the head often has the site's name behind it
	}
	if a.Title == "" {
		a.Title = line(doc.Find("head title").First().Text())
	}
	dated := rules.date(doc)
	rules.hideHead(doc, a.Title)
	a.Body = norm.NFC.String(plain(rules.body(doc)))
	if a.Body == "" && s.body != "" {
		a.Body = strings.Trim(plain(unmarked(s.body)), "\n")
	}
	if a.Body == "" {
		a.Body = norm.NFC.String(plain(rules.found(doc.Nodes[0])))
	}
	if strings.TrimSpace(a.Body) == "" || in.file.Kind == WARCFile && len(a.Body) < minBody {
		return a, errNoText
	}
	if len(a.Body) > maxArticle {
		return a, errLine
	}
	r.datedPage(&a, append(s.dates, dated), at)
	switch {
	case a.URL != "":
		a.ID = idOf("", a.URL)
	case in.path == Stdin:
		r.unnamed(&a, stem(in.path), at)
	default:
		a.ID = stem(in.name)
	}
	return a, checkID(a.ID)
}

// datedPage takes the first date of a page that can be used.
func (r *Reader) datedPage(a *index.Article, dates []string, at place) {
	dates = slices.DeleteFunc(dates, func(s string) bool { return strings.TrimSpace(s) == "" })
	for _, s := range dates {
		if d, _, _ := ReadDate(s, r.Now); !d.IsZero() {
			r.dated(a, s, at)
			return
		}
	}
	typed := ""
	if len(dates) > 0 {
		typed = dates[0]
	}
	r.dated(a, typed, at)
}

// state is what a page's head and its JSON-LD state.
type state struct {
	title, site, lang, body string
	urls, dates             []string // the likeliest first
}

func stateOf(doc *goquery.Document) (s state) {
	meta := map[string]string{}
	doc.Find("meta[content]").Each(func(_ int, m *goquery.Selection) {
		for _, key := range []string{"property", "name", "itemprop"} {
			if k := strings.ToLower(m.AttrOr(key, "")); k != "" && meta[k] == "" {
				meta[k] = strings.TrimSpace(m.AttrOr("content", ""))
			}
		}
	})
	ld := linked(doc)
	s.title = first(ld.Headline, meta["og:title"], meta["twitter:title"], meta["dc.title"])
	s.site = first(ld.Publisher, meta["og:site_name"])
	s.lang = first(ld.Lang, doc.Find("html").AttrOr("lang", ""), meta["og:locale"])
	if l, _, ok := strings.Cut(strings.ReplaceAll(s.lang, "_", "-"), "-"); ok {
		s.lang = l
	}
	s.body = ld.Body
	s.urls = []string{doc.Find(`link[rel="canonical"]`).AttrOr("href", ""), meta["og:url"], ld.URL}
	s.dates = []string{ld.Published, meta["article:published_time"], meta["og:article:published_time"], meta["datepublished"],
		meta["pubdate"], meta["publishdate"], meta["dc.date"], meta["dc.date.issued"], meta["date"], meta["mediator_published_time"]}
	return s
}

func first(all ...string) string {
	for _, s := range all {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

// linkedArticle is an article in a page's JSON-LD.
type linkedArticle struct{ Headline, Published, Body, Publisher, URL, Lang string }

// linked finds the article in the page's JSON-LD: the first thing whose type ends in «Article» or is a posting.
func linked(doc *goquery.Document) (a linkedArticle) {
	doc.Find(`script[type="application/ld+json"]`).EachWithBreak(func(_ int, s *goquery.Selection) bool {
		var v any
		// Line ends inside strings are a common fault of such scripts.
		if json.Unmarshal([]byte(strings.NewReplacer("\n", " ", "\r", " ", "\t", " ").Replace(s.Text())), &v) != nil {
			return true
		}
		thing := articleIn(v, 4)
		if thing == nil {
			return true
		}
		str := func(v any) string {
			if m, ok := v.(map[string]any); ok {
				v = first(fmt.Sprint(m["name"]), fmt.Sprint(m["@id"]))
			}
			s, _ := v.(string)
			return s
		}
		a = linkedArticle{str(thing["headline"]), str(thing["datePublished"]), str(thing["articleBody"]), str(thing["publisher"]), str(thing["url"]), str(thing["inLanguage"])}
		if a.URL == "" {
			a.URL = str(thing["mainEntityOfPage"])
		}
		return false
	})
	return a
}

func articleIn(v any, deep int) map[string]any {
	if deep == 0 {
		return nil
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			if m := articleIn(e, deep-1); m != nil {
				return m
			}
		}
	case map[string]any:
		kind := fmt.Sprint(v["@type"])
		if strings.Contains(kind, "Article") || strings.Contains(kind, "Posting") {
			return v
		}
		return articleIn(v["@graph"], deep-1)
	}
	return nil
}

func absolute(base, ref string) string {
	u, err := url.Parse(strings.TrimSpace(ref))
	if err != nil || ref == "" {
		return ""
	}
	if b, err := url.Parse(base); err == nil && base != "" {
		u = b.ResolveReference(u)
	}
	u.Fragment = ""
	return u.String()
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Hostname())
}

//go:embed data/sites.txt
var sitesText string

// rules are selectors by what they find: those of a site, then those of every site.
type rules map[string][]string

func rulesFor(host string) rules {
	out := rules{}
	for _, own := range []bool{true, false} {
		for l := range strings.Lines(sitesText) {
			f := strings.Fields(l)
			if len(f) < 3 || strings.HasPrefix(f[0], "#") {
				continue
			}
			if own && (host == f[0] || strings.HasSuffix(host, "."+f[0])) || !own && f[0] == "*" {
				out[f[1]] = append(out[f[1]], strings.Join(f[2:], " "))
			}
		}
	}
	return out
}

// body is the text of the first place that a body rule finds text in.
func (r rules) body(doc *goquery.Document) string {
	for _, sel := range r["body"] {
		var parts []string
		found := doc.Find(sel)
		found.Each(func(_ int, s *goquery.Selection) {
			if s.ParentsMatcher(matcher(found)).Length() > 0 || s.Is(r.drop()) || s.ParentsFiltered(r.drop()).Length() > 0 {
				return
			}
			if t := r.text(s.Nodes[0]); t != "" {
				parts = append(parts, t)
			}
		})
		// A teaser list has the same names as articles do; of several the longest is the article.
		slices.SortStableFunc(parts, func(a, b string) int { return len(b) - len(a) })
		if len(parts) > 0 && len(parts[0]) >= minBody {
			return parts[0]
		}
	}
	return ""
}

// minBody is shorter than any article: what a rule finds below it is a teaser or a caption.
const minBody = 80 // bytes

// nodes matches those of a selection.
type nodes map[*html.Node]bool

func matcher(s *goquery.Selection) nodes {
	out := nodes{}
	for _, n := range s.Nodes {
		out[n] = true
	}
	return out
}

func (n nodes) Match(x *html.Node) bool { return n[x] }
func (n nodes) MatchAll(root *html.Node) (out []*html.Node) {
	var visit func(x *html.Node)
	visit = func(x *html.Node) {
		if n[x] {
			out = append(out, x)
		}
		for c := x.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	return out
}
func (n nodes) Filter(all []*html.Node) (out []*html.Node) {
	for _, x := range all {
		if n[x] {
			out = append(out, x)
		}
	}
	return out
}

func (r rules) drop() string { return strings.Join(r["drop"], ", ") }

// text is the text below a node without what the drop rules mark: nothing is left out because of how it reads.
func (r rules) text(n *html.Node) string { return paragraphs(r.raw(n)) }

// raw is that text with its white space at the borders of blocks.
func (r rules) raw(n *html.Node) string {
	marked := matcher(goquery.NewDocumentFromNode(n).Find(r.drop()))
	var b strings.Builder
	var visit func(x *html.Node)
	visit = func(x *html.Node) {
		switch {
		case marked[x] && x != n:
			return
		case x.Type == html.TextNode:
			b.WriteString(spaces.ReplaceAllString(x.Data, " "))
			return
		case x.Type != html.ElementNode && x.Type != html.DocumentNode:
			return
		}
		what := elements[x.Data]
		if what == "hidden" || what == "void" {
			return
		}
		if what == "block" {
			b.WriteByte('\n')
		}
		for c := x.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
		if what == "block" {
			b.WriteByte('\n')
		}
	}
	visit(n)
	return b.String()
}

// spaces are those that HTML reads as one; a no-break space is none of them.
var spaces = regexp.MustCompile(`[ \t\r\n\f]+`)

func (r rules) first(doc *goquery.Document, what string) string {
	for _, sel := range r[what] {
		if s := doc.Find(sel).First(); s.Length() > 0 {
			if t := strings.TrimSpace(s.Text()); t != "" {
				return t
			}
		}
	}
	return ""
}

func (r rules) date(doc *goquery.Document) string {
	for _, sel := range r["date"] {
		s := doc.Find(sel).First()
		if s.Length() == 0 {
			continue
		}
		if t := first(s.AttrOr("datetime", ""), s.AttrOr("content", ""), s.Text()); strings.TrimSpace(t) != "" {
			return t
		}
	}
	return ""
}
