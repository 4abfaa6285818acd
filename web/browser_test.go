package web_test

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browserTime is generous: on two shared cores a page may take seconds.
const browserTime = 15 * time.Minute

// tab is a tab of a real Chromium.
type tab struct {
	t   *testing.T
	ctx context.Context
}

// browser opens a tab with a window of some width. The test fails if a page breaks its content security policy.
func browser(t *testing.T, width int64, more ...chromedp.ExecAllocatorOption) tab {
	t.Helper()
	if testing.Short() {
		t.Skip("short: no browser")
	}
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			path = p
			break
		}
	}
	if path == "" {
		t.Skip("no Chromium: get it with apt-get install chromium")
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.WSURLReadTimeout(browserTime))
	options = append(options, more...)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, shut := chromedp.NewContext(ctx)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)); err != nil {
		t.Fatal(err)
	}
	// The first use starts the browser; a time limit before it would be the browser's.
	ctx, cancel := context.WithTimeout(ctx, browserTime)
	t.Cleanup(cancel)
	b := tab{t, ctx}
	err := chromedp.Listen(ctx, func(ev any) {
		if e, ok := ev.(*log.EventEntryAdded); ok && e.Entry.Source == log.EntrySourceSecurity {
			t.Errorf("%s: %s", e.Entry.URL, e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func (b tab) do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, actions...); err != nil {
		b.t.Fatal(err)
	}
}

func (b tab) visit(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
}

// leads does something that leads to another page, and waits for that.
func (b tab) leads(action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if _, err := chromedp.RunResponse(b.ctx, action); err != nil {
		b.t.Fatal(err)
	}
}

func run[T any](b tab, script string, options ...chromedp.EvaluateOption) T {
	b.t.Helper()
	v, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, options...))
	if err != nil {
		b.t.Fatal(err)
	}
	return v
}

// found are the articles on the page that have all words: first three characters of the ids in their links, sorted.
func (b tab) found() []string {
	b.t.Helper()
	return run[[]string](b, `[...document.querySelectorAll(".hit:not(.rest ~ .hit) :is(h2,h3) a")].map(a => a.pathname.split("/")[2].slice(0, 3)).sort()`)
}

// total is the number on the tab that is shown, or 0 where nothing was found.
func (b tab) total() int {
	b.t.Helper()
	return run[int](b, `(document.querySelector(".tabs [aria-current] .count")?.textContent ?? "").replace(/\s/g, "") | 0`)
}

// What is typed into the box of the first page finds what it should.
func TestBrowserJourneys(t *testing.T) {
	data, err := os.ReadFile("../cmd/kelisim/testdata/journeys.tsv")
	if err != nil {
		t.Fatal(err)
	}
	b := browser(t, 1280)
	s := seedSite(t)
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if f[0] != "1" && f[0] != "2" {
			continue
		}
		want := strings.Split(strings.ReplaceAll(f[3], "-", ""), ",")
		if f[1] == "" || f[2] != "" {
			v, err := url.ParseQuery(f[2])
			if err != nil {
				t.Fatal(err)
			}
			if f[1] != "" {
				v.Set("q", f[1])
			}
			b.visit(s.url + "/?" + v.Encode())
		} else {
			b.visit(s.url + "/")
			b.leads(chromedp.SendKeys(chromedp.CSS("#q"), f[1]+kb.Enter))
		}
		if got := b.found(); !slices.Equal(got, want) {
			t.Errorf("%q %s: found %v, want %v", f[1], f[2], got, want)
		}
	}
}

// Each value of a facet is clicked from the empty query, and again with a value of another facet chosen: the number
// shown before is the number of results after.
func TestBrowserFacetClicks(t *testing.T) {
	b := browser(t, 1280)
	s := seedSite(t)
	for i, start := range []string{"/?hl=kk", "/?lang=kk&hl=ru", "/agreements?status=signed&hl=en"} {
		type value struct {
			Href string
			N    int
		}
		const list = `[...document.querySelectorAll(".facet li a:first-child:not([aria-current]), .histogram td a")].map(a => ({Href: a.getAttribute("href"), N: +(a.querySelector("b") ?? a).textContent}))`
		b.visit(s.url + start)
		links := run[[]value](b, list)
		if len(links) < 15 {
			t.Errorf("%s: only %d values", start, len(links))
		}
		for j, l := range links {
			if j%5 != i {
				continue // of each page a fifth: TestCountBeforeIsTotalAfter asks for all
			}
			// A value beside a chosen one of its own facet widens: its number is what it gives alone.
			if strings.Contains(start, "lang=kk") && strings.Contains(l.Href, "lang=ru") || strings.Contains(start, "status=") && strings.Count(l.Href, "status=") > 1 {
				continue
			}
			click := fmt.Sprintf(`document.querySelector('li a[href=%[1]q], td a[href=%[1]q]').click()`, l.Href)
			b.visit(s.url + start)
			b.leads(chromedp.Evaluate[chromedp.Void](click))
			if got := b.total(); got != l.N {
				t.Errorf("%s: %s promises %d, gives %d", start, l.Href, l.N, got)
			}
		}
	}
}

