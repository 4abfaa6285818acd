package web_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The number of what has no date opens just that, and chips, bars and the range's form let go of it.
func TestUndated(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := `{"id":"a","title":"Форум өтті","body":"Таллин.","published":"2025-03-01"}
{"id":"b","title":"Форум болады","body":"Таллин."}
{"id":"c","title":"Форум болды","body":"Таллин."}
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := newSite(nil, path)
	if err != nil {
		t.Fatal(err)
	}
	for address, want := range map[string]int{
		"date=undated":             2,
		"date=-undated":            1,
		"date=undated&from=2025":   3,
		"q=date:undated":           2,
		"q=-date:2025":             2,
		"from=2025&to=2025":        1,
		"q=форум+-date:2024..2026": 3,
	} {
		if got := s.search(t, "/api/v1/search?"+address).Total; got != want {
			t.Errorf("%s finds %d, want %d", address, got, want)
		}
	}
	page := body(t, s.get(t, "/?hl=en"))
	if !strings.Contains(page, `<a href="?date=undated&amp;hl=en" rel="nofollow">Undated: 2</a>`) {
		t.Error("the number of undated articles leads nowhere")
	}
	page = body(t, s.get(t, "/?date=undated&hl=en"))
	for _, want := range []string{"2 articles", "Date: <b>undated</b>", `href="?from=2025-03&amp;to=2025-03&amp;hl=en"`, `aria-current="true">Undated: 2</a>`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q on the page of undated articles", want)
		}
	}
	if form := regexp.MustCompile(`(?s)<form class="range">.*?</form>`).FindString(page); strings.Contains(form, "undated") {
		t.Error("the form of a range keeps «undated»")
	}
	if w := s.get(t, "/?date=2025"); w.Code != 400 {
		t.Errorf("date=2025 gives status %d", w.Code)
	}
}

// What of a partner has no date stands beside its years, and leads to just that: the parts of a row make its total.
func TestUndatedPartners(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	const deal = "Әл-Фараби атындағы Қазақ ұлттық университеті мен Варшава университеті ынтымақтастық туралы меморандумға қол қойды."
	lines := `{"id":"a","title":"Меморандум","body":"` + deal + `","published":""}
{"id":"b","title":"Екінші","body":"` + strings.Replace(deal, "меморандумға", "келісімге", 1) + `","published":"2024-03-01"}
`
	if err := os.WriteFile(path, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := newSite(nil, path)
	if err != nil {
		t.Fatal(err)
	}
	page := body(t, s.get(t, "/institution/ror:03q0vrn42?hl=en"))
	for _, want := range []string{"Year Articles Agreements 2024 1 1 undated 1 1", "2 2024:\u00a01 undated:\u00a01"} {
		if !strings.Contains(words(page), strings.ReplaceAll(want, "\u00a0", " ")) {
			t.Errorf("no %q in %s", want, words(page))
		}
	}
	for _, to := range regexp.MustCompile(`href="(/agreements[^"]*date=undated[^"]*)"`).FindAllStringSubmatch(page, -1) {
		if got := s.search(t, "/api/v1"+strings.ReplaceAll(to[1], "&amp;", "&")).Total; got != 1 {
			t.Errorf("%s finds %d, want 1", to[1], got)
		}
	}
}
