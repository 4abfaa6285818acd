package web_test

import (
	"fmt"
	"net/http/httptest"
	"regexp"
)

// A site is an archive, an index and a searcher with the pages over them; newSite in site_test.go puts them together.
func ExampleNew() {
	s, err := seeds()
	if err != nil {
		fmt.Println(err)
		return
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, httptest.NewRequest("GET", "/?q=двойной+диплом&lang=ru&hl=ru", nil))
	fmt.Println(w.Code, regexp.MustCompile(`<title>(.*)</title>`).FindStringSubmatch(w.Body.String())[1])
	// Output: 200 двойной диплом — 1 статья — Kelisim
}
