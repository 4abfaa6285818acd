package web_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/mmcdole/gofeed"
)

// text and attribute read an element without script of the page's own.
func (b tab) text(selector string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(selector)))
	if err != nil {
		b.t.Fatalf("%s: %v", selector, err)
	}
	return strings.Join(strings.Fields(s), " ")
}

func (b tab) attribute(selector, name string) string {
	b.t.Helper()
	s, err := chromedp.Run(b.ctx, chromedp.AttributeValue(chromedp.CSS(selector), name))
	if err != nil {
		b.t.Fatalf("%s: %v", selector, err)
	}
	return s.Value
}

// follow goes where a link leads, by its key: a click would miss what still moves to its place.
func (b tab) follow(selector string) {
	b.t.Helper()
	b.leads(chromedp.SendKeys(chromedp.CSS(selector), kb.Enter))
}

// A journalist finds, verifies, quotes, cites and follows; a researcher narrows, counts, exports, and another one gets the same
// rows: with script and without, on a desk and a phone, in three languages.
func TestBrowserWholeJourney(t *testing.T) {
	s := seedSite(t)
	first := browser(t, 1280)
	for _, way := range []struct {
		hl     string
		width  int64
		script bool
	}{{"kk", 1280, true}, {"ru", 390, false}, {"en", 390, true}, {"kk", 1280, false}} {
		t.Run(fmt.Sprintf("%s %d script %v", way.hl, way.width, way.script), func(t *testing.T) {
			b := tab{t, first.ctx}
			b.do(chromedp.EmulateViewport(way.width, 900))
			off := emulation.SetScriptExecutionDisabledParams{Value: !way.script}
			if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
				t.Fatal(err)
			}
			b.find(s, way.hl)
			b.count(s, way.width)
		})
	}
}

func (b tab) find(s *site, hl string) {
	b.t.Helper()
	b.visit(s.url + "/?hl=" + hl)
	b.leads(chromedp.SendKeys(chromedp.CSS("#q"), "меморандум Таллин"+kb.Enter))
	results := b.here()
	b.follow(".hit h2 a")
	article := b.here()
	if article.Fragment != "best" || b.text("#best mark") == "" {
		b.t.Errorf("the hit does not open at what matched, but at %s", article)
	}
	b.do(chromedp.SendKeys(chromedp.CSS(".tally a.status"), kb.Enter), chromedp.WaitVisible(chromedp.CSS(".said:target")))
	if quote := b.text(".said:target"); !strings.Contains(quote, "Таллин") {
		b.t.Errorf("the badge leads to %q", quote)
	}
	if cite := b.text("#citation ~ blockquote"); !strings.Contains(cite, "2025") || !strings.Contains(cite, "Kazinform") {
		b.t.Errorf("cited as %q", cite)
	}
	if ris := s.get(b.t, b.attribute(`.afterword a[href*="cite.ris"]`, "href")); !strings.HasPrefix(ris.Body.String(), "TY  - NEWS") {
		b.t.Errorf("RIS: %d %s", ris.Code, ris.Body)
	}
	b.visit(results.String())
	feed, err := gofeed.NewParser().ParseString(s.get(b.t, b.attribute(`.toolbar a[href*="feed.atom"]`, "href")).Body.String())
	if err != nil || len(feed.Items) == 0 || feed.Items[0].PublishedParsed == nil {
		b.t.Fatalf("the feed: %+v, %v", feed, err)
	}
	if to, err := url.Parse(feed.Items[0].Link); err != nil || s.get(b.t, to.RequestURI()).Code != http.StatusOK {
		b.t.Errorf("the feed leads to %s, %v", feed.Items[0].Link, err)
	}
}

func (b tab) count(s *site, width int64) {
	b.t.Helper()
	b.visit(s.url + "/agreements?hl=en")
	if width < 900 {
		b.do(chromedp.SendKeys(chromedp.CSS(".facets > summary"), kb.Enter))
	}
	b.follow("#facet-country li a")
	b.follow(`.tabs a[href*="tab=table"]`)
	n := b.text(".crosstab tbody td a")
	b.follow(".crosstab tbody td a")
	if h1 := b.text("h1"); !strings.HasPrefix(h1, n+" agreement") {
		b.t.Errorf("%s leads to %q", n, h1)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get(b.t, b.attribute(`.files a[href*="export.csv"]`, "href")).Body.String(), "\ufeff"))).ReadAll()
	if err != nil || fmt.Sprint(len(rows)-1) != n {
		b.t.Errorf("%d rows of %s, %v", len(rows)-1, n, err)
	}
	var m struct{ Address string }
	if err := json.Unmarshal(s.get(b.t, b.attribute(`.files a[href*="manifest"]`, "href")).Body.Bytes(), &m); err != nil {
		b.t.Fatal(err)
	}
	if got := s.total(b.t, m.Address); got != n {
		b.t.Errorf("%s gives %s, the table %s", m.Address, got, n)
	}
}
