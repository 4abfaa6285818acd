package enginetest

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"kelisim/index"
)

func words(terms ...string) index.Tree { return index.AnyTerm{Terms: terms} }

func phrase(slop int, slots ...string) index.Tree {
	p := index.Phrase{Slop: slop}
	for _, s := range slots {
		p.Slots = append(p.Slots, []string{s, "kk:" + s})
	}
	return p
}

// want compares the ids that a request finds, in their order.
func want(t *testing.T, e Engine, r index.Request, want ...string) {
	t.Helper()
	r.Size = 100
	res := search(t, e, r)
	if got := ids(res); !slices.Equal(got, want) || res.Total != len(want) {
		t.Errorf("%v %+v finds %v (total %d), want %v", r.Tree, r.Selection, got, res.Total, want)
	}
}

func phrasesStayInAParagraph(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{
		NewRecord("a", "қос диплом", "бағдарлама ашты\nекі ел"),
		NewRecord("b", "диплом қос", "ашты бағдарлама жаңа екі"),
		NewRecord("c", "", "қос жаңа диплом бағдарлама"),
	}})
	want(t, e, index.Request{Tree: phrase(0, "қос", "диплом")}, "a")
	want(t, e, index.Request{Tree: phrase(0, "диплом", "бағдарлама")}, "c")
	want(t, e, index.Request{Tree: phrase(5, "диплом", "бағдарлама")}, "c")
	want(t, e, index.Request{Tree: phrase(5, "ашты", "екі")}, "b")
	want(t, e, index.Request{Tree: phrase(1, "ашты", "екі")})
	want(t, e, index.Request{Tree: phrase(1, "қос", "диплом"), Sort: index.Oldest}, "a", "c")
	want(t, e, index.Request{Tree: phrase(0, "қос", "жоқ")})
	want(t, e, index.Request{Tree: index.Phrase{Slots: [][]string{{"kk:қос"}, {"жоқ", "kk:диплом"}}}}, "a")
	want(t, e, index.Request{Tree: index.Phrase{}})
}

func oneAgreement(t *testing.T, open func(t *testing.T) Engine) {
	e, w := open(t), &world{map[string]*index.Record{}, map[string]index.AgreementDoc{}}
	deal := func(id, kind, institution, country, when string) index.Agreement {
		return index.Agreement{ID: id, Kind: kind, Status: "signed", Date: when,
			Parties: []index.Party{{Key: institution, Country: country}, {Key: "ror:home", Country: "KZ"}}}
	}
	for id, as := range map[string][]index.Agreement{
		"002": {deal("g1", "memorandum", "ror:a", "EE", "2025"), deal("g2", "branch", "ror:b", "CN", "2026")},
		"003": {deal("g3", "branch", "ror:a", "EE", "2026")},
		"004": nil,
	} {
		rec := NewRecord(id, "келісім", "мәтін")
		rec.Mentions = []index.Mention{
			{Kind: "institution", Key: "ror:a", Body: "university"}, {Kind: "country", Key: "EE"},
		}
		rec.Agreements = as
		w.articles[id] = rec
	}
	w.agree()
	put(t, e, w.batch(1))
	sel := func(of ...string) index.Request {
		r := index.Request{Sort: index.Oldest}
		for i := 0; i < len(of); i += 2 {
			r.Selection = r.Selection.With(of[i], of[i+1])
		}
		return r
	}
	want(t, e, sel("institution", "ror:a"), "002", "003", "004")
	want(t, e, sel("institution", "ror:a", "kind", "branch"), "003")
	want(t, e, sel("kind", "branch"), "002", "003")
	want(t, e, sel("country", "CN"))
	want(t, e, sel("country", "CN", "status", "signed"), "002")
	want(t, e, sel("country", "KZ", "kind", "memorandum"), "002")
	want(t, e, sel("kind", "-branch"), "004")
	r := sel("kind", "branch")
	r.Selection = r.Selection.WithRange(date("2025"), date("2025"))
	want(t, e, r)
	r.Selection = r.Selection.WithRange(date("2026"), date("2026"))
	want(t, e, r, "002", "003")
	r.Tab = index.Agreements
	want(t, e, r, "g2", "g3")
}

