// Package export answers: how do I take what I found home? It writes rows as CSV, XLSX or JSON lines, and articles as RIS,
// BibTeX or CSL-JSON, one after another, so that a hundred thousand take no more memory than one. Beside each file goes a
// [Manifest], by which another reader gets the same rows.
//
// References: RFC 4180 for CSV; the RIS format of Research Information Systems; biblatex's manual; the CSL-JSON schema 1.0.
package export

import (
	"fmt"
	"io"
	"slices"

	"kelisim/index"
)

// Row is one line of a file.
type Row struct {
	Cells     []any     // string, int or float64, one a column
	Object    any       // the same for JSON lines
	Reference Reference // the same for lists of literature
}

// Reference is an article as a list of literature cites it.
type Reference struct {
	ID       string // of the row
	Title    string
	Lang     string
	Outlet   string
	URL      string
	Issued   index.Date
	Accessed string // YYYY-MM-DD
	Abstract string // the sentence that was quoted
	Keywords []string
	Note     string
}

// Writer writes a file. After an error nothing more can be written.
type Writer interface {
	Write(r Row) error
	// Close ends the file; it does not close what the writer writes to.
	Close() error
}

// Format is a kind of file.
type Format struct {
	Name string // as the page calls it
	Ext  string // the end of its address: /export.EXT
	Type string // for HTTP
	open func(w io.Writer, m Manifest) (Writer, error)
}

// Formats are all there are, in the order of the page.
var Formats = []Format{
	{"CSV", "csv", "text/csv; charset=utf-8", newCSV},
	{"XLSX", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", newXLSX},
	{"JSONL", "jsonl", "application/jsonl; charset=utf-8", newJSONL},
	{"RIS", "ris", "application/x-research-info-systems; charset=utf-8", newRIS},
	{"BibTeX", "bib", "application/x-bibtex; charset=utf-8", newBibTeX},
	{"CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json; charset=utf-8", newCSL},
}

// Open begins a file.
func (f Format) Open(w io.Writer, m Manifest) (Writer, error) {
	out, err := f.open(w, m)
	if err != nil {
		return nil, fmt.Errorf("begin %s: %w", f.Name, err)
	}
	return out, nil
}

// Literature reports whether a format cites articles instead of holding columns.
func (f Format) Literature() bool { return slices.Contains([]string{"ris", "bib", "csl.json"}, f.Ext) }

// Manifest says where a file's rows come from: enough to cite it, and to ask for the same again.
type Manifest struct {
	Program    string              `json:"program"`
	Version    string              `json:"version"`
	Exported   string              `json:"exported"` // RFC 3339
	Index      uint64              `json:"index"`    // number of its state
	Updated    string              `json:"updated"`  // when that state's newest article was read
	Site       string              `json:"site"`     // where the addresses are
	Address    string              `json:"address"`  // of the same rows as a page
	File       string              `json:"file"`     // of the same rows as CSV, with names in Lang
	Lang       string              `json:"lang"`     // kk, ru or en
	Rows       string              `json:"rows"`     // agreements or articles
	View       string              `json:"view"`     // in which they are shown: "" for a list
	Query      string              `json:"query"`
	Understood string              `json:"understood"` // the query as it was searched for
	Filters    map[string][]string `json:"filters"`
	Confidence string              `json:"min_confidence"`
	Total      int                 `json:"total"`
	Uncertain  int                 `json:"uncertain"`
	More       int                 `json:"more"` // with some of the words; they are not in the file
	Columns    []string            `json:"columns"`
	Lines      int                 `json:"lines,omitempty"`  // rows of the file
	SHA256     string              `json:"sha256,omitempty"` // of File's bytes; "" inside a file, which cannot hold its own
}

// lines are a manifest as pairs, for formats that have no objects.
func (m Manifest) lines() [][2]string {
	out := [][2]string{
		{"program", m.Program + " " + m.Version}, {"exported", m.Exported}, {"index", fmt.Sprint(m.Index)}, {"updated", m.Updated},
		{"site", m.Site}, {"address", m.Address}, {"file", m.File}, {"lang", m.Lang}, {"rows", m.Rows}, {"view", m.View}, {"query", m.Query}, {"understood", m.Understood}, {"min_confidence", m.Confidence},
		{"total", fmt.Sprint(m.Total)}, {"uncertain", fmt.Sprint(m.Uncertain)}, {"more", fmt.Sprint(m.More)},
	}
	names := make([]string, 0, len(m.Filters))
	for name := range m.Filters {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		out = append(out, [2]string{"filter " + name, fmt.Sprint(m.Filters[name])})
	}
	return out
}
