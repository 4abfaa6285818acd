package index_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"kelisim/index"
)

func TestFacets(t *testing.T) {
	r := &index.Record{
		Lang: "kk", Outlet: "baq",
		Mentions: []index.Mention{
			{Kind: "country", Key: "KZ"}, {Kind: "country", Key: "CN"},
			{Kind: "institution", Key: "ror:ministry", Body: "government"},
			{Kind: "institution", Key: "ror:b", Body: "university"}, {Kind: "institution", Key: "ror:a", Body: "branch"},
			{Kind: "country", Key: "EE"}, {Kind: "country", Key: "EE"}, {Kind: "institution", Key: "ror:a", Body: "branch"},
		},
		Agreements: []index.Agreement{{Kind: "branch", Status: "signed", Reported: "2025"}, {Kind: "branch", Status: "signed"}, {Kind: "memorandum", Status: "planned", Date: "2026"}},
	}
	a := &index.Agreement{
		Kind: "branch", Status: "signed", Date: "2025-01-01", Reported: "2025-01-02",
		Parties: []index.Party{
			{Key: "ror:a", Country: "KZ"}, {Key: "ror:ministry", Country: "EE", Unlisted: true}, {Name: "universities, CN", Country: "CN"},
		},
		Evidence: []index.Evidence{{Lang: "ru", Outlet: ""}, {Lang: "kk", Outlet: "baq"}, {Lang: "ru", Outlet: "baq"}},
	}
	for _, tt := range []struct {
		facet              string
		article, agreement []string
	}{
		{"country", []string{"EE", "CN", "KZ"}, []string{"EE", "CN", "KZ"}}, // home last, whatever is said of it
		{"institution", []string{"ror:a", "ror:b"}, []string{"ror:a"}},
		{"kind", []string{"branch", "memorandum"}, []string{"branch"}},
		{"status", []string{"signed", "signed", "planned"}, []string{"signed"}}, // one an agreement
		{"dated", []string{"reported", "stated"}, []string{"stated"}},
		{"exact", nil, []string{"day", "month", "quarter", "year"}},
		{"lang", []string{"kk"}, []string{"ru", "kk"}},
		{"outlet", []string{"baq"}, []string{"baq"}},
	} {
		f, ok := index.FacetNamed(tt.facet)
		if !ok {
			t.Errorf("no facet %s", tt.facet)
			continue
		}
		if diff := cmp.Diff(tt.article, f.Article(r)); diff != "" {
			t.Errorf("%s of an article:\n%s", tt.facet, diff)
		}
		if diff := cmp.Diff(tt.agreement, f.Agreement(a)); diff != "" {
			t.Errorf("%s of an agreement:\n%s", tt.facet, diff)
		}
	}
}