func datesOverlap(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	var b index.Batch
	for id, published := range map[string]string{"day": "2025-11-17", "month": "2025-11", "none": "", "year": "2025"} {
		rec := NewRecord(id, "", "сөз")
		rec.Article.Published = date(published)
		b.Articles = append(b.Articles, rec)
	}
	b.Seq = 1
	put(t, e, b)
	in := func(from, to string) index.Request {
		return index.Request{Sort: index.Newest, Selection: index.Selection{}.WithRange(date(from), date(to))}
	}
	want(t, e, index.Request{Sort: index.Newest}, "day", "month", "year", "none")
	want(t, e, index.Request{Sort: index.Oldest}, "year", "month", "day", "none")
	want(t, e, in("2025", "2025"), "day", "month", "year")
	want(t, e, in("2025-11-18", "2025-11-18"), "month", "year")
	want(t, e, in("2025-03", "2025-04"), "year")
	want(t, e, in("2025-11-17", ""), "day", "month", "year")
	want(t, e, in("", "2025-11-16"), "month", "year")
	want(t, e, in("", "2024"))
	want(t, e, in("2026", "2024"))
	want(t, e, index.Request{Selection: index.Selection{}.With("date", index.UndatedKey)}, "none")
}

func optionalWords(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{
		NewRecord("a", "", "форум ашылды бүгін"), NewRecord("b", "", "форум ашылды және"), NewRecord("c", "", "және басқа сөз"),
	}})
	want(t, e, index.Request{Tree: index.And{words("форум"), index.Should{Of: words("және"), Weight: 1}}}, "b", "a")
	want(t, e, index.Request{Tree: index.And{words("форум"), index.Should{Of: words("жоқ"), Weight: 1}}}, "a", "b")
	want(t, e, index.Request{Tree: index.And{index.Should{Of: words("форум"), Weight: 1}}, Sort: index.Oldest}, "a", "b", "c")
	want(t, e, index.Request{Tree: index.And{words("форум"), index.Not{Of: words("және")}}}, "a")
	want(t, e, index.Request{Tree: index.Not{Of: words("форум")}}, "c")
	want(t, e, index.Request{Tree: words("жоқ", "kk:бүгін")}, "a")
	want(t, e, index.Request{Tree: words()})
}

func replaces(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	deal := index.Agreement{ID: "g", Kind: "branch", Status: "signed", Evidence: []index.Evidence{{Article: "a"}}}
	a := NewRecord("a", "бірінші", "сөз")
	a.Agreements = []index.Agreement{deal}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{a, NewRecord("b", "екінші", "сөз")}, Agreements: []index.AgreementDoc{docOf(deal)}})
	want(t, e, index.Request{Tree: words("сөз")}, "a", "b")
	want(t, e, index.Request{Selection: index.Selection{}.With("kind", "branch")}, "a")
	want(t, e, index.Request{Tab: index.Agreements}, "g")
	put(t, e, index.Batch{Seq: 2, Articles: []*index.Record{NewRecord("a", "үшінші", "мәтін")}, Gone: []string{"g", "unknown"}})
	want(t, e, index.Request{Tree: words("сөз")}, "b")
	want(t, e, index.Request{Tree: words("бірінші")})
	want(t, e, index.Request{Tree: words("мәтін")}, "a")
	want(t, e, index.Request{Selection: index.Selection{}.With("kind", "branch")})
	want(t, e, index.Request{Tab: index.Agreements})
	put(t, e, index.Batch{Seq: 3, Removed: []string{"a", "unknown"}})
	want(t, e, index.Request{}, "b")
	if got := e.Seq(); got != 3 {
		t.Errorf("Seq() = %d after three batches", got)
	}
	put(t, e, index.Batch{Seq: 4})
	if got := e.Seq(); got != 4 {
		t.Errorf("Seq() = %d after an empty batch", got)
	}
}