// Someone without a mouse gets from the first page to a sentence: search, skip to the results, open the article.
func TestBrowserKeyboard(t *testing.T) {
	b := browser(t, 1280)
	s := seedSite(t)
	const where = `(e => e.className || e.id || e.tagName)(document.activeElement)`
	b.visit(s.url + "/?hl=en")
	if at := run[string](b, where); at != "q" {
		t.Errorf("the first page begins at %q, not in its box", at)
	}
	b.do(chromedp.KeyEvent("меморандум"))
	b.leads(chromedp.KeyEvent(kb.Enter))
	b.do(chromedp.KeyEvent(kb.Tab))
	if at := run[string](b, where); at != "skip" {
		t.Fatalf("the first stop is %q, not the skip link", at)
	}
	b.do(chromedp.KeyEvent(kb.Enter), chromedp.Sleep(200*time.Millisecond))
	if at := run[string](b, where); at != "results" {
		t.Fatalf("the skip link leads to %q", at)
	}
	for range 15 {
		b.do(chromedp.KeyEvent(kb.Tab))
		if !run[bool](b, `!!document.activeElement.closest(".hit h2")`) {
			continue
		}
		if ring := run[string](b, `getComputedStyle(document.activeElement).outlineStyle`); ring == "none" {
			t.Error("the focused headline has no ring")
		}
		b.leads(chromedp.KeyEvent(kb.Enter))
		if run[string](b, `document.querySelector("h1").textContent`) == "" {
			t.Error("no article")
		}
		if run[int](b, `document.querySelectorAll("mark").length`) == 0 {
			t.Error("the article does not show what matched")
		}
		return
	}
	t.Error("no headline within 15 stops of the results")
}

// The keyboard stops at all that a mouse can choose, on each kind of page, and everybody sees where it is.
func TestBrowserStops(t *testing.T) {
	b := browser(t, 1280)
	s := seedSite(t)
	for _, p := range []string{
		"/?hl=kk", "/?q=келісім&country=-CN&hl=ru", "/agreements?hl=kk", "/article/002_14cb3ffd79eb1075?q=келісім", "/institution/ror:03q0vrn42",
		"/?tab=table", "/?tab=concordance&q=келісім", "/?more=institution", "/compare?country=CN&country=EE", "/help", "/nosuch",
	} {
		b.visit(s.url + p)
		n := run[int](b, `
			window.open_ = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")].filter(e =>
				e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.type !== "hidden" && e.getAttribute("tabindex") !== "-1");
			window.bare = [];
			window.met = new Set();
			document.addEventListener("focusin", e => {
				met.add(e.target);
				const style = getComputedStyle(e.target);
				if (style.outlineStyle === "none" && style.boxShadow === "none") bare.push(e.target.outerHTML.slice(0, 100));
			});
			document.activeElement.blur();
			open_.length`)
		if n < 5 {
			t.Fatalf("%s has %d stops", p, n)
		}
		var keys []chromedp.Action[chromedp.Void]
		for range n + 3 {
			keys = append(keys, chromedp.KeyEvent(kb.Tab))
		}
		b.do(keys...)
		for _, missed := range run[[]string](b, `open_.filter(e => !met.has(e)).map(e => e.outerHTML.slice(0, 120))`) {
			t.Errorf("%s: the keyboard does not reach %s", p, missed)
		}
		for _, bare := range run[[]string](b, `bare`) {
			t.Errorf("%s: nobody sees that the keyboard is at %s", p, bare)
		}
	}
}

// With script turned off everything works.
func TestBrowserWithoutScript(t *testing.T) {
	b := browser(t, 390)
	s := seedSite(t)
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		t.Fatal(err)
	}
	b.visit(s.url + "/?hl=ru")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "Эстония"+kb.Enter), chromedp.WaitVisible(chromedp.CSS(".masthead #q")))
	h1, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS("h1")))
	if err != nil || !strings.Contains(h1, "1 статья") {
		t.Errorf("searching gives %q, %v", h1, err)
	}
	b.do(
		chromedp.Click(chromedp.CSS(".facets > summary")), chromedp.Click(chromedp.CSS("#facet-outlet li a")), chromedp.WaitVisible(chromedp.CSS(".chip")),
		chromedp.Click(chromedp.CSS(".chip")), chromedp.WaitNotPresent(chromedp.CSS(".chip")),
		chromedp.Click(chromedp.CSS(".hit h2 a")), chromedp.WaitVisible(chromedp.CSS(".afterword")))
}

