package web_test

import (
	"encoding/json"
	"html"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
)

// asks are queries that give each note, by code.
var asks = map[string]string{
	"name": "q=КазНУ", "absent": "q=форум+жоқсөз", "field": "q=country:Нарния+форум", "filter": "q=ел:эстония+форум",
	"filter.date": "q=дата:2025+форум", "short": "q=ме*+форум", "prefix": "q=мемор*", "prefix.most": "",
	"bracket": "q=форум)", "operator": "q=форум+OR", "quote": "q=\"форум", "empty": "q=\"!\"+форум", "long": "q=" + strings.Repeat("форум+", 70),
	"few": "q=Льеж+Эстония+Бухарест", "unquoted": "q=\"форум+меморандум\"", "translated": "q=соглашение", "spelled": "q=talin", "repair": "q=университтет",
	"keyboard": "q=vtvjhfylev", "script": "q=ۋنيۆەرسيتەت", "similar": "q=келісім+университет+Таллин", "renewed": "", "partial": "", "cut": "q=" + strings.Repeat("а", 1001), "more": "q=" + strings.Repeat(")", 20) + "форум",
	"other": "",
}

// TestEveryNote: each note is told in words of its own in all three languages, and one click undoes it.
func TestEveryNote(t *testing.T) {
	s := seedSite(t)
	data, err := os.ReadFile("text/en.txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		code, ok := strings.CutPrefix(line, "note.")
		code, _, _ = strings.Cut(code, " = ")
		if !ok || strings.HasSuffix(code, "undo") {
			continue
		}
		ask, known := asks[code]
		if !known {
			t.Errorf("no query gives the note %s", code)
		}
		if ask == "" {
			continue
		}
		key, value, _ := strings.Cut(ask, "=")
		ask = key + "=" + url.QueryEscape(strings.ReplaceAll(value, "+", " "))
		said := map[string]bool{}
		for _, hl := range []string{"kk", "ru", "en"} {
			a := s.search(t, "/api/v1/search?"+ask+"&hl="+hl)
			found := false
			for _, n := range a.Notes {
				if n.Code != code {
					continue
				}
				found = true
				said[n.Text] = true
				if code == "cut" || code == "more" {
					continue
				}
				if n.Undo == nil {
					t.Errorf("%s: %s has no undo", ask, code)
					continue
				}
				page := body(t, s.get(t, "/?"+ask+"&hl="+hl))
				_, undo, _ := strings.Cut(*n.Undo, "?")
				if !strings.Contains(html.UnescapeString(page), `href="?`+undo+`"`) {
					t.Errorf("%s in %s: the page has no link ?%s", code, hl, undo)
				}
				for _, again := range s.search(t, "/api/v1/search?"+undo).Notes {
					if again.Code == code && again.Text == n.Text {
						t.Errorf("%s in %s: undone, it stands again: %s", code, hl, again.Text)
					}
				}
			}
			if !found {
				t.Errorf("%s in %s: no note %s among %+v", ask, hl, code, a.Notes)
			}
		}
		if len(said) < 3 {
			t.Errorf("%s is told in %d ways: %v", code, len(said), said)
		}
	}
}

// TestArabicScript: Kazakh in Arabic script finds what the word in Cyrillic finds, and what it was read as can be taken back.
func TestArabicScript(t *testing.T) {
	s := seedSite(t)
	for typed, meant := range map[string]string{"ۋنيۆەرسيتەت": "университет", "كەلىسىم": "келісім"} {
		ask := "/api/v1/search?hl=en&q=" + url.QueryEscape(typed)
		a := s.search(t, ask)
		if a.Total == 0 || len(a.Notes) == 0 || a.Notes[0].Text != typed+" was read in Cyrillic: "+meant+"." {
			t.Errorf("%s: %d articles, %+v", typed, a.Total, a.Notes)
		}
		if got := s.search(t, ask+"&repair=0"); got.Total != 0 {
			t.Errorf("%s as it is written is in no text, but %d are found", typed, got.Total)
		}
	}
}