// numberWithDocuments puts article after article while others search: whoever sees number n sees n articles.
func numberWithDocuments(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	if got := e.Seq(); got != 0 {
		t.Errorf("Seq() of an empty engine = %d", got)
	}
	const last = 25
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() {
			var seq uint64
			for ctx.Err() == nil && seq < last {
				res, err := e.Search(t.Context(), index.Request{Tab: index.Articles, Sort: index.Newest, Size: 100, Counts: true})
				if err != nil {
					t.Error(err)
					return
				}
				if res.Total != int(res.Seq) || len(res.Hits) != res.Total || res.Seq < seq {
					t.Errorf("after number %d: number %d with total %d, %d hits", seq, res.Seq, res.Total, len(res.Hits))
					return
				}
				seq = res.Seq
			}
		})
	}
	for i := range last {
		put(t, e, index.Batch{Seq: uint64(i + 1), Articles: []*index.Record{NewRecord(fmt.Sprint(i), "", "сөз")}})
		if got := e.Seq(); got != uint64(i+1) {
			t.Errorf("Seq() = %d after batch %d", got, i+1)
		}
		if got := search(t, e, index.Request{}); got.Seq != uint64(i+1) || got.Total != i+1 {
			t.Errorf("after batch %d a search sees number %d, total %d", i+1, got.Seq, got.Total)
		}
	}
	wg.Wait()
}

func givesBackAgreements(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	side := func(key string) index.Party { return index.Party{Key: key, Name: key, Text: key} }
	deal := func(id string, articles ...string) index.AgreementDoc {
		a := index.Agreement{ID: id, Kind: "branch", Subject: "пән " + id}
		for _, x := range articles {
			a.Evidence = append(a.Evidence, index.Evidence{ID: id + x, Article: x, Reported: "2024-05-12", Kind: "branch", Status: "signed", Date: "2024", Rule: "pair", Start: 3, End: 9, Quote: "сөз",
				Parties: []index.Party{side(id), {Key: "x", Name: "x", Country: "EE", Parent: "y"}}, Read: &index.AsRead{Kind: "agreement", Date: "2023"}})
		}
		return docOf(a)
	}
	group := deal("g2", "a").Agreement.Groups()
	a := NewRecord("a", "", "сөз")
	a.Agreements = []index.Agreement{{ID: "g1"}, {ID: "g2"}}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{a}, Agreements: []index.AgreementDoc{deal("g1", "a"), deal("g2", "a", "b"), deal("g3", "c")}})
	for _, tt := range []struct {
		index.Lookup
		want []string
	}{
		{index.Lookup{}, nil},
		{index.Lookup{IDs: []string{"g3", "g9"}}, []string{"g3"}},
		{index.Lookup{IDs: []string{"g2b", "g2"}}, []string{"g2"}},
		{index.Lookup{Articles: []string{"a"}}, []string{"g1", "g2"}},
		{index.Lookup{Groups: group}, []string{"g2"}},
		{index.Lookup{Groups: []string{"g2", "a"}}, nil},
		{index.Lookup{IDs: []string{"g1"}, Articles: []string{"b", "x"}}, []string{"g1", "g2"}},
		{index.Lookup{IDs: []string{"g1"}, Articles: []string{"c"}, Groups: group}, []string{"g1", "g2", "g3"}},
		{index.Lookup{Own: []string{"g1", "g2b", "a"}}, []string{"g1"}},
		{index.Lookup{Own: []string{"g3"}, Articles: []string{"b"}}, []string{"g2", "g3"}},
	} {
		got, err := e.Stored(t.Context(), tt.Lookup)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, g := range got {
			ids = append(ids, g.ID)
			if g.Subject != "пән "+g.ID || g.Kind != "branch" || len(g.Evidence) == 0 {
				t.Errorf("%s came back as %+v", g.ID, g)
			}
		}
		slices.Sort(ids)
		if !slices.Equal(ids, tt.want) {
			t.Errorf("Stored(%+v) = %v, want %v", tt.Lookup, ids, tt.want)
		}
		tt.Brief = true
		brief, err := e.Stored(t.Context(), tt.Lookup)
		if err != nil {
			t.Fatal(err)
		}
		if a, b := merged(got), merged(brief); !reflect.DeepEqual(a, b) {
			t.Errorf("Stored(%+v) in brief is %+v, not %+v", tt.Lookup, b, a)
		}
	}
}

