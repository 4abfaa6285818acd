package web

import (
	"cmp"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

// link is a place to go with its words.
type link struct {
	Href, Text string
	Lang       string
	Current    bool
}

// query writes a request as the part of an address behind «?», always in the same order. The default of everything is
// left out, so that two ways to one state give one address.
func (r request) query() string {
	b := make([]byte, 0, 192) // a page has 150 links
	add := func(name, value string) {
		if value == "" {
			return
		}
		if len(b) > 0 {
			b = append(b, '&')
		}
		b = append(append(append(b, name...), '='), escape(value)...)
	}
	add("q", r.Text)
	least := index.Shown // the default
	switch {
	case r.counts():
		least = index.Sure
		add("tab", r.View)
		r.shape.each(add)
		if r.Tab != index.Agreements {
			add("count", string(r.Tab))
		}
		add("order", r.Order)
	case r.View != "":
		add("tab", r.View)
		r.shape.each(add)
		add("order", r.Order)
	case r.Tab != r.ownTab():
		add("tab", string(r.Tab))
	}
	for _, f := range index.Facets() {
		for _, v := range inOrder(r.Selection.Include[f.Name]) {
			add(f.Name, v)
		}
		for _, v := range inOrder(r.Selection.Exclude[f.Name]) {
			add(f.Name, "-"+v)
		}
	}
	for _, v := range r.Selection.Include["date"] {
		add("date", v)
	}
	for _, v := range r.Selection.Exclude["date"] {
		add("date", "-"+v)
	}
	if r.Selection.Reported {
		add("day", dayReported)
	}
	add("from", r.Selection.From.String())
	add("to", r.Selection.To.String())
	if asked := cmp.Or(r.MinConfidence, index.Shown); asked != least {
		add("min_confidence", asked.String())
	}
	add("match", r.Match)
	add("sort", string(r.Sort))
	if r.NoExpand {
		add("x", "0")
	}
	if r.NoRepair {
		add("repair", "0")
	}
	add("group", r.Group)
	for _, word := range r.Keep {
		add("keep", word)
	}
	if r.Size != 0 && r.Size != index.DefaultSize {
		add("size", strconv.Itoa(r.Size))
	}
	if r.Old > 0 {
		add("old", strconv.Itoa(r.Old))
	}
	if r.New > 0 {
		add("new", strconv.Itoa(r.New))
	}
	add("cursor", r.Cursor)
	add("more", r.More)
	add("find", r.Find)
	add("hl", r.HL)
	return string(b)
}

// inOrder are values in their order.
func inOrder(values []string) []string {
	if len(values) < 2 {
		return values
	}
	return slices.Sorted(slices.Values(values))
}

// ownTab is the tab that a page shows where its address names none.
func (r request) ownTab() index.Tab {
	if strings.HasSuffix(r.Path, "/agreements") {
		return index.Agreements
	}
	return index.Articles
}

// ownGroup is the way of a page with stories: they are one hit each; programs and files have each article.
func (r request) ownGroup() string {
	for _, begin := range []string{"/api/", "/export.", "/feed."} {
		if strings.HasPrefix(r.Path, begin) {
			return apart
		}
	}
	return inStories
}

// escape is url.QueryEscape without what need not be escaped in a query. The colon stays escaped: html/template takes
// «?institution=ror:…» for an address with an unknown scheme.
func escape(s string) string {
	out := url.QueryEscape(s)
	if strings.Contains(out, "%2") {
		return needless.Replace(out)
	}
	return out
}

var needless = strings.NewReplacer("%2C", ",", "%2F", "/")

// href is a link to a request from its own page.
func (r request) href() string {
	if q := r.query(); q != "" {
		return "?" + q
	}
	return r.Path
}

// url is a link to a request from anywhere on the site.
func (r request) url() string {
	if q := r.query(); q != "" {
		return r.Path + "?" + q
	}
	return r.Path
}

// with is the request with another selection, from its first page.
func (r request) with(s index.Selection) request {
	r.Selection, r.Cursor, r.More, r.Find = s, "", "", ""
	return r
}

// on is a fresh request in the same language for another page.
func (r request) on(path string) request { return request{HL: r.HL, Path: path} }

// asking is the request with a query instead of its own, from its first page.
func (r request) asking(q index.Query) request {
	sort, size := r.Sort, r.Size
	r.Query, r.More, r.Find = q, "", ""
	// What the searcher filled in need not stand in the address.
	r.Sort, r.Size, r.Cursor = sort, size, ""
	return r
}

// articleURL is the page of an article, with the whole state that led to it: what to highlight, and the way back.
func (r request) articleURL(id, fragment string) string {
	r.Path, r.More, r.Find = "/article/"+url.PathEscape(id), "", ""
	u := r.url()
	if fragment != "" {
		u += "#" + url.PathEscape(fragment)
	}
	return u
}

// entryURL is the page of a country or an institution.
func (r request) entryURL(facet, key string) string {
	return r.entry(facet, key).url()
}

func (r request) entry(facet, key string) request {
	to := r.on("/" + facet + "/" + strings.ReplaceAll(url.PathEscape(key), "%3A", ":"))
	to.MinConfidence = r.MinConfidence
	return to
}

// outward is an address on another site that is safe to link to, or "".
func outward(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// unescape is the inverse of escape.
func unescape(s string) string {
	v, err := url.QueryUnescape(s)
	if err != nil {
		return s
	}
	return v
}
