package source

import (
	_ "embed"
	"net/url"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/publicsuffix"
	"golang.org/x/text/language"

	"kelisim/index"
)

//go:embed data/scripts.txt
var scriptsText string

// switchWords are the words of data/scripts.txt.
var switchWords = func() map[string]string {
	out := map[string]string{}
	for l := range strings.Lines(scriptsText) {
		if f := strings.Fields(l); len(f) == 2 && f[0] != "#" {
			out[f[0]] = f[1]
		}
	}
	return out
}()

// tagOf reads the language and script that a site names; ok is false where it names none.
func tagOf(s string) (base, script string, ok bool) {
	s = strings.ToLower(line(s))
	if t := switchWords[s]; t != "" {
		s = t
	}
	t, err := language.Parse(s)
	if err != nil {
		return "", "", false
	}
	b, _ := t.Base()
	sc, _ := t.Script()
	return b.String(), sc.String(), b.String() != "und"
}

// sameSite reports whether two addresses belong to one site: their hosts are one, or have one registered domain. A page may speak for
// its own site only.
func sameSite(a, b string) bool {
	x, err := url.Parse(a)
	y, err2 := url.Parse(b)
	if err != nil || err2 != nil {
		return false
	}
	if strings.EqualFold(x.Host, y.Host) {
		return true
	}
	if x.Port() != y.Port() {
		return false
	}
	dx, err := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(x.Hostname()))
	dy, err2 := publicsuffix.EffectiveTLDPlusOne(strings.ToLower(y.Hostname()))
	return err == nil && err2 == nil && dx == dy
}

func segments(address string) []string {
	u, err := url.Parse(address)
	if err != nil {
		return nil
	}
	s := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	if u.RawQuery != "" {
		s = append(s, "?")
	}
	return s
}

// mayBeSelf reports whether a page at own may say that its story stands at other: on the same site, and not at the site's front page or
// at the list that the page lies below, which careless templates name on every page.
func mayBeSelf(own, other string) bool {
	if !sameSite(own, other) {
		return false
	}
	a, b := segments(own), segments(other)
	if len(a) == 0 {
		return len(b) == 0
	}
	if len(b) == 0 {
		return false
	}
	if len(b) < len(a) && strings.Join(a[:len(b)], "/") == strings.Join(b, "/") {
		rest := a[len(b):]
		return len(rest) == 1 && (rest[0] == "amp" || rest[0] == "?")
	}
	return true
}

// forms tells where a page's story itself stands, and its other addresses. A page in Latin or Arabic letters that names one in
// Cyrillic is a form of that one; pages in other languages are translations.
func forms(doc *goquery.Document, own string, a index.Article) (main string, others []index.Alternate) {
	main = a.URL
	if main == "" {
		main = index.CleanAddress(own)
	}
	base, script := a.Lang, scriptOf(a.Text())
	if b, _, ok := tagOf(base); ok {
		base = b
	}
	type alternate struct{ url, tag, base, script string }
	var all []alternate
	add := func(href, tag string) {
		u := absolute(own, href)
		b, s, ok := tagOf(tag)
		// What leads to a front page is a switch of the site, no translation.
		if !ok || checkURL(u) != nil || !sameSite(own, u) || len(segments(u)) == 0 || len(segments(u)) < len(segments(main))-1 {
			return
		}
		all = append(all, alternate{index.CleanAddress(u), tag, b, s})
	}
	doc.Find(`link[rel="alternate"][hreflang][href]`).Each(func(_ int, s *goquery.Selection) {
		add(s.AttrOr("href", ""), s.AttrOr("hreflang", ""))
	})
	for _, sel := range rulesFor(hostOf(own))["alternate"] {
		doc.Find(sel).Each(func(_ int, s *goquery.Selection) {
			add(s.AttrOr("href", ""), first(s.AttrOr("hreflang", ""), s.AttrOr("lang", ""), s.Text()))
		})
	}
	// Its own line may say of the page what its head does not.
	for _, x := range all {
		if index.AddressKey(x.url) == index.AddressKey(own) && base == "" {
			base = x.base
		}
	}
	if base == "" && script == "Arab" {
		base = "kk"
	}
	mirror := base == "kk" && (script == "Latn" || script == "Arab")
	for _, x := range all {
		if mirror && x.base == "kk" && x.script == "Cyrl" && mayBeSelf(own, x.url) {
			main = x.url
			break
		}
	}
	seen := map[string]bool{index.AddressKey(main): true}
	keep := func(u, lang string, same bool) {
		if key := index.AddressKey(u); !seen[key] {
			seen[key] = true
			others = append(others, index.Alternate{URL: u, Lang: lang, Same: same})
		}
	}
	for _, x := range all {
		keep(x.url, x.tag, x.base == base && base == "kk")
	}
	if u := absolute(own, doc.Find(`link[rel="amphtml"]`).AttrOr("href", "")); checkURL(u) == nil && mayBeSelf(own, u) {
		keep(index.CleanAddress(u), "", true)
	}
	if mayBeSelf(own, main) {
		keep(index.CleanAddress(own), a.Lang, true)
	}
	return main, others
}

// scriptOf is the script that most letters of a text are of.
func scriptOf(text string) string {
	n := map[string]int{}
	for _, r := range text {
		switch {
		case unicode.Is(unicode.Cyrillic, r):
			n["Cyrl"]++
		case unicode.Is(unicode.Latin, r):
			n["Latn"]++
		case unicode.Is(unicode.Arabic, r):
			n["Arab"]++
		}
	}
	best := ""
	for _, s := range []string{"Cyrl", "Latn", "Arab"} {
		if n[s] > n[best] {
			best = s
		}
	}
	return best
}