// merged is what merging asks of agreements.
func merged(of []index.Agreement) map[string][]index.Evidence {
	out := map[string][]index.Evidence{}
	for _, a := range of {
		for _, e := range a.Evidence {
			e.Quote, e.Why, e.Subject = "", nil, ""
			out[a.ID] = append(out[a.ID], e)
		}
	}
	return out
}

// knowsTellers: who tells an agreement is known where it has evidence of the first articles only, the earliest first.
func knowsTellers(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	deal := index.Agreement{ID: "g0", Kind: "branch", Status: "signed", Crowd: true}
	var articles []*index.Record
	var tellers []string
	for i := range index.MostAlike + 3 {
		r := NewRecord(fmt.Sprintf("a%02d", i), "", "сөз")
		r.Article.Published = index.Day(20084 + i/2)
		r.Agreements = []index.Agreement{{ID: "g"}}
		if articles, tellers = append(articles, r), append(tellers, r.Article.ID); i < index.MostAlike {
			deal.Evidence = append(deal.Evidence, index.Evidence{ID: "g", Article: r.Article.ID, Kind: "branch", Status: "signed", Quote: "сөз", End: len("сөз")})
		}
	}
	// «2025» is before the days of 2025, and no date behind all.
	for id, date := range map[string]string{"year": "2025", "never": ""} {
		r := NewRecord(id, "", "сөз")
		r.Article.Published, _ = index.ParseDate(date)
		r.Agreements = []index.Agreement{{ID: "g"}}
		articles = append(articles, r)
	}
	tellers = slices.Insert(tellers, slices.IndexFunc(articles, func(r *index.Record) bool { return r.Article.Published.Year == 2025 }), "year")
	tellers = append(tellers, "never")
	put(t, e, index.Batch{Seq: 1, Articles: append(articles, NewRecord("z", "", "сөз")), Agreements: []index.AgreementDoc{docOf(deal)}})
	last := tellers[len(tellers)-2]
	for range 2 {
		if got, err := e.Tellers(t.Context(), []string{"g", "g9"}, map[string]bool{"z": true}); err != nil || !slices.Equal(got, tellers) {
			t.Errorf("told by %v, %v; want %v", got, err, tellers)
		}
		for _, asked := range [][]string{{"a00"}, {"never", last, "z"}} {
			got, err := e.Stored(t.Context(), index.Lookup{Articles: asked})
			if err != nil || len(got) != 1 {
				t.Fatalf("of %v: %v, %v", asked, got, err)
			}
			for _, id := range asked {
				i := slices.IndexFunc(got[0].Evidence, func(e index.Evidence) bool { return e.Article == id })
				if kept := id == "a00"; i < 0 != (id == "z") || i >= 0 && (got[0].Evidence[i].Start < 0) == kept || i >= 0 && got[0].Evidence[i].Quote != "сөз" {
					t.Errorf("%s tells %+v", id, got[0].Evidence)
				}
			}
			brief, err := e.Stored(t.Context(), index.Lookup{Articles: []string{last}, Groups: deal.Groups(), Brief: true})
			if err != nil || len(brief) != 1 || len(brief[0].Evidence) != index.MostAlike {
				t.Errorf("in brief %+v, %v", brief, err)
			}
		}
		deal.Wrong = true
		put(t, e, index.Batch{Seq: 2, Agreements: []index.AgreementDoc{{Agreement: deal}}})
	}
}

