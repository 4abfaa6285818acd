package source

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/PuerkitoBio/goquery"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// hideHead hides the headline that the article has as its title, and a date in a line of its own: they stand above the text and are
// none of it. A date inside a sentence stays.
func (r rules) hideHead(doc *goquery.Document, title string) {
	hide := func(what string, is func(*goquery.Selection) bool) {
		for _, sel := range r[what] {
			doc.Find(sel).Each(func(_ int, s *goquery.Selection) {
				if is(s) {
					s.SetAttr("hidden", "")
				}
			})
		}
	}
	hide("title", func(s *goquery.Selection) bool { return squeeze(s.Text()) == squeeze(title) })
	hide("date", func(s *goquery.Selection) bool {
		block := s.Nodes[0]
		for block.Parent != nil && elements[block.Data] != "block" {
			block = block.Parent
		}
		return slices.Contains(r.ownLines(block), squeeze(s.Text()))
	})
}

// found looks for the article where no rule knows its place: go-trafilatura tells what of the page is the article's, and the text of
// the element that holds it all is taken, so that no paragraph between is lost. Of short articles the library gives all in one line,
// with what stands around: there its letters count, and the page's own paragraphs.
func (r rules) found(root *html.Node) string {
	res, err := extract(root)
	if err != nil || res == nil || res.ContentNode == nil {
		return ""
	}
	content := r.text(res.ContentNode)
	letters := unspaced(content)
	var holders []*html.Node
	var own []string
	all := map[string]bool{} // lines of the page
	var visit func(n *html.Node)
	visit = func(n *html.Node) {
		switch {
		case n.Type == html.ElementNode && (n.Data == "head" || elements[n.Data] == "hidden" || elements[n.Data] == "void" || goquery.NewDocumentFromNode(n).Is(r.drop())):
			return
		case n.Type == html.ElementNode && elements[n.Data] == "block":
			before := len(own)
			for _, l := range r.ownLines(n) {
				all[squeeze(l)] = true
				if len(l) >= minBody/2 && strings.Contains(letters, unspaced(l)) {
					own = append(own, l)
				}
			}
			if len(own) > before {
				holders = append(holders, n)
			}
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
	}
	visit(root)
	if common := ancestor(holders); common != nil && common.Data != "body" && common.Data != "html" {
		return r.text(common)
	}
	for l := range strings.SplitSeq(content, "\n") {
		if len(own) > 0 && len(l) >= minBody/2 && !all[squeeze(l)] {
			return strings.Join(own, "\n")
		}
	}
	return content
}

// extract keeps a fault of the library from ending the run.
func extract(root *html.Node) (res *trafilatura.ExtractResult, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%v", p)
		}
	}()
	return trafilatura.ExtractDocument(root, trafilatura.Options{ExcludeComments: true, Focus: trafilatura.FavorRecall,
		HtmlDateMode: trafilatura.Disabled, MaxTreeSize: 100_000})
}

// squeeze is a text with single spaces.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// unspaced is a text without any white space.
func unspaced(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// ownLines are the lines of text that an element has itself, not in blocks inside it.
func (r rules) ownLines(n *html.Node) []string {
	var out []string
	var run strings.Builder
	end := func() {
		if l := paragraphs(run.String()); l != "" {
			out = append(out, strings.Split(l, "\n")...)
		}
		run.Reset()
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.Type == html.TextNode:
			run.WriteString(spaces.ReplaceAllString(c.Data, " "))
		case c.Type == html.ElementNode && (elements[c.Data] == "block" || blockInside(c)):
			end()
		case c.Type == html.ElementNode && !goquery.NewDocumentFromNode(c).Is(r.drop()):
			run.WriteString(r.raw(c))
		}
	}
	end()
	return out
}

func blockInside(n *html.Node) bool {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && (elements[c.Data] == "block" && c.Data != "br" || blockInside(c)) {
			return true
		}
	}
	return false
}

// ancestor is the lowest element that holds all nodes; nil for none. One paragraph is held by its parent.
func ancestor(all []*html.Node) *html.Node {
	if len(all) == 0 {
		return nil
	}
	common := all[0]
	if !blockInside(common) {
		common = common.Parent
	}
	for _, n := range all[1:] {
		for common != nil && !holds(common, n) {
			common = common.Parent
		}
	}
	return common
}

func holds(a, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == a {
			return true
		}
	}
	return false
}