// pages are what is looked at as a picture and by axe-core.
var pages = []string{
	"/", "/?q=келісім", "/?q=келісім&status=signed&country=-CN&from=2025", "/agreements", "/?tab=agreements&q=филиал",
	"/article/002_14cb3ffd79eb1075?q=келісім", "/article/003_ffa3ad55b486495d", "/institution/ror:03q0vrn42", "/country/EE",
	"/?q=Беларусь+меморандум", "/?more=institution", "/help", "/about", "/sources", "/?tab=table&status=-discussed", "/?tab=table&rows=kind&cols=year",
	"/?tab=trend&by=month&split=country", "/?tab=trend&q=меморандум&vs=договор", "/?tab=network", "/?tab=map", "/?tab=concordance&q=келісім&order=left", "/?tab=concordance", "/nosuch", "/?size=0",
	"/article/002_14cb3ffd79eb1075/versions", "/compare", "/compare?find=эстон&hl=ru", "/compare?outlet=baq&outlet=kazinform", "/compare?country=CN&country=EE", "/compare?institution=ror:03q0vrn42&hl=ru", "/country/CN?min_confidence=0.7",
}

// doubtfulPages are looked at on the site of agreements that are uncertain.
var doubtfulPages = []string{
	"/agreements", "/agreements?min_confidence=0.7", "/agreements?min_confidence=0.95&kind=branch", "/article/001_246f79690591176a",
	"/article/002_14cb3ffd79eb1075?min_confidence=0.7", "/institution/ror:03q0vrn42", "/country/CN?min_confidence=0.9",
}

// everyPage gives the addresses of all that is looked at.
func everyPage(t *testing.T) []string {
	var out []string
	for _, p := range pages {
		out = append(out, seedSite(t).url+p)
	}
	for _, p := range doubtfulPages {
		out = append(out, doubtfulSite(t).url+p)
	}
	return out
}

// No page is wider than its window.
func TestBrowserOverflow(t *testing.T) {
	b := browser(t, 1280)
	for _, p := range everyPage(t) {
		b.visit(p)
		for _, width := range []int64{320, 390, 768, 1280} {
			b.do(chromedp.EmulateViewport(width, 900))
			if over := run[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s at %d: %d too wide", p, width, over)
			}
		}
	}
}

// Readers who set their browser to letters twice as large, or zoom to 200 %, see all of each page.
func TestBrowserLargeText(t *testing.T) {
	b := browser(t, 1280, chromedp.Flag("blink-settings", "defaultFontSize=32"))
	s := seedSite(t)
	for _, p := range []string{
		"/?hl=kk", "/?q=келісім&hl=ru", "/agreements?hl=kk", "/article/002_14cb3ffd79eb1075?q=келісім", "/institution/ror:03q0vrn42?hl=ru", "/?tab=table", "/?tab=trend&split=country", "/?tab=network", "/?tab=map",
		"/?tab=concordance&q=келісім", "/compare", "/help",
	} {
		for _, width := range []int64{1280, 640} {
			b.do(chromedp.EmulateViewport(width, 900))
			b.visit(s.url + p)
			if size := run[string](b, `getComputedStyle(document.documentElement).fontSize`); size != "32px" {
				t.Fatalf("letters are %s", size)
			}
			if over := run[int](b, `document.documentElement.scrollWidth - innerWidth`); over > 0 {
				t.Errorf("%s at %d: %d too wide", p, width, over)
			}
		}
	}
}