// findsMerged: an article knows its agreements by what was read out of it alone; two of them may have become one.
func findsMerged(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	deal := index.Agreement{ID: "g1", Kind: "branch", Status: "signed", Evidence: []index.Evidence{{ID: "g1", Article: "a"}, {ID: "g2", Article: "b"}, {ID: "g3", Article: "b"}}}
	a, b := NewRecord("a", "", "сөз"), NewRecord("b", "", "сөз")
	a.Agreements = []index.Agreement{{ID: "g1"}}
	b.Agreements = []index.Agreement{{ID: "g2"}, {ID: "g3"}}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{a, b, NewRecord("c", "", "сөз")}, Agreements: []index.AgreementDoc{docOf(deal)}})
	branches := index.Selection{}.With("kind", "branch")
	want(t, e, index.Request{Selection: branches, Sort: index.Oldest}, "a", "b")
	want(t, e, index.Request{Tab: index.Agreements, Selection: branches}, "g1")
	res := search(t, e, index.Request{Selection: branches, Counts: true})
	for _, c := range res.Counts["status"] {
		if c.Key == "signed" && c.Count != 2 {
			t.Errorf("%d articles tell a signed branch, want 2", c.Count)
		}
	}
}

func keepsWrong(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	deal := index.Agreement{ID: "g", Kind: "branch", Status: "signed", Evidence: []index.Evidence{{ID: "g", Article: "a"}}}
	a := NewRecord("a", "", "сөз")
	a.Agreements = []index.Agreement{deal}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{a}, Agreements: []index.AgreementDoc{docOf(deal)}})
	want(t, e, index.Request{Tab: index.Agreements}, "g")
	deal.Wrong = true
	put(t, e, index.Batch{Seq: 2, Agreements: []index.AgreementDoc{{Agreement: deal}}})
	want(t, e, index.Request{Tab: index.Agreements})
	want(t, e, index.Request{}, "a")
	want(t, e, index.Request{Selection: index.Selection{}.With("kind", "branch")})
	for _, tt := range []struct {
		index.Lookup
		n int
	}{{index.Lookup{IDs: []string{"g"}}, 0}, {index.Lookup{Articles: []string{"a"}}, 1}, {index.Lookup{Groups: deal.Groups()}, 1}, {index.Lookup{Own: []string{"g"}, Brief: true}, 1}} {
		got, err := e.Stored(t.Context(), tt.Lookup)
		if err != nil || len(got) != tt.n || tt.n > 0 && !got[0].Wrong {
			t.Errorf("Stored(%+v) = %+v, %v", tt.Lookup, got, err)
		}
	}
}

func keepsLeft(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	left := &index.Record{Article: index.Article{ID: "left", Title: "сөз"}, Left: true}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{NewRecord("a", "", "сөз"), left}})
	want(t, e, index.Request{}, "a")
	if n, err := e.Frequencies(t.Context(), index.Articles, 0, [][]string{{"сөз"}}); err != nil || n[0] != 1 {
		t.Errorf("its word is in %v articles, %v", n, err)
	}
	if r, ok := e.(interface {
		Roll(context.Context) (index.Roll, error)
	}); ok {
		if all, err := r.Roll(t.Context()); err != nil || all.N != 2 {
			t.Errorf("it has %+v, %v; two articles", all, err)
		}
	}
	put(t, e, index.Batch{Seq: 2, Articles: []*index.Record{NewRecord("left", "", "сөз")}})
	want(t, e, index.Request{}, "a", "left")
	put(t, e, index.Batch{Seq: 3, Articles: []*index.Record{left}})
	want(t, e, index.Request{}, "a")
}

