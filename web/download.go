package web

import (
	"bufio"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gorilla/mux"

	"kelisim/index"
	"kelisim/web/export"
)

// A reader may take so long for each piece of a file, about a hundred rows: whoever reads on gets all of it.
const (
	pieceTime = 30 * time.Second
	pieceSize = 64 << 10 // bytes
)

// patient writes each piece with time of its own, however long it took to make. Not every writer of tests and of the command line has
// a deadline.
type patient struct{ http.ResponseWriter }

func (p patient) Write(data []byte) (int, error) {
	if err := http.NewResponseController(p.ResponseWriter).SetWriteDeadline(time.Now().Add(pieceTime)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, fmt.Errorf("export: %w", err)
	}
	return p.ResponseWriter.Write(data)
}

// The columns of files. Names in them are in the reader's language, the columns' own always in English.
var (
	agreementColumns = []string{
		"id", "kind", "status", "date_stated", "date_reported", "confidence", "uncertain", "corrected", "parties", "party_keys", "party_ror", "party_countries",
		"quote", "quote_lang", "article", "article_title", "outlet", "url", "sha256", "fetched", "evidence", "evidence_articles",
	}
	articleColumns = []string{
		"id", "title", "date", "outlet", "lang", "url", "countries", "country_names", "institutions", "institution_names", "institution_ror",
		"signed", "in_force", "agreed", "planned", "discussed", "background", "sha256", "fetched", "story", "gone",
	}
)

// columnsOf are the columns of what a tab lists.
func columnsOf(t index.Tab) []string {
	if t == index.Agreements {
		return agreementColumns
	}
	return articleColumns
}

// download answers «/export.EXT»: all rows of a search, one after another, however many.
func (s *server) download(w http.ResponseWriter, r *http.Request) {
	a, err := s.ask(r)
	a.Path = "/"
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	ext := mux.Vars(r)["ext"]
	if ext == "manifest.json" {
		s.manifestFile(w, a)
		return
	}
	i := slices.IndexFunc(export.Formats, func(f export.Format) bool { return f.Ext == ext })
	if i < 0 {
		s.failPage(w, a, notFound("page"))
		return
	}
	m, err := s.manifest(a)
	var each rows
	if err == nil {
		each, err = s.rowsOf(a, export.Formats[i], &m)
	}
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	s.stream(w, a, export.Formats[i], m, each)
}

// rows gives those of a file in turn.
type rows func(yield func(export.Row) error) error

// rowsOf are the rows of a search's file, and their columns in its manifest: of a view those that it shows, of a list of literature always
// what is cited.
func (s *server) rowsOf(a *ask, f export.Format, m *export.Manifest) (rows, error) {
	count := s.sheetOf(a.View)
	switch {
	case f.Literature():
	case count != nil:
		var x sheet
		err := s.within(a, func() (err error) {
			x, err = count(a)
			return err
		})
		m.Columns = x.names
		return x.each, err
	case a.View == concordance:
		m.Columns = lineColumns
		return func(yield func(export.Row) error) error { return s.eachLine(a, yield) }, nil
	}
	return func(yield func(export.Row) error) error { return s.eachRow(a, *m, yield) }, nil
}

// manifestFile answers «/export.manifest.json»: what the search's files hold, and the SHA-256 of its CSV, by which a reader elsewhere sees
// that these are the same rows.
func (s *server) manifestFile(w http.ResponseWriter, a *ask) {
	var m export.Manifest
	var body []byte
	err := s.sealed(a, &m)
	if err == nil {
		body, err = json.MarshalIndent(m, "", "  ")
	}
	if err != nil {
		s.failPage(w, a, err)
		return
	}
	s.send(patient{w}, a.r, 0, "application/json; charset=utf-8", append(body, '\n'))
}

