package export

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"kelisim/index"
)

// line puts a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

type risWriter struct{ out io.Writer }

func newRIS(w io.Writer, _ Manifest) (Writer, error) { return risWriter{w}, nil }

func (w risWriter) Write(r Row) error {
	var b strings.Builder
	tag := func(name, value string) {
		if value = line(value); value != "" || name == "ER" {
			fmt.Fprintf(&b, "%s  - %s\r\n", name, value)
		}
	}
	f := r.Reference
	tag("TY", "NEWS")
	tag("ID", f.ID)
	tag("TI", f.Title)
	tag("T2", f.Outlet)
	if d := f.Issued; !d.IsZero() {
		tag("PY", fmt.Sprintf("%04d", d.Year))
		tag("DA", risDate(d))
	}
	tag("LA", f.Lang)
	tag("UR", f.URL)
	tag("AB", f.Abstract)
	for _, k := range f.Keywords {
		tag("KW", k)
	}
	tag("N1", f.Note)
	if f.Accessed != "" {
		tag("Y2", strings.ReplaceAll(f.Accessed, "-", "/"))
	}
	tag("ER", "")
	_, err := io.WriteString(w.out, b.String()+"\r\n")
	return err
}

func (w risWriter) Close() error { return nil }

// risDate is YYYY/MM/DD/ with what is not known left empty.
func risDate(d index.Date) string {
	s := fmt.Sprintf("%04d/", d.Year)
	if d.Month > 0 {
		s += fmt.Sprintf("%02d", d.Month)
	}
	s += "/"
	if d.Day > 0 {
		s += fmt.Sprintf("%02d", d.Day)
	}
	return s + "/"
}

type bibWriter struct{ out io.Writer }

func newBibTeX(w io.Writer, m Manifest) (Writer, error) {
	var b strings.Builder
	b.WriteString("@comment{")
	for i, l := range m.lines() {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(l[0] + ": " + strings.NewReplacer("{", "(", "}", ")", "@", "(at)").Replace(line(l[1])))
	}
	_, err := io.WriteString(w, b.String()+"}\n\n")
	return bibWriter{w}, err
}

// bibText is a text inside braces: what TeX would read as a command is escaped. Readers of BibTeX count escaped braces, too, so a
// brace is written by its name: one that a text opens and never closes would swallow the entries behind.
func bibText(s string) string {
	return strings.NewReplacer(`\`, `\textbackslash{}`, "{", `\textbraceleft{}`, "}", `\textbraceright{}`, "%", `\%`, "&", `\&`, "#", `\#`, "$", `\$`, "_", `\_`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace(line(s))
}

// bibKey is a key that every reader of BibTeX takes.
func bibKey(id string) string {
	return "kelisim:" + strings.Map(func(r rune) rune {
		if r < 0x80 && (r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("-_.:", r)) {
			return r
		}
		return '-'
	}, id)
}

func (w bibWriter) Write(r Row) error {
	f := r.Reference
	var b strings.Builder
	fmt.Fprintf(&b, "@online{%s,\n", bibKey(f.ID))
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&b, "  %s = {%s},\n", name, value)
		}
	}
	field("title", "{"+bibText(f.Title)+"}")
	if f.Outlet != "" {
		field("organization", "{"+bibText(f.Outlet)+"}") // a list: without braces of its own «Times and Post» would be two
	}
	field("date", f.Issued.String())
	if !f.Issued.IsZero() {
		field("year", fmt.Sprintf("%04d", f.Issued.Year))
	}
	field("langid", map[string]string{"kk": "kazakh", "ru": "russian", "en": "english"}[f.Lang])
	field("url", strings.NewReplacer("{", "%7B", "}", "%7D", `\`, "%5C").Replace(line(f.URL)))
	field("urldate", f.Accessed)
	field("abstract", bibText(f.Abstract))
	var keywords []string
	for _, k := range f.Keywords {
		if k = bibText(k); strings.Contains(k, ",") {
			k = "{" + k + "}" // commas part them
		}
		keywords = append(keywords, k)
	}
	field("keywords", strings.Join(keywords, ", "))
	field("note", bibText(f.Note))
	b.WriteString("}\n\n")
	_, err := io.WriteString(w.out, b.String())
	return err
}

func (w bibWriter) Close() error { return nil }

// cslWriter writes one array of items.
type cslWriter struct {
	out  io.Writer
	some bool
}

func newCSL(w io.Writer, _ Manifest) (Writer, error) {
	_, err := io.WriteString(w, "[")
	return &cslWriter{out: w}, err
}

type (
	cslItem struct {
		ID             string   `json:"id"`
		Type           string   `json:"type"`
		Title          string   `json:"title"`
		ContainerTitle string   `json:"container-title,omitempty"`
		Issued         *cslDate `json:"issued,omitempty"`
		Accessed       *cslDate `json:"accessed,omitempty"`
		Language       string   `json:"language,omitempty"`
		URL            string   `json:"URL,omitempty"`
		Abstract       string   `json:"abstract,omitempty"`
		Keyword        string   `json:"keyword,omitempty"`
		Note           string   `json:"note,omitempty"`
	}
	cslDate struct {
		Parts [][]int `json:"date-parts"`
	}
)

func dateOf(d index.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	parts := []int{d.Year}
	if d.Month > 0 {
		parts = append(parts, d.Month)
	}
	if d.Day > 0 {
		parts = append(parts, d.Day)
	}
	return &cslDate{[][]int{parts}}
}

func (w *cslWriter) Write(r Row) error {
	f := r.Reference
	accessed, _ := index.ParseDate(f.Accessed)
	data, err := json.Marshal(cslItem{
		ID: f.ID, Type: "article-newspaper", Title: line(f.Title), ContainerTitle: f.Outlet, Issued: dateOf(f.Issued), Accessed: dateOf(accessed),
		Language: f.Lang, URL: f.URL, Abstract: f.Abstract, Keyword: strings.Join(f.Keywords, "; "), Note: f.Note,
	})
	if err != nil {
		return fmt.Errorf("write CSL-JSON: %w", err)
	}
	if w.some {
		data = append([]byte(",\n"), data...)
	} else {
		data = append([]byte("\n"), data...)
	}
	w.some = true
	_, err = w.out.Write(data)
	return err
}

func (w *cslWriter) Close() error {
	_, err := io.WriteString(w.out, "\n]\n")
	return err
}