func hitsCarryValues(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	rec := NewRecord("a", "", "сөз")
	rec.Outlet = "baq"
	for _, c := range []string{"KZ", "CN", "EE", "EE"} {
		rec.Mentions = append(rec.Mentions, index.Mention{Kind: "country", Key: c})
	}
	rec.Mentions = append(rec.Mentions, index.Mention{Kind: "institution", Key: "ror:m", Body: "government"})
	g := docOf(index.Agreement{ID: "g", Kind: "branch", Status: "signed", Parties: []index.Party{{Key: "ror:a", Country: "EE"}}})
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{rec}, Agreements: []index.AgreementDoc{g}})
	res := search(t, e, index.Request{Size: 1, Counts: true})
	got := res.Hits[0].Values
	if !slices.Equal(got["country"], []string{"EE", "CN", "KZ"}) || !slices.Equal(got["outlet"], []string{"baq"}) || len(got["institution"]) != 0 {
		t.Errorf("values of the hit are %v", got)
	}
	if c := res.Counts["country"]; len(c) != 2 {
		t.Errorf("countries are %v: home is never listed", c)
	}
	res = search(t, e, index.Request{Counts: true, Selection: index.Selection{}.With("country", "KZ")})
	if c := res.Counts["country"]; res.Total != 1 || len(c) != 3 {
		t.Errorf("with home chosen: total %d, countries %v", res.Total, c)
	}
	res = search(t, e, index.Request{Size: 1, Tab: index.Agreements})
	if h := res.Hits[0]; h.ID != "g" || h.Agreement == nil || h.Agreement.Kind != "branch" || !slices.Equal(h.Values["country"], []string{"EE"}) {
		t.Errorf("the agreement came back as %+v", h)
	}
}

func confidence(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	deal := func(id, kind, status string, evidence ...index.Evidence) index.AgreementDoc {
		return docOf(index.Agreement{ID: id, Kind: kind, Status: status, Reported: "2025", Evidence: evidence})
	}
	a, b := NewRecord("a", "", "сөз"), NewRecord("b", "", "сөз")
	a.Agreements = []index.Agreement{
		{ID: "low", Kind: "branch", Status: "signed"}, {ID: "two", Kind: "memorandum", Status: "signed"}, {ID: "mended", Kind: "alliance", Status: "planned"},
	}
	b.Agreements = []index.Agreement{{ID: "two", Kind: "memorandum", Status: "planned"}}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{a, b}, Agreements: []index.AgreementDoc{
		deal("low", "branch", "signed", index.Evidence{Article: "a", Confidence: .3}),
		deal("two", "memorandum", "signed", index.Evidence{Article: "a", Confidence: .3}, index.Evidence{Article: "b", Confidence: .6}),
		deal("mended", "alliance", "planned", index.Evidence{Article: "a", Confidence: .3, Corrected: "status by A: seen"}),
	}})
	kind := func(k string) index.Selection { return index.Selection{}.With("kind", k) }
	from := func(p index.Percent, r index.Request) index.Request { r.MinConfidence = p; return r }
	for _, tt := range []struct {
		least      index.Percent
		agreements []string // found
		branch     []string // articles with such
		statuses   string   // of the hit a
	}{
		{index.Any, []string{"low", "mended", "two"}, []string{"a"}, "signed signed planned"},
		{30, []string{"low", "mended", "two"}, []string{"a"}, "signed signed planned"},
		{31, []string{"mended", "two"}, nil, "signed planned"},
		{60, []string{"mended", "two"}, nil, "signed planned"},
		{61, []string{"mended"}, nil, "planned"},
		{100, []string{"mended"}, nil, "planned"},
	} {
		want(t, e, from(tt.least, index.Request{Tab: index.Agreements, Sort: index.Newest}), tt.agreements...)
		want(t, e, from(tt.least, index.Request{Selection: kind("branch")}), tt.branch...)
		want(t, e, from(tt.least, index.Request{Tree: index.Value{Facet: "kind", Key: "branch"}}), tt.branch...)
		res := search(t, e, from(tt.least, index.Request{Sort: index.Newest, Size: 2, Counts: true}))
		if got := strings.Join(res.Hits[0].Values["status"], " "); got != tt.statuses {
			t.Errorf("from %d on: statuses %q, want %q", tt.least, got, tt.statuses)
		}
		if got := len(res.Counts["kind"]); res.Total != 2 || got != len(tt.agreements) {
			t.Errorf("from %d on: %d articles with %d kinds", tt.least, res.Total, got)
		}
		// An excluded kind takes out only articles whose agreement of it is seen.
		others := search(t, e, from(tt.least, index.Request{Selection: kind("-branch")})).Total
		if want := 2 - len(tt.branch); others != want {
			t.Errorf("from %d on: %d articles without a branch, want %d", tt.least, others, want)
		}
	}
}

