package web_test

import (
	"net/url"
	"strings"
	"testing"
)

// Agreements go by the date that the text states, or, chosen, by the day of the report: in the order, the bars and the range.
// On the seeds those with China were agreed from 30 August to 3 September 2025, and reported on 2 September.
func TestDays(t *testing.T) {
	s := seedSite(t)
	august := func(address string) (n int) {
		for _, v := range s.search(t, address).Facets["date"] {
			if v.Key == "2025-08" {
				n = v.Count
			}
		}
		return n
	}
	stated, reported := august("/api/v1/agreements?size=1"), august("/api/v1/agreements?size=1&day=reported")
	if stated == 0 || reported != 0 {
		t.Errorf("in August: %d by the date stated, %d by the day of the report", stated, reported)
	}
	if n := s.search(t, "/api/v1/agreements?from=2025-08&to=2025-08&day=reported").Total; n != 0 {
		t.Errorf("%d reported in August", n)
	}
	if n := s.search(t, "/api/v1/agreements?from=2025-08&to=2025-08").Total; n != stated {
		t.Errorf("%d in August, the facet says %d", n, stated)
	}
	page := says(t, "/agreements?hl=en", "By the date that the text states; else by the article’s", `href="?day=reported&amp;hl=en"`)
	if strings.Count(page, "day=reported") < 2 {
		t.Error("the choice stands beside the order or the bars only")
	}
	says(t, "/agreements?day=reported&hl=ru", `<a href="?hl=ru" rel="nofollow">По дате из текста</a>`, `rel="nofollow" aria-current="true">По дню сообщения</a>`)
	says(t, "/agreements?day=reported&hl=kk&country=EE", "Хабарланған күн бойынша", "day=reported&amp;hl=kk\">")
	if m := s.get(t, "/export.manifest.json?tab=agreements&day=reported").Body.String(); !strings.Contains(m, `"reported"`) {
		t.Error("the manifest does not say by which day")
	}
}

// The undo beside a word takes back what was done to that word; what was done to others stays.
func TestUndoOfOneWord(t *testing.T) {
	s := seedSite(t)
	a := s.search(t, "/api/v1/search?hl=en&q="+url.QueryEscape("мемарандум уневерситет"))
	var repaired []string
	for _, n := range a.Notes {
		if n.Code != "repair" {
			continue
		}
		repaired = append(repaired, n.Args[0])
		for _, left := range s.search(t, *n.Undo).Notes {
			if left.Code == "repair" && left.Args[0] == n.Args[0] {
				t.Errorf("%s: %s is repaired still", *n.Undo, n.Args[0])
			}
		}
	}
	if len(repaired) != 2 {
		t.Fatalf("repaired %q", repaired)
	}
	once := s.search(t, "/api/v1/search?keep="+url.QueryEscape(repaired[0])+"&q="+url.QueryEscape("мемарандум уневерситет"))
	n := 0
	for _, note := range once.Notes {
		if note.Code == "repair" && note.Args[0] == repaired[1] {
			n++
		}
	}
	if n != 1 {
		t.Errorf("keeping %s, %s is not repaired: %+v", repaired[0], repaired[1], once.Notes)
	}
	says(t, "/?hl=ru&q="+url.QueryEscape("мемарандум уневерситет"), "keep=", "Как набрано")
}
