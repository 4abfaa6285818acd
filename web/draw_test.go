package web

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
)

// Every page is drawn with the zero value of its view and with one that has everything, in each language: a template
// that names a field which its view has not fails here and not before a reader.
func TestTemplatesFitTheirViews(t *testing.T) {
	l := link{Href: "/x", Text: "words", Lang: "en", Current: true}
	fr := frame{Lang: "kk", Title: "t", Query: "q", QueryLang: "ru", HL: "kk", Tab: "agreements", Skip: l, Languages: []link{l}, Holdings: "h"}
	d := dateView{"2025-11-17", "17"}
	st := statusView{"signed", "Signed", "/x"}
	runs := []run{{"a", false}, {"b", true}}
	hit := hitView{Date: d, Outlet: "o", OutletURL: "https://o.example/", Tongue: "ru", Lang: "ru", Title: runs, Href: "/x", Snippets: [][]run{runs}, Names: []nameView{{Text: "n", Lang: "en", Guess: true}, {Text: "m"}}, More: l, Statuses: []statusView{st},
		Fold: &foldView{"+2", []neighbourView{{d, "o", "t", l, true, "1", "n"}}, "1", "s"}}
	lead, deep := hit, hit
	lead.Lead, deep.Deep = true, true
	record := recordView{
		ID: "r1", No: "1", NoLabel: "n", QuoteID: "q1", Days: []dayView{{"w", d}, {Word: "x"}}, Line: "l", Mend: "/x", Outlet: "o", Status: st, Kind: "k", Also: []recordView{{}}, Mended: []string{"m"},
		Sides:    []sideView{{Name: "n", Lang: "en", Href: "/x", Country: "c"}, {Name: "u", Unnamed: true}, {Name: "b", Branch: l, Href: "/x", Guess: true}, {Name: "p"}},
		Evidence: []evidenceView{{Quote: runs, Lang: "ru", Title: runs, Href: "/x", Status: &st, Kind: "k"}, {Source: "s", Href: "/x"}},
		Further:  furtherView{"t", []evidenceView{{Quote: runs, Source: "s", Href: "/x"}}, []string{"b"}},
	}
	facet := facetView{ID: "country", Name: "c", More: l, Values: []valueView{{Label: "v", Lang: "en", Count: "1", Href: "/x", Chosen: true, Not: l}, {Label: "w", Excluded: true, Not: l}}}
	dates := &histogram{Bars: []bar{{Href: "/x", Count: "1", Label: "l", Year: "2025"}, {}}, Rows: []row{{"n", "1", "/x"}, {"m", "0", ""}}, Hidden: []hidden{{"q", "v"}}, Undated: l}
	chips := []chip{{Facet: "f", Value: "v", Href: "/x", Without: "1"}}
	facts := []fact{{Name: "n", Value: "v"}, {Name: "n", Date: d}, {Name: "n", Value: "v", Href: "/x", Lang: "en"}}
	blocks := []block{{Spans: []textSpan{{Runs: runs}}}, {Said: true, Status: "signed", ID: "a-1", Spans: []textSpan{{Mention: true, Country: true, Href: "/x", Runs: runs}, {Mention: true, Runs: runs}}, Notes: []noteRef{{"1", "q1", "#r1", "l"}, {"2", "", "#r2", "l"}}}}
	search := searchView{
		frame: fr, Heading: "h", Intro: "i", Notes: []noteView{{"t", l}, {Text: "u"}}, Chosen: chips, Clear: &l, ChosenCount: "1", Dates: dates, Facets: []facetView{facet},
		Tabs: []tabView{{l, "1"}}, Sorts: []link{l}, Days: []link{l}, Grouping: l, Counted: "c", Permalink: "/x", Hits: []hitView{hit, lead, deep}, Ledger: &ledgerView{Lines: []ledgerLine{{"1", "n", "/x"}, {"2", "m", ""}}, Statuses: []statusView{st}, Updated: "u", Tries: []tryView{{l, "1"}}}, Next: l, Start: l,
	}
	deals, none, first := search, search, search
	deals.Hits, deals.Records = nil, []recordView{record}
	none.Nothing = &nothing{Blockers: []template.HTML{"b"}, Words: []wordCount{{"w", "ru", "0", "/w", true}, {"x", "", "1", "/x", false}}, Ways: []way{{l, "1"}}}
	first.First, first.Opening = true, true
	numbers := numbersView{
		frame: fr, Heading: "h", Notes: []noteView{{"t", l}}, Chosen: chips, Clear: &l, Dates: dates, Facets: []facetView{facet}, Tabs: []tabView{{l, "1"}},
		Files: filesView{"t", []link{l}}, Hidden: []hidden{{"q", "v"}}, Counted: []option{{"v", "t", true}}, More: []string{"m"},
	}
	sheet := crosstab{
		Caption: "c", Corner: "c", Total: "t", Heads: []cellView{{"t", "en", "/x", "l"}}, Rows: []tableRow{{Cells: []cellView{{Text: "0"}}, Total: cellView{Text: "1"}}},
		Feet: []tableRow{{Cells: []cellView{{Text: "1"}}}},
	}
	partners := []partnerView{{nameView{Text: "n", Lang: "en"}, "k", "/x", l}}
	cells := []cellView{{"1", "en", "/x", "l"}, {"0", "", "", ""}}
	partnership := &partnerTable{"n", []partnerRow{{cells[0], cells[1], cells, cells}}}
	form := compareForm{"country", "n", []option{{"a", "b", false}}, []hidden{{"q", "v"}}, []option{{"a", "b", true}, {"c", "d", false}}, l}
	states := []versionView{{"t", d, "s", l}, {}}
	near := []neighbourView{{d, "o", "t", l, true, "1", "n"}, {Title: link{Href: "/x"}}}
	for _, v := range []view{
		{page: "search.html", data: searchView{}}, {page: "search.html", data: search}, {page: "search.html", data: deals},
		{page: "search.html", data: none}, {page: "search.html", data: first},
		{page: "facet.html", data: facetListView{}},
		{page: "facet.html", data: facetListView{frame: fr, Heading: "h", Facet: facet, Find: "f", Hidden: []hidden{{"q", "v"}}, Chosen: chips, Clear: &l, Back: l, Shown: "s"}},
		{page: "article.html", data: articleView{}},
		{page: "article.html", data: articleView{
			frame: fr, ID: "i", Article: "ru", Date: d, Gone: d, Outlet: "o", OutletURL: "https://o.example/", OutletOur: "/x", Tongue: "t", Heading: blocks, Tally: "1", Statuses: []statusView{st},
			Key: true, HasQuotes: true, Passages: []passage{{Lang: "ru", Blocks: blocks, Records: []recordView{record}, Claims: []claimView{{"c1", "t", "ru", "told"}}, ID: "m1", Best: "best", Aside: "more", Hop: &hopView{"t", "#m1", "#m2"}}, {}}, TitleRecs: []recordView{record}, TitleClaims: []claimView{{Text: "t"}}, Facts: facts, Citation: "c", JSON: "/x", Versions: states, Citations: []link{l}, Same: near, Similar: near,
		}},
		{page: "article.html", data: articleView{frame: fr, Untitled: true, Lead: runs}},
		{page: "entry.html", data: entryView{}},
		{page: "entry.html", data: entryView{
			frame: fr, Kind: "k", Heading: "h", HeadLang: "en", Names: []nameView{{Text: "n", Lang: "en", Guess: true}, {Text: "m"}}, Aliases: []nameView{{Text: "n", Lang: "en", Guess: true}, {Text: "m"}}, Facts: facts,
			Years: []yearView{{"2025", l, link{Text: "0"}, "1"}}, Partners: partnership, Where: partnership, Guesses: partners, Compare: form, Hits: []hitView{deep}, Records: []recordView{record}, Articles: l, Deals: l,
		}},
		{page: "versions.html", data: versionsView{}},
		{page: "versions.html", data: versionsView{
			frame: fr, Back: l, Article: "ru", Versions: states, OldOnes: form.Options, NewOnes: form.Options, Hidden: form.Hidden, Facts: []changedFact{{"n", "o", "p"}, {"n", "", "p"}},
			Lines: []lineView{{Changes: []changeView{{"ins", "a"}, {"del", "b"}, {"", "c"}}}, {Same: "1"}}, Same: "s",
		}},
		{page: "compare.html", data: compareView{}},
		{page: "compare.html", data: compareView{frame: fr, Heading: "h", Form: form, Find: "f", Asked: true, Found: []link{l}}},
		{page: "compare.html", data: compareView{frame: fr, Heading: "h", Picks: []compareForm{form, form}}},
		{page: "compare.html", data: compareView{frame: fr, Heading: "h", Sides: cells, Groups: []comparedPart{{"i", "n", []comparedLine{{cells[0], cells, true}, {cells[1], cells, false}}, "m"}}, Files: filesView{Files: []link{l}}}},
		{page: "help.html", data: helpView{}},
		{page: "help.html", data: helpView{frame: fr, Syntax: []syntax{{l, "t"}}, Parts: []helpPart{{"i", "h", []string{"l"}}}, Fields: []string{"q", "tab"}, Paths: []endpoint{{"/a", "t", "/a"}, {"/b", "t", ""}}}},
		{page: "table.html", data: tableView{}},
		{page: "table.html", data: tableView{
			numbersView: numbers,
			RowAxes:     []option{{"v", "t", true}}, crosstab: sheet,
		}},
		{page: "trend.html", data: trendView{}},
		{page: "trend.html", data: trendView{numbersView: numbers, Bys: []option{{"v", "t", true}}, Splits: []option{{"v", "t", true}}, Queries: []queryField{{"l", "t"}}, Panels: []panelView{{"n", "en", "d", "<svg></svg>"}}, crosstab: sheet}},
		{page: "trend.html", data: trendView{Stop: l, Kept: []hidden{{"q", "v"}}}},
		{page: "network.html", data: networkView{}},
		{page: "network.html", data: networkView{numbersView: numbers, SVG: "<svg></svg>", Caption: "c", Pairs: []pairRows{{nameView{Text: "n", Lang: "en", Guess: true}, "2", []pairRow{{nameView{Text: "m"}, l}, {nameView{Text: "m"}, l}}}}, Alone: partners, Rest: partners, List: l}},
		{page: "map.html", data: mapView{}},
		{page: "map.html", data: mapView{numbersView: numbers, SVG: "<svg></svg>", Detail: "<svg></svg>", Legend: []toneView{{"<svg></svg>", "1–3"}}, Countries: sheet}},
		{page: "concordance.html", data: concordanceView{}},
		{page: "concordance.html", data: concordanceView{numbersView: numbers, Orders: []link{l}, Lines: []placeView{{"l", "m", "r", true, true, "ru", "/x", d, "o", "t"}}, Empty: "e", Next: l, Start: l}},
		{page: "about.html", data: aboutView{}},
		{page: "about.html", data: aboutView{frame: fr, Parts: []helpPart{{"measured", "h", []string{"l"}}, {"mend", "h", nil}}, Figures: []figureView{{"n", "1", "2"}}}},
		{page: "sources.html", data: sourcesView{}},
		{page: "sources.html", data: sourcesView{frame: fr, Intro: "i", Rows: []sourceRow{{Name: "n", Href: "https://x.kz/", Kind: "k", State: "silent", Word: "w", Since: d, Error: "e", Success: d}, {Name: "m"}}}},
		{page: "fault.html", data: faultView{}},
		{page: "fault.html", data: faultView{frame: fr, Heading: "h", Detail: "d", Ways: []link{l}}},
	} {
		for _, lang := range languages {
			var b bytes.Buffer
			if err := loaded[lang].draw(&b, v); err != nil {
				t.Errorf("%s: %v", lang, err)
			}
			if s := b.String(); strings.Contains(s, "ZgotmplZ") || strings.Contains(s, "%!") {
				t.Errorf("%s, %s: a value was taken for unsafe", v.page, lang)
			}
		}
	}
}

var loaded = loadPages()

func TestEveryPageHasAView(t *testing.T) {
	want := []string{"about.html", "article.html", "compare.html", "concordance.html", "entry.html", "facet.html", "fault.html", "help.html", "map.html", "network.html", "search.html", "sources.html", "table.html", "trend.html", "versions.html"}
	for _, lang := range languages {
		for _, name := range want {
			if loaded[lang].of[name] == nil {
				t.Errorf("%s: no %s", lang, name)
			}
		}
		if len(loaded[lang].of) != len(want) {
			t.Errorf("%s: %d pages, of which %d are tested", lang, len(loaded[lang].of), len(want))
		}
	}
}

func TestErrorPagesAreDrawnAtStartUp(t *testing.T) {
	s := &server{pages: loaded}
	for lang, page := range s.drawBroken() {
		if !bytes.Contains(page, []byte(allWords[lang].text("fault.broken"))) {
			t.Errorf("%s: the page does not say what happened", lang)
		}
	}
}
