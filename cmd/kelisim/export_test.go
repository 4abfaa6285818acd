package main_test

import (
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
)

// Export has the rows that its manifest counts; a wrong value is a wrong command line.
func TestExport(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	var m struct{ Total int }
	if err := json.Unmarshal([]byte(must(t, data, "export", "--country", "CN", "--format", "manifest.json")), &m); err != nil {
		t.Fatal(err)
	}
	out := must(t, data, "export", "--country", "CN")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out, "\ufeff"))).ReadAll()
	if err != nil || m.Total == 0 || len(rows)-1 != m.Total {
		t.Errorf("%d rows of %d, %v", len(rows)-1, m.Total, err)
	}
	if out := must(t, data, "export", "--of", "articles", "--format", "bib"); strings.Count(out, "@online{") != 5 {
		t.Error(out)
	}
	for _, args := range [][]string{{"--kind", "memorandums"}, {"--format", "doc"}, {"--of", "x"}} {
		if code, _, _ := kelisim(t, data, append([]string{"export"}, args...)...); code != 2 {
			t.Errorf("%v: exit code %d", args, code)
		}
	}
}

// The shell completes values of facets.
func TestCompletion(t *testing.T) {
	data := t.TempDir()
	must(t, data, "index", seedsFolder)
	for _, tt := range []struct{ flag, want string }{{"--kind", "memorandum\t"}, {"--country", "EE\tEstonia"}, {"--sort", "newest"}, {"--dated", "stated"}} {
		out := must(t, data, "__complete", "agreements", "--data", data, tt.flag, "")
		if !strings.Contains(out, tt.want) {
			t.Errorf("%s: %q", tt.flag, out)
		}
	}
	for _, tt := range []struct{ flag, want string }{{"--as", "mhtml\n"}, {"--encoding", "KZ-1048\n"}} {
		if out := must(t, data, "__complete", "index", "--data", data, tt.flag, ""); !strings.Contains(out, tt.want) {
			t.Errorf("%s: %q", tt.flag, out)
		}
	}
}
