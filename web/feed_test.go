package web_test

import (
	"encoding/xml"
	"strings"
	"testing"
	"time"
)

// A feed is well-formed, its ids stay, its passages are those that matched, and its links lead to pages.
func TestFeed(t *testing.T) {
	s := seedSite(t)
	for _, address := range []string{"/feed.atom?q=меморандум&hl=ru", "/feed.atom?tab=agreements&country=EE&hl=kk"} {
		w := s.get(t, address)
		var f struct {
			Links []struct {
				Rel  string `xml:"rel,attr"`
				Href string `xml:"href,attr"`
			} `xml:"link"`
			Entries []struct {
				ID      string `xml:"id"`
				Title   string `xml:"title"`
				Updated string `xml:"updated"`
				Summary string `xml:"summary"`
				Link    struct {
					Href string `xml:"href,attr"`
				} `xml:"link"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal(w.Body.Bytes(), &f); err != nil || w.Code != 200 {
			t.Fatalf("%s: status %d, %v", address, w.Code, err)
		}
		if len(f.Entries) == 0 || len(f.Links) != 2 {
			t.Fatalf("%s: %+v", address, f)
		}
		seen := map[string]bool{}
		for _, e := range f.Entries {
			if _, err := time.Parse(time.RFC3339, e.Updated); err != nil {
				t.Errorf("%s: %v", address, err)
			}
			if seen[e.ID] || !strings.HasPrefix(e.ID, "urn:kelisim:a") || e.Title == "" || e.Summary == "" {
				t.Errorf("%s: %+v", address, e)
			}
			seen[e.ID] = true
			path, ok := strings.CutPrefix(e.Link.Href, "http://example.com")
			path, _, _ = strings.Cut(path, "#")
			if page := s.get(t, path); !ok || page.Code != 200 {
				t.Errorf("%s leads to %s: status %d", address, e.Link.Href, page.Code)
			}
		}
		if strings.Contains(address, "q=") && !strings.Contains(w.Body.String(), "&lt;b&gt;меморандум") {
			t.Errorf("%s does not show what matched", address)
		}
	}
	if w := s.get(t, "/feed.atom?kind=x"); w.Code != 400 {
		t.Errorf("a wrong value: status %d", w.Code)
	}
	says(t, "/agreements?country=EE&hl=en", `<link rel="alternate" type="application/atom+xml" href="/feed.atom?tab=agreements&amp;country=EE&amp;hl=en"`, "Follow",
		`<link rel="canonical" href="http://example.com/agreements?country=EE&amp;hl=en">`, `hreflang="x-default" href="http://example.com/agreements?country=EE"`,
		`hreflang="kk" href="http://example.com/agreements?country=EE&amp;hl=kk"`, `hreflang="en" href="http://example.com/agreements?country=EE&amp;hl=en"`)
	says(t, "/agreements?country=EE", `<link rel="canonical" href="http://example.com/agreements?country=EE">`)
}

// Every article stands in a site map, and what the maps name is there.
func TestSiteMaps(t *testing.T) {
	s := seedSite(t)
	type urls struct {
		Maps []struct {
			Loc string `xml:"loc"`
		} `xml:"sitemap"`
		URLs []struct {
			Loc string `xml:"loc"`
		} `xml:"url"`
	}
	read := func(address string) (u urls) {
		w := s.get(t, strings.TrimPrefix(address, "http://example.com"))
		if err := xml.Unmarshal(w.Body.Bytes(), &u); err != nil || w.Code != 200 {
			t.Fatalf("%s: status %d, %v", address, w.Code, err)
		}
		return u
	}
	articles := map[string]bool{}
	for _, m := range read("/sitemap.xml").Maps {
		for _, u := range read(m.Loc).URLs {
			if w := s.get(t, strings.TrimPrefix(u.Loc, "http://example.com")); w.Code != 200 {
				t.Errorf("%s: status %d", u.Loc, w.Code)
			}
			articles[u.Loc] = strings.Contains(u.Loc, "/article/")
		}
	}
	n := 0
	for _, is := range articles {
		if is {
			n++
		}
	}
	if n != 5 {
		t.Errorf("%d articles of 5", n)
	}
	if w := s.get(t, "/sitemap-none.xml"); w.Code != 404 {
		t.Errorf("status %d", w.Code)
	}
	if got := s.get(t, "/opensearch.xml?hl=ru").Body.String(); !strings.Contains(got, `template="http://example.com/?q={searchTerms}"`) || !strings.Contains(got, "x-suggestions+json") {
		t.Error(got)
	}
	if got := s.get(t, "/opensearch.json?q=Нәрік&hl=kk").Body.String(); !strings.HasPrefix(got, `["Нәрік",["Мақсұт Нәрікбаев университеті"`) || strings.Contains(got, `""`) {
		t.Error(got)
	}
}