// TestNotesDoNotRepeat: what was typed, or the note on translations names, the note on similar words does not.
func TestNotesDoNotRepeat(t *testing.T) {
	s := seedSite(t)
	both := 0
	for _, q := range []string{"келісім университет Таллин", "agreement university Льеж", "договор меморандум Бухарест", "халықаралық форум Льеж", "ректорлар форумы Таллин", "казну таллин"} {
		said := map[string]string{}
		for _, n := range s.search(t, "/api/v1/search?q="+url.QueryEscape(q)).Notes {
			if n.Code != "translated" && n.Code != "spelled" && n.Code != "similar" {
				continue
			}
			for word := range strings.SplitSeq(n.Args[0], ", ") {
				if other, again := said[word]; again {
					t.Errorf("%s: %s names %s, as %s does", q, n.Code, word, other)
				}
				if n.Code == "similar" && slices.Contains(strings.Fields(q), word) {
					t.Errorf("%s: %s names what was typed: %s", q, n.Code, word)
				}
				said[word] = n.Code
			}
			if n.Code == "similar" && len(said) > len(strings.Split(n.Args[0], ", ")) {
				both++
			}
		}
	}
	if both == 0 {
		t.Error("no query has both notes")
	}
}

// TestHelpExamples: what the help page shows is found, and is read as it stands.
func TestHelpExamples(t *testing.T) {
	s := seedSite(t)
	for _, hl := range []string{"kk", "ru", "en"} {
		data, err := os.ReadFile("text/" + hl + ".txt")
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(data)) {
			key, q, _ := strings.Cut(strings.TrimSpace(line), " = ")
			if !strings.HasPrefix(key, "help.syntax.") || !strings.HasSuffix(key, ".q") {
				continue
			}
			a := s.search(t, "/api/v1/search?hl="+hl+"&q="+url.QueryEscape(q))
			if a.Total == 0 {
				t.Errorf("%s in %s: %s finds nothing", key, hl, q)
			}
			for _, n := range a.Notes {
				switch n.Code {
				case "name", "translated", "spelled", "filter", "filter.date", "prefix", "similar":
				default:
					t.Errorf("%s in %s: %s is read with the note %s", key, hl, q, n.Text)
				}
			}
		}
	}
}

// TestCountsInEveryMode: in each way to match, with operators, fields and names, the number beside a value is the total of
// choosing it.
func TestCountsInEveryMode(t *testing.T) {
	s := seedSite(t)
	for _, q := range []string{"форум меморандум", "КазНУ Эстония", "договор", "мемор*", "ел:эстония форум", "меморандум /s Таллин", "title:форум OR Льеж", "Льеж Эстония Бухарест"} {
		for _, mode := range []string{"", "&match=all", "&match=most", "&x=0", "&repair=0", "&match=most&kind=memorandum", "&tab=agreements"} {
			address := "/api/v1/search?q=" + url.QueryEscape(q) + mode
			a := s.search(t, address)
			if a.Total == 0 {
				continue
			}
			for facet, values := range a.Facets {
				if facet == "date" {
					continue
				}
				for i, v := range values {
					if i > 4 || v.Selected {
						continue
					}
					one := strings.ReplaceAll(address, "&"+facet+"=memorandum", "")
					one += "&" + facet + "=" + url.QueryEscape(v.Key)
					if facet == "country" && strings.HasPrefix(q, "ел:") {
						continue // chosen in the text: any of the two will do
					}
					if got := s.search(t, one).Total; got != v.Count {
						t.Errorf("%s %s: %s=%s says %d, choosing it gives %d", q, mode, facet, v.Key, v.Count, got)
					}
				}
			}
		}
	}
}

// A page never says of one word both that it searched for another instead, and that no document has it.
func TestNotesDoNotContradict(t *testing.T) {
	s := seedSite(t)
	for _, q := range []string{"когда подписали соглашение с Льежем", "tallin univercity memorandum", "меморондум", "КазНУ и Таллинн меморандум", "нетаких словв форум"} {
		for _, path := range []string{"/api/v1/search?q=", "/api/v1/agreements?q="} {
			var p struct {
				Notes []struct {
					Code string
					Args []string
				}
			}
			if err := json.Unmarshal(s.get(t, path+url.QueryEscape(q)).Body.Bytes(), &p); err != nil {
				t.Fatal(err)
			}
			said := map[string]string{}
			for _, n := range p.Notes {
				if n.Code != "repair" && n.Code != "absent" {
					continue
				}
				if other := said[n.Args[0]]; other != "" && other != n.Code {
					t.Errorf("%s%s: %q is %s and %s", path, q, n.Args[0], other, n.Code)
				}
				said[n.Args[0]] = n.Code
			}
		}
	}
}