func oddRequests(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	res := search(t, e, index.Request{Size: 10, Counts: true, Tree: words("жоқ"), Selection: index.Selection{}.With("country", "EE")})
	if res.Total != 0 || len(res.Counts["country"]) != 1 {
		t.Errorf("an empty engine answers %v", res)
	}
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{NewRecord("a", "", "сөз")}})
	for _, r := range []index.Request{
		{Size: -1}, {Size: math.MinInt}, {Size: math.MaxInt}, {Size: 0, Counts: true},
		{Selection: index.Selection{}.With("nofacet", "x")},
		{Tab: "trend"}, {Sort: "sideways", Size: 5},
		{After: &index.Cursor{}, Size: 5, Sort: index.Newest},
		{After: &index.Cursor{Date: math.MaxInt, Score: math.NaN(), ID: "\xff"}, Size: 5, Sort: index.Oldest},
	} {
		if res := search(t, e, r); res.Total != 1 || r.Size <= 0 && len(res.Hits) != 0 {
			t.Errorf("%+v is answered by %+v", r, res)
		}
	}
	for _, tree := range []index.Tree{
		words("\x00", "сөз*", string(make([]byte, 100_000))), index.And{}, index.Or{}, index.Enough{}, index.Name{}, index.Enough{Share: .2, Of: []index.Tree{index.Name{}}},
		index.Enough{Share: math.MaxFloat64, Of: []index.Tree{words("сөз")}}, index.Enough{Share: -1, Of: []index.Tree{words("сөз")}},
		phrase(math.MaxInt, "сөз", "сөз"), phrase(-5, "сөз", "сөз"), index.Value{Facet: "nofacet", Key: "x"},
	} {
		search(t, e, index.Request{Tree: tree, Size: 5})
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := e.Search(ctx, index.Request{Tab: index.Articles, Sort: index.Newest}); err == nil {
		t.Error("a search that was given up answers")
	}
}

func countsWords(t *testing.T, open func(t *testing.T) Engine) {
	r := rand.New(rand.NewPCG(4, 4))
	e, w := filled(t, open, r)
	words := [][]string{nil, {"w999"}}
	for range 20 {
		words = append(words, randomWord(r))
	}
	n, err := e.Frequencies(t.Context(), index.Articles, index.Any, words)
	if err != nil || len(n) != len(words) {
		t.Fatalf("%v, %v", n, err)
	}
	for i, terms := range words {
		if want := len(w.matching(index.Request{Tab: index.Articles, Tree: index.AnyTerm{Terms: terms}, MinConfidence: index.Any})); n[i] != want {
			t.Errorf("%v is in %d articles, want %d", terms, n[i], want)
		}
	}
}

