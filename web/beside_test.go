package web_test

import (
	"regexp"
	"strings"
	"sync"
	"testing"
)

// files are answers that are no pages.
var files = []string{
	"/api/v1/search?q=келісім", "/api/v1/search?q=Эстония&tab=agreements", "/api/v1/articles/002_14cb3ffd79eb1075", "/api/v1/agreements", "/api/v1/suggest?q=меморан",
	"/api/v1/facets", "/api/v1/pivot", "/export.csv", "/export.xlsx?tab=agreements", "/export.jsonl", "/export.ris", "/export.bib", "/feed.atom?q=договор",
	"/opensearch.xml", "/openapi.json", "/healthz", "/static/style.css",
}

var moment = regexp.MustCompile(`\.(bib|xlsx)`)

// Readers who ask for everything at once, of a site that nobody has asked before, are answered as each would be alone.
func TestReadersBesideEachOther(t *testing.T) {
	s, err := newSite(nil, "../seeds")
	if err != nil {
		t.Fatal(err)
	}
	asked := append(append([]string{}, pages...), files...)
	const readers = 4
	var answers [readers]map[string]string
	var all sync.WaitGroup
	for r := range readers {
		answers[r] = map[string]string{}
		all.Go(func() {
			for i := range asked {
				address := asked[(i+r*len(asked)/readers)%len(asked)] // each begins elsewhere
				w := s.get(t, strings.ReplaceAll(address, " ", "+"))
				answers[r][address] = w.Body.String()
				if w.Code >= 500 {
					t.Errorf("%s: status %d", address, w.Code)
				}
				if w.Code != 200 || moment.MatchString(address) {
					answers[r][address] = "" // it has the number of its request, or when it was made
				}
			}
		})
	}
	all.Wait()
	for _, address := range asked {
		for r := range readers {
			if answers[r][address] != answers[0][address] {
				t.Errorf("%s: two readers get %d and %d bytes", address, len(answers[0][address]), len(answers[r][address]))
			}
		}
	}
}