// sealed makes a manifest with the number of its rows and their SHA-256. Where articles came in meanwhile it is made again.
func (s *server) sealed(a *ask, m *export.Manifest) error {
	for try := 0; ; try++ {
		var err error
		if *m, err = s.manifest(a); err != nil {
			return err
		}
		each, err := s.rowsOf(a, export.Formats[0], m)
		if err != nil {
			return err
		}
		sum := sha256.New()
		file := bufio.NewWriterSize(sum, pieceSize)
		out, err := export.Formats[0].Open(file, *m)
		if err != nil {
			return err
		}
		err = each(func(r export.Row) error {
			m.Lines++
			return out.Write(r)
		})
		if err = errors.Join(err, out.Close(), file.Flush()); err != nil {
			return err
		}
		m.SHA256 = hex.EncodeToString(sum.Sum(nil))
		if now, err := s.manifest(a); err != nil || now.Index == m.Index || try == 2 {
			return err
		}
	}
}

// stream writes a file. What goes wrong after its first byte can only break the connection off, so that nobody takes a
// part for the whole.
func (s *server) stream(w http.ResponseWriter, a *ask, f export.Format, m export.Manifest, each rows) {
	h := w.Header()
	h.Set("Content-Type", f.Type)
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="kelisim-%s-%d.%s"`, m.Rows, m.Index, f.Ext))
	h.Set("Link", "<"+a.fileURL("manifest.json")+`>; rel="describedby"; type="application/json"`)
	h.Set("Cache-Control", "no-cache")
	if a.r.Method == http.MethodHead {
		return
	}
	file := bufio.NewWriterSize(patient{w}, pieceSize)
	out, err := f.Open(file, m)
	if err == nil {
		err = each(out.Write)
	}
	if err == nil {
		err = out.Close()
	}
	if err == nil {
		err = file.Flush()
	}
	if err != nil {
		if a.r.Context().Err() == nil {
			s.Log.Error("export broken off", "path", a.r.URL.Path, "err", err)
		}
		panic(http.ErrAbortHandler)
	}
}

// eachRow gives all rows of a search in turn.
func (s *server) eachRow(a *ask, m export.Manifest, yield func(export.Row) error) error {
	q := a.Query
	q.Bare, q.Size, q.Cursor = true, index.MaxSize, ""
	if q.Sort != index.Oldest {
		q.Sort = index.Newest // by date a list neither skips nor repeats while articles come in
	}
	for {
		var p index.Page
		err := s.insist(a, &q.Size, func() (err error) {
			p, err = s.Searcher.Search(a.ctx, q)
			return err
		})
		if err != nil {
			return err
		}
		s.markGone(a, p.Hits)
		for _, h := range p.Hits {
			if err := yield(s.row(a, h, m)); err != nil {
				return err
			}
		}
		if q.Cursor = p.Next; q.Cursor == "" {
			return nil
		}
	}
}

// step is one of an export; between two others are served.
func (s *server) step(a *ask, q index.Query) (p index.Page, err error) {
	err = s.within(a, func() error {
		p, err = s.Searcher.Search(a.ctx, q)
		return err
	})
	return p, err
}

// insist does a step of a file that has been begun, which can no longer be refused as a page is: it waits for room as long as a reader may
// for a piece, and what takes longer than an answer may is asked for in smaller steps.
func (s *server) insist(a *ask, size *int, step func() error) error {
	for began := time.Now(); ; {
		err := s.within(a, step)
		if err == nil || a.ctx.Err() != nil || time.Since(began) > pieceTime {
			return err
		}
		switch key := faultOf(err).Key; {
		case key == "busy":
			time.Sleep(pause)
		case key == "slow" && *size > leastStep:
			*size = max(leastStep, *size/4)
		default:
			return err
		}
	}
}

const (
	pause     = 100 * time.Millisecond
	leastStep = 5 // rows, or articles
)

// fileURL is the address of a file with the rows of a search.
func (r request) fileURL(ext string) string {
	tab := r.Tab
	r.Path, r.Cursor, r.Size, r.More, r.Find, r.Group = "/export."+ext, "", 0, "", "", ""
	r.Tab = tab
	return r.url()
}

// manifest says what a search's files hold.
func (s *server) manifest(a *ask) (export.Manifest, error) {
	q := a.Query
	q.CountsOnly, q.Cursor = true, ""
	p, err := s.step(a, q)
	if err != nil {
		return export.Manifest{}, err
	}
	file := a.request
	file.HL = a.w.lang // names in a file are in its reader's language
	m := export.Manifest{
		Site: s.base(a.r), File: file.fileURL("csv"), Lang: a.w.lang, View: a.View,
		Program: "Kelisim", Version: s.Version, Exported: s.Now().UTC().Format(time.RFC3339), Index: p.Holdings.Seq, Updated: p.Holdings.Updated.UTC().Format(time.RFC3339),
		Address: a.permalink(), Rows: string(a.Tab), Query: a.Text, Understood: p.Tree, Filters: map[string][]string{}, Confidence: a.Least().String(),
		Total: p.Total, Uncertain: p.Uncertain, More: p.More, Columns: columnsOf(a.Tab),
	}
	for name, values := range a.Selection.Include {
		m.Filters[name] = append(m.Filters[name], values...)
	}
	for name, values := range a.Selection.Exclude {
		for _, v := range values {
			m.Filters[name] = append(m.Filters[name], "-"+v)
		}
	}
	for name, d := range map[string]index.Date{"from": a.Selection.From, "to": a.Selection.To} {
		if !d.IsZero() {
			m.Filters[name] = []string{d.String()}
		}
	}
	if a.Selection.Reported {
		m.Filters["day"] = []string{dayReported}
	}
	return m, nil
}

// row is a hit as a line of a file.
func (s *server) row(a *ask, h index.Hit, m export.Manifest) export.Row {
	if h.Agreement != nil {
		return s.agreementRow(a, h, *h.Agreement)
	}
	return s.articleRow(a, h)
}

const between = "; " // the parts of a cell that has several

func (s *server) agreementRow(a *ask, h index.Hit, g index.Agreement) export.Row {
	var names, keys, rors, countries []string
	for _, p := range g.Parties {
		side := s.side(a, p)
		names = append(names, side.Name)
		keys = append(keys, p.Key)
		rors = append(rors, s.rorOf(p.Key))
		countries = append(countries, p.Country)
	}
	var e index.Evidence
	var from index.Source
	var articles []string
	corrected := ""
	for i, x := range g.Evidence {
		if i == 0 {
			e, from = x, h.Sources[0]
		}
		articles = append(articles, x.Article)
		if x.Corrected != "" {
			corrected = x.Corrected
		}
	}
	sure := index.PercentOf(index.Confidence(g))
	outlet := s.outlet(a.w, e.Outlet, "")
	fetched := stamp(from.Version.Fetched)
	return export.Row{
		Cells: []any{
			g.ID, g.Kind, g.Status, g.Date, g.Reported, float64(sure) / 100, yes(sure < index.Sure), corrected, strings.Join(names, " × "), strings.Join(keys, between),
			strings.Join(rors, between), strings.Join(countries, between), e.Quote, e.Lang, e.Article, from.Title, outlet, from.URL, from.Version.SHA256, fetched,
			len(g.Evidence), strings.Join(articles, between),
		},
		Object: struct {
			agreementJSON
			Sources []sourceJSON `json:"sources"`
		}{s.agreementOf(a, h), sourcesOf(g, h)},
		Reference: export.Reference{
			ID: g.ID, Title: from.Title, Lang: e.Lang, Outlet: outlet, URL: outward(from.URL), Issued: from.Published, Accessed: head(fetched, len("2025-11-17")), Abstract: e.Quote, Keywords: names,
			Note: fmt.Sprintf("%s; %s; %s; Kelisim %s, sha256 %s", strings.Join(names, " × "), a.w.kind(g.Kind), a.w.status(g.Status, 0).Text, e.Article, from.Version.SHA256),
		},
	}
}

// sourceJSON is where a piece of evidence stands.
type sourceJSON struct {
	Article string `json:"article"`
	Title   string `json:"title"`
	URL     string `json:"url"`
	SHA256  string `json:"sha256"`
	Fetched string `json:"fetched"`
}

func sourcesOf(g index.Agreement, h index.Hit) []sourceJSON {
	out := []sourceJSON{}
	for i, x := range h.Sources {
		out = append(out, sourceJSON{g.Evidence[i].Article, x.Title, x.URL, x.Version.SHA256, stamp(x.Version.Fetched)})
	}
	return out
}

func (s *server) articleRow(a *ask, h index.Hit) export.Row {
	from := h.Sources[0]
	var countries, institutions, rors []string
	for _, k := range h.Countries {
		countries = append(countries, s.named(a.w, "country", k))
	}
	for _, k := range h.Institutions {
		institutions = append(institutions, s.named(a.w, "institution", k))
		rors = append(rors, s.rorOf(k))
	}
	n := map[string]int{}
	for _, c := range h.Statuses {
		n[c.Key] = c.Count
	}
	outlet, story := s.outlet(a.w, h.Outlet, h.StatedOutlet), cmp.Or(h.Story, h.ID)
	fetched := stamp(from.Version.Fetched)
	type object struct {
		ID           string         `json:"id"`
		Title        string         `json:"title"`
		Untitled     bool           `json:"untitled"`
		Date         string         `json:"date"`
		Outlet       string         `json:"outlet"`
		Lang         string         `json:"lang"`
		URL          string         `json:"url"`
		Countries    []string       `json:"countries"`
		Institutions []string       `json:"institutions"`
		Agreements   map[string]int `json:"agreements"`
		SHA256       string         `json:"sha256"`
		Fetched      string         `json:"fetched"`
		Story        string         `json:"story"`
		Gone         string         `json:"gone"` // since when it is gone from its site, ""
	}
	return export.Row{
		Cells: []any{
			h.ID, from.Title, h.Published.String(), outlet, h.Lang, h.URL, strings.Join(h.Countries, between), strings.Join(countries, between),
			strings.Join(h.Institutions, between), strings.Join(institutions, between), strings.Join(rors, between),
			n["signed"], n["in-force"], n["agreed"], n["planned"], n["discussed"], n["background"], from.Version.SHA256, fetched, story, h.Gone.String(),
		},
		Object: object{
			h.ID, from.Title, from.Untitled, h.Published.String(), outlet, h.Lang, h.URL, some(h.Countries), some(h.Institutions), n, from.Version.SHA256, fetched, story, h.Gone.String(),
		},
		Reference: export.Reference{
			ID: h.ID, Title: from.Title, Lang: h.Lang, Outlet: outlet, URL: outward(h.URL), Issued: h.Published, Accessed: head(fetched, len("2025-11-17")),
			Keywords: append(countries, institutions...), Note: "Kelisim " + h.ID + ", sha256 " + from.Version.SHA256,
		},
	}
}

// rorOf is the ROR id of an institution, "" where it has none.
func (s *server) rorOf(key string) string {
	if id, ok := strings.CutPrefix(key, "ror:"); ok {
		return id
	}
	e, _ := s.Labels.Entry("institution", key)
	return e.ROR
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

func head(s string, n int) string { return s[:min(n, len(s))] }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return "no"
}

// filesView offers a search as files, and says before how much it is.
type filesView struct {
	Text  string
	Files []link
}

func (s *server) files(a *ask, p index.Page) (v filesView) {
	if p.Total == 0 {
		return v
	}
	v.Text = a.w.text("files.rows", a.w.count(unit(a.Tab), p.Total), size(a, p.Total))
	for _, f := range export.Formats {
		v.Files = append(v.Files, link{Href: a.fileURL(f.Ext), Text: f.Name})
	}
	v.Files = append(v.Files, link{Href: a.fileURL("manifest.json"), Text: a.w.text("files.manifest")})
	return v
}

// rowSize is what a row of CSV takes about, measured on the seeds and on the texts of index/eval.
var rowSize = map[index.Tab]int{index.Articles: 700, index.Agreements: 800} // bytes

func size(a *ask, rows int) string {
	n := rows * rowSize[a.Tab]
	if n < 1<<20 {
		return a.w.text("files.kb", strconv.Itoa(max(1, n>>10)))
	}
	return a.w.text("files.mb", strconv.Itoa(n>>20))
}