func findsSimilar(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{
		NewRecord("a", "Меморандум", "университет туралы меморандумға қол қойылды"), NewRecord("b", "", "мемориал ашылды"),
	}})
	put(t, e, index.Batch{Seq: 2, Articles: []*index.Record{NewRecord("c", "", "меморандумның мәтіні")}})
	near, err := e.Similar(t.Context(), [][]string{{"меморандм", "kk:меморандм"}, {"memorandum", "en:memorandum"}, {"kk:меморандум"}, {"kk:өзге"}, nil})
	if err != nil || len(near) != 5 {
		t.Fatalf("%v, %v", near, err)
	}
	for i, want := range []struct {
		first string
		least float64
	}{{"kk:меморандум", .7}, {"kk:меморандум", 1}, {"kk:меморандумға", .8}} {
		if got := near[i]; len(got) == 0 || got[0].Term != want.first || got[0].Likeness < want.least || got[0].Weight <= 0 || got[0].Weight > 1 {
			t.Errorf("%d: %+v, want %s first", i, got, want.first)
		}
	}
	if len(near[3])+len(near[4]) > 0 {
		t.Errorf("what is like nothing has %v", near[3:])
	}
}

func findsBegun(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{
		NewRecord("a", "мемориал", "меморандум меморандум сөз"), NewRecord("b", "", "меморандум мемлекет"), NewRecord("c", "меморандум", "мемориал"),
	}, Agreements: []index.AgreementDoc{docOf(index.Agreement{ID: "g", Evidence: []index.Evidence{{Article: "a", Quote: "мемуар", Lang: "kk"}}})}})
	put(t, e, index.Batch{Seq: 2, Articles: []*index.Record{NewRecord("c", "", "мемориал")}})
	for _, tt := range []struct {
		begin string
		most  int
		tab   index.Tab
		want  string
		total int
	}{
		{"мемор", 9, index.Articles, "[{меморандум 2} {мемориал 2}]", 2},
		{"мем", 9, index.Articles, "[{меморандум 2} {мемориал 2} {мемлекет 1}]", 3},
		{"мем", 1, index.Articles, "[{меморандум 2}]", 4}, // what is in no article is told apart only among those looked at
		{"мемуар", 9, index.Agreements, "[{мемуар 1}]", 1},
		{"мемуар", 9, index.Articles, "[]", 0},
		{"жоқ", 9, index.Articles, "[]", 0},
		{"", 9, index.Articles, "[]", 0},
		{"kk:мем", 9, index.Articles, "[]", 0},
	} {
		got, total, err := e.Words(t.Context(), tt.tab, tt.begin, tt.most)
		if err != nil || fmt.Sprint(got) != tt.want || total != tt.total {
			t.Errorf("words that begin with %q: %v, %d, %v, want %s, %d", tt.begin, got, total, err, tt.want, tt.total)
		}
	}
}

func looksIntoSentences(t *testing.T, open func(t *testing.T) Engine) {
	e := open(t)
	put(t, e, index.Batch{Seq: 1, Articles: []*index.Record{
		NewRecord("a", "форум", "қос диплом ашты. таллин келді"),
		NewRecord("b", "таллин", "диплом мен таллин. қос"),
		NewRecord("c", "қос диплом", "таллин бар. қос диплом жоқ. таллин"),
	}})
	one := func(slots ...string) index.Phrase { return phrase(0, slots...).(index.Phrase) }
	want(t, e, index.Request{Tree: index.Sentence{Of: []index.Phrase{one("диплом"), one("таллин")}}}, "b")
	want(t, e, index.Request{Tree: index.Sentence{Of: []index.Phrase{one("таллин"), one("келді")}}}, "a")
	want(t, e, index.Request{Tree: index.Sentence{Of: []index.Phrase{one("жоқ"), one("қос", "диплом")}}}, "c")
	want(t, e, index.Request{Tree: index.Sentence{Of: []index.Phrase{one("диплом", "ашты"), one("таллин")}}})
	want(t, e, index.Request{Tree: index.Sentence{Of: []index.Phrase{phrase(3, "ашты", "таллин").(index.Phrase)}}})
	want(t, e, index.Request{Tree: index.Sentence{}})
	want(t, e, index.Request{Tree: index.AnyTerm{Terms: []string{"таллин"}, Title: true}}, "b")
	title := one("қос", "диплом")
	title.Title = true
	want(t, e, index.Request{Tree: title}, "c")
}
