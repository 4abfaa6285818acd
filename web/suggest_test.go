package web_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

type suggestion struct {
	Kind, Key, Label, Said, Q, URL string
	Count                          int
}

func (s *site) suggest(t testing.TB, typed, hl string) []suggestion {
	t.Helper()
	w := s.get(t, "/api/v1/suggest?hl="+hl+"&q="+url.QueryEscape(typed))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: status %d: %s", typed, w.Code, w.Body)
	}
	var a struct{ Suggestions []suggestion }
	if err := json.NewDecoder(w.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a.Suggestions
}

// TestSuggest: what is typed in any script or layout leads to the same place, named in the reader's language, and what it says
// of its count is true.
func TestSuggest(t *testing.T) {
	s := seedSite(t)
	for _, tt := range []struct{ typed, hl, kind, label string }{
		{"эст", "kk", "country", "Эстония"},
		{"эст", "en", "country", "Estonia"},
		{"esto", "ru", "country", "Эстония"},
		{"'cnj", "ru", "country", "Эстония"},   // Latin keys
		{"қаза", "ru", "country", "Казахстан"}, // home too
		{"таллин ун", "en", "institution", "Tallinn University"},
		{"форум эст", "en", "country", "Estonia"},
		{"country:эст", "en", "country", "Estonia"},
		{"(келісім OR эст", "en", "country", "Estonia"},
		{"мемор", "kk", "word", "меморандум"},
		{"memor", "kk", "word", "меморандум"},
		{"vtvjh", "kk", "word", "меморандум"},
		{"келіс", "ru", "word", "келісім"},
		{"келис", "ru", "word", "келісім"}, // a Russian keyboard
		{"э", "ru", "", ""},
		{"эстония ", "ru", "", ""}, // finished
	} {
		got := s.suggest(t, tt.typed, tt.hl)
		i := slices.IndexFunc(got, func(g suggestion) bool { return g.Kind == tt.kind && g.Label == tt.label })
		if tt.kind == "" && len(got) > 0 || tt.kind != "" && i < 0 {
			t.Errorf("%s in %s: %+v, want %s %s", tt.typed, tt.hl, got, tt.kind, tt.label)
			continue
		}
		for _, g := range got {
			if g.Kind != "word" && g.Q != "" {
				continue // with other words it is fewer
			}
			address := g.URL
			if g.Kind == "word" {
				address = "/?q=" + url.QueryEscape(g.Label)
			}
			if a := s.search(t, "/api/v1/search"+strings.TrimPrefix(address, "/")+"&x=0"); a.Total != g.Count || g.Count == 0 {
				t.Errorf("%s: %s says %d, and finds %d", tt.typed, g.Label, g.Count, a.Total)
			}
		}
	}
}

func TestSuggestRefuses(t *testing.T) {
	s := seedSite(t)
	for address, want := range map[string]int{
		"/api/v1/suggest": 200, "/api/v1/suggest?q=": 200, "/api/v1/suggest?q=эст&size=3": 200, "/api/v1/suggest?q=" + strings.Repeat("э", 999): 200,
		"/api/v1/suggest?q=эст&country=EE": 400, "/api/v1/suggest?query=эст": 400, "/api/v1/suggest?q=эст&size=21": 400,
		"/api/v1/suggest?q=эст&size=x": 400, "/api/v1/suggest?q=эст&hl=de": 400,
	} {
		w := s.get(t, strings.ReplaceAll(address, "эст", url.QueryEscape("эст")))
		if w.Code != want {
			t.Errorf("%s: status %d, want %d: %s", address, w.Code, want, w.Body)
		}
	}
}

// TestScriptIsLittle: all of the site's scripts together are a small thing beside one picture.
func TestScriptIsLittle(t *testing.T) {
	files, err := filepath.Glob("static/*.js")
	if err != nil || len(files) == 0 {
		t.Fatalf("no scripts: %v", err)
	}
	var all int64
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		all += info.Size()
	}
	if all > 15<<10 {
		t.Errorf("the scripts have %d bytes", all)
	}
}

// TestBrowserSuggests types into the box as people do, and as those who use only the keyboard or a screen reader.
func TestBrowserSuggests(t *testing.T) {
	b := browser(t, 1200)
	s := seedSite(t)
	b.visit(s.url + "/?hl=ru")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "эсто"), chromedp.WaitVisible(chromedp.CSS("#suggestions li")))
	if got := run[string](b, `["role","aria-expanded","aria-controls","aria-activedescendant"].map(a => q.getAttribute(a)).join()`); got != "combobox,true,suggestions," {
		t.Errorf("the box says %s", got)
	}
	shoot(b, "suggest")
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), kb.ArrowDown))
	if got := run[string](b, `document.getElementById(q.getAttribute("aria-activedescendant")).getAttribute("aria-selected")`); got != "true" {
		t.Errorf("the first suggestion is selected: %s", got)
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), kb.Escape))
	if run[bool](b, `!suggestions.hidden`) || run[string](b, `q.value`) != "эсто" {
		t.Error("Escape does not shut the list, or loses what was typed")
	}
	b.do(chromedp.SendKeys(chromedp.CSS("#q"), "н"), chromedp.WaitVisible(chromedp.CSS("#suggestions li")),
		chromedp.SendKeys(chromedp.CSS("#q"), kb.ArrowDown), chromedp.SendKeys(chromedp.CSS("#q"), kb.Enter), chromedp.WaitVisible(chromedp.CSS(".chip")))
	if got := run[string](b, `location.search`); !strings.Contains(got, "country=EE") {
		t.Errorf("choosing Estonia leads to %s", got)
	}
}

// shoot writes a picture where KELISIM_SHOTS names a folder.
func shoot(b tab, name string) {
	dir := os.Getenv("KELISIM_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(dir+"/"+name+".png", png, 0o644)
	}
	if err != nil {
		b.t.Error(err)
	}
}
