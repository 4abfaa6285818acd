package web

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/collate"

	"kelisim/index"
	"kelisim/web/export"
)

const (
	lineArticles = 100 // articles that are read at once: their lines are put in order together
	lineRows     = 40  // of a page
	lineWidth    = 46  // characters on either side of a word, on a page
	fileWidth    = 120 // in a file
)

// lineColumns are the columns of a concordance's file.
var lineColumns = []string{"article", "title", "date", "outlet", "lang", "left", "match", "right", "start", "address"}

// concordanceView is the page of a concordance.
type concordanceView struct {
	numbersView
	Orders      []link
	Lines       []placeView
	Empty       string // why there is no line
	Next, Start link
}

// placeView is a line: a word of the query with what stands around it.
type placeView struct {
	Left, Match, Right string
	GapLeft, GapRight  bool // whether a blank stands there where all run on, on a phone
	Lang               string
	Href               string
	Date               dateView
	Outlet             string
	Title              string
}

// concording is a page of lines.
type concording struct {
	Lines []index.Line
	Read  int    // articles whose lines were put in order
	Next  string // cursor of the page behind
	Older bool   // that page is of other articles
}

// place is a cursor of a concordance: how many lines of a window of articles were shown, and the cursor of that window.
func place(cursor string) (skip int, window string, err error) {
	if cursor == "" {
		return 0, "", nil
	}
	n, window, ok := strings.Cut(cursor, ".")
	skip, err = strconv.Atoi(n)
	if !ok || err != nil || skip < 0 || strconv.Itoa(skip) != n {
		return 0, "", index.ErrCursor
	}
	return skip, window, nil
}

// concording reads a window of articles and puts its lines in order.
func (s *server) concording(a *ask) (out concording, err error) {
	skip, window, err := place(a.Cursor)
	if err != nil {
		return out, err
	}
	q := a.Query
	q.Size, q.Cursor = lineArticles, window
	lines, read, next, err := s.Searcher.Lines(a.ctx, q, lineWidth)
	if err != nil {
		return out, err
	}
	a.inOrder(lines)
	out.Read = read
	rest := lines[min(skip, len(lines)):]
	out.Lines = rest[:min(len(rest), lineRows)]
	switch {
	case len(rest) > lineRows:
		out.Next = strconv.Itoa(skip+lineRows) + "." + window
	case next != "":
		out.Next, out.Older = "0."+next, true
	}
	return out, nil
}

// inOrder sorts lines by the words before the match, the nearest first, or by those behind it; by date they come as they are.
func (a *ask) inOrder(lines []index.Line) {
	if a.Order == "" {
		return
	}
	order := collate.New(a.w.tag, collate.IgnoreCase)
	var buf collate.Buffer
	type keyed struct {
		key  []byte
		line index.Line
	}
	all := make([]keyed, len(lines))
	for i, l := range lines {
		words := strings.FieldsFunc(l.Right, notWord)
		if a.Order == "left" {
			words = strings.FieldsFunc(l.Left, notWord)
			slices.Reverse(words)
		}
		all[i] = keyed{slices.Clone(order.KeyFromString(&buf, strings.Join(words, " "))), l}
		buf.Reset()
	}
	slices.SortStableFunc(all, func(x, y keyed) int { return slices.Compare(x.key, y.key) })
	for i, k := range all {
		lines[i] = k.line
	}
}

// glued is a mark that no blank parts from the word beside it; a stroke stands for the word.
var glued = regexp.MustCompile(`[(«“„\[/-]\||\|[,.:;!?)»”\]/-]`)

func notWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && r != '-' }

// concordance answers «tab=concordance».
func (s *server) concordance(a *ask) (view, error) {
	p, err := s.count(a, a.withoutPlace())
	if err != nil {
		return view{}, err
	}
	a.notes = p.Notes
	var x concording
	if a.Text != "" {
		if x, err = s.concording(a); err != nil {
			return view{}, err
		}
	}
	name := a.w.text("tab.concordance")
	if a.Text != "" {
		name = a.w.text("concordance.heading", a.Text, a.w.count("n.articles", p.Total))
	}
	v := concordanceView{numbersView: s.numbers(a, p, name, "order")}
	for _, by := range orders(concordance) {
		r := a.withoutPlace()
		if r.Order = by; by == orders(concordance)[0] {
			r.Order = ""
		}
		v.Orders = append(v.Orders, link{Href: r.href(), Text: a.w.text("concordance.order." + by), Current: r.Order == a.Order})
	}
	back := a.listed()
	for _, l := range x.Lines {
		v.Lines = append(v.Lines, placeView{
			Left: l.Left, Match: l.Match, Right: l.Right, GapLeft: !glued.MatchString(l.Left + "|"), GapRight: !glued.MatchString("|" + l.Right), Lang: other(l.Lang, a.w.lang), Href: back.articleURL(l.Article, nthOf(l)),
			Date: a.w.shortView(l.Published), Outlet: s.outlet(a.w, l.Outlet, l.StatedOutlet), Title: l.Title,
		})
	}
	switch {
	case a.Text == "":
		v.Empty = a.w.text("concordance.empty")
	case p.Total == 0:
		v.Empty = a.w.text("nothing")
	case len(v.Lines) == 0:
		v.Empty = a.w.text("concordance.none")
	}
	if x.Next != "" {
		next := a.request
		next.Cursor = x.Next
		v.Next = link{Href: next.href(), Text: a.w.text("concordance.next", a.w.number(lineRows))}
		if x.Older {
			v.Next.Text = a.w.text("concordance.older")
		}
	}
	if a.Cursor != "" {
		v.Start = link{Href: a.withoutPlace().href(), Text: a.w.text("first")}
	}
	if x.Read > 0 && x.Read < p.Total {
		v.More = append(v.More, a.w.text("concordance.read", a.w.number(x.Read), a.w.number(p.Total)))
	}
	if len(v.Lines) > 0 {
		v.Files = a.shownFiles(a.w.text("concordance.files", a.w.number(p.Total)))
	}
	return view{page: "concordance.html", data: v}, nil
}

// withoutPlace is a request from its first page.
func (a *ask) withoutPlace() request {
	r := a.request
	r.Cursor = ""
	return r
}

// eachLine gives all lines of a search, by date.
func (s *server) eachLine(a *ask, yield func(export.Row) error) error {
	q := a.Query
	q.Size, q.Cursor = lineArticles, ""
	back := a.listed()
	back.HL = ""
	for {
		var lines []index.Line
		var next string
		err := s.insist(a, &q.Size, func() (err error) {
			lines, _, next, err = s.Searcher.Lines(a.ctx, q, fileWidth)
			return err
		})
		if err != nil {
			return err
		}
		for _, l := range lines {
			row := []any{l.Article, l.Title, l.Published.String(), s.outlet(a.w, l.Outlet, l.StatedOutlet), l.Lang, l.Left, l.Match, l.Right, l.Start, back.articleURL(l.Article, nthOf(l))}
			object := map[string]any{}
			for i, name := range lineColumns {
				object[name] = row[i]
			}
			if err := yield(export.Row{Cells: row, Object: object}); err != nil {
				return err
			}
		}
		if q.Cursor = next; next == "" {
			return nil
		}
	}
}

// nthOf is the id of a line's paragraph on its article's page, "" of the headline.
func nthOf(l index.Line) string {
	if l.Nth == 0 {
		return ""
	}
	return "m" + strconv.Itoa(l.Nth)
}