// axe-core finds nothing to object to, in light and dark, on a desk and a phone, with the drawers open and closed: every page on both, on one
// with its drawers open and on the other closed, by turns.
func TestBrowserAxe(t *testing.T) {
	path := os.Getenv("AXE")
	if path == "" {
		path = "../node_modules/axe-core/axe.min.js"
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Skip("no axe-core: get it with make axe")
	}
	b := browser(t, 1280)
	for i, width := range []int64{1280, 390} {
		b.do(chromedp.EmulateViewport(width, 900))
		for j, p := range everyPage(t) {
			address := p
			if hl := []string{"kk", "ru", "en"}[(i+j)%3]; strings.Contains(p, "?") {
				address += "&hl=" + hl
			} else {
				address += "?hl=" + hl
			}
			open := (i+j)%2 == 0
			b.prefers("light")
			b.visit(address)
			b.do(chromedp.Evaluate[chromedp.Void](string(axe) + "; undefined"))
			if open {
				b.do(chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true)`))
			}
			object := func(scheme, rules string) {
				// It would fetch style sheets and media once more for rules of sound and of turned screens, which we have none of: a third of its time.
				check := `axe.run({resultTypes: ["violations"], preload: false, ` + rules + `}).then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160)).join(" ;; ")))`
				for _, v := range run[[]string](b, check, chromedp.EvalAwaitPromise) {
					t.Errorf("%s %s at %d, open %v: %s", address, scheme, width, open, v)
				}
			}
			object("light", "")
			if open { // dark changes colours only, and what is closed has none
				b.prefers("dark")
				object("dark", `runOnly: ["color-contrast"]`)
			}
		}
	}
}

// prefers sets what the reader's system says of light and dark.
func (b tab) prefers(scheme string) {
	b.t.Helper()
	prefers := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, prefers); err != nil {
		b.t.Fatal(err)
	}
}

// On a phone the drawer stays open while filters are chosen, and the first skip link of an article leads to its records.
func TestBrowserDrawer(t *testing.T) {
	b := browser(t, 390)
	s := seedSite(t)
	const open = `document.querySelector("details.facets").open`
	b.visit(s.url + "/?q=келісім&hl=ru")
	if run[bool](b, open) {
		t.Error("the drawer is open before anybody opened it")
	}
	b.do(chromedp.Click(chromedp.CSS(".facets > summary")), chromedp.Sleep(100*time.Millisecond))
	b.leads(chromedp.Click(chromedp.CSS("#facet-lang li a")))
	if !run[bool](b, open) {
		t.Error("the drawer closes with each choice")
	}
	b.visit(s.url + "/article/000_374bd11769898af7?hl=ru")
	b.do(chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter), chromedp.Sleep(100*time.Millisecond), chromedp.KeyEvent(kb.Tab))
	if !run[bool](b, `!!document.activeElement.closest(".record")`) {
		t.Errorf("the record is not reached in three steps, but %s", run[string](b, `document.activeElement.outerHTML.slice(0, 120)`))
	}
}

// Without script a number of the table leads to a list of so many.
func TestBrowserTable(t *testing.T) {
	b := browser(t, 390)
	s := seedSite(t)
	off := emulation.SetScriptExecutionDisabledParams{Value: true}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, off); err != nil {
		t.Fatal(err)
	}
	b.visit(s.url + "/?tab=table&hl=en&status=-discussed")
	n, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS(".crosstab tbody td a")))
	if err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Click(chromedp.CSS(".crosstab tbody td a")), chromedp.WaitVisible(chromedp.CSS(".records")))
	h1, err := chromedp.Run(b.ctx, chromedp.TextContent(chromedp.CSS("h1")))
	if err != nil || !strings.HasPrefix(strings.TrimSpace(h1), n+" agreement") {
		t.Errorf("%s leads to %q, %v", n, h1, err)
	}
}

// The keyboard reaches each country, institution and bar of a picture once, sees where it is, and gets from there to the list.
func TestBrowserPictures(t *testing.T) {
	b := browser(t, 1280)
	s := seedSite(t)
	for _, p := range []string{"/?tab=map&hl=en", "/?tab=network&hl=en", "/?tab=trend&by=month&split=country&hl=en"} {
		b.visit(s.url + p)
		want := run[int](b, `document.querySelectorAll("figure a").length`)
		b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".files summary").focus(); undefined`))
		seen := map[string]bool{}
		for range want + 12 {
			b.do(chromedp.KeyEvent(kb.Tab))
			at := run[string](b, `(e => e.closest("figure") ? e.closest("[aria-hidden]") ? "hidden" : e.getAttribute("href") + getComputedStyle(e).outlineStyle : "")(document.activeElement)`)
			switch {
			case at == "":
			case at == "hidden":
				t.Errorf("%s: the keyboard stops where nothing is said", p)
			case strings.HasSuffix(at, "none"):
				t.Errorf("%s: %s has no ring", p, at)
			case seen[at]:
				t.Errorf("%s: %s twice", p, at)
			default:
				seen[at] = true
			}
		}
		if len(seen) != want || want < 3 {
			t.Errorf("%s: the keyboard reaches %d of %d links", p, len(seen), want)
		}
		b.do(chromedp.Evaluate[chromedp.Void](`document.querySelector("figure a").focus(); undefined`))
		b.leads(chromedp.KeyEvent(kb.Enter))
		if n := b.total(); n == 0 {
			t.Errorf("%s: a mark leads to nothing", p)
		}
	}
}
