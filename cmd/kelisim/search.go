package main

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"net/url"
	"os"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/index"
)

// asked is what search and agreements take from the command line: the parameters of the page.
type asked struct {
	facets                  map[string]*[]string
	from, to, sort          string
	match, cursor, language string
	group                   string
	least                   string
	size                    int
	asJSON                  bool
}

// flags declares the parameters of a search, a flag for each facet.
func (q *asked) flags(c *cobra.Command) {
	q.facets = map[string]*[]string{}
	f := c.Flags()
	for _, facet := range index.Facets() {
		values := new([]string)
		q.facets[facet.Name] = values
		f.StringArrayVar(values, facet.Name, nil, "only this "+facet.Name+"; -VALUE excludes it; may be repeated")
	}
	f.StringVar(&q.from, "from", "", "first day, month or year (YYYY[-MM[-DD]])")
	f.StringVar(&q.to, "to", "", "last day, month or year, inclusive")
	f.StringVar(&q.least, "min-confidence", "", fmt.Sprintf("only agreements that the program is so sure of, 0–1 (default %s)", index.Shown))
	f.StringVar(&q.sort, "sort", "", "relevance, newest or oldest (default relevance; newest where no words are)")
	f.StringVar(&q.cursor, "cursor", "", "go on behind the page that gave this cursor")
	f.StringVar(&q.language, "hl", "en", "language of labels and notes (kk, ru, en)")
	f.IntVar(&q.size, "size", index.DefaultSize, "hits of a page, 1–100")
	f.BoolVar(&q.asJSON, "json", false, "print the API's answer")
}

// values are the address's parameters.
func (q *asked) values(words []string) url.Values {
	v := url.Values{}
	set := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	set("q", strings.Join(words, " "))
	for name, values := range q.facets {
		for _, value := range *values {
			v.Add(name, plainDash(value))
		}
	}
	set("from", q.from)
	set("to", q.to)
	set("min_confidence", q.least)
	set("sort", q.sort)
	set("match", q.match)
	set("group", q.group)
	set("cursor", q.cursor)
	set("hl", q.language)
	set("size", strconv.Itoa(q.size))
	return v
}

// heldDash stands for the hyphen of an argument that excludes something («-Қытай»), so that it is no flag. Nothing typed can
// hold a zero byte.
const heldDash = "\x00-"

// holdDashes keeps exclusions of search from being read as flags: all its flags have two hyphens, but for -h.
func holdDashes(args []string) []string {
	if !slices.ContainsFunc([]string{"search", "agreements", "export"}, func(c string) bool { return slices.Contains(args, c) }) {
		return args
	}
	out := make([]string, len(args))
	for i, a := range args {
		if len(a) > 1 && a[0] == '-' && a[1] != '-' && a != "-h" {
			a = heldDash + a[1:]
		}
		out[i] = a
	}
	return out
}

func plainDash(s string) string { return strings.ReplaceAll(s, heldDash, "-") }

func (a *app) searchCommand() *cobra.Command {
	q := &asked{}
	c := &cobra.Command{
		Use:   "search [WORDS…]",
		Short: "Search the articles",
		Long: `Search prints the articles that have all WORDS in any of their forms, then those that have some; without words, the newest.
Articles that tell one story are one hit, «+2» and who they are; all are counted. Quotes make a phrase, -WORD excludes. Beside a running server it asks the server.`,
		Example: "  kelisim search қос диплом --country EE\n  kelisim search --institution ror:03q0vrn42 --from 2025-11 --json",
		RunE: func(cmd *cobra.Command, words []string) error {
			for i, w := range words {
				words[i] = plainDash(w)
			}
			if !cmd.Flags().Changed("group") && !q.asJSON {
				q.group = "1"
			}
			return a.ask(cmd.Context(), "/api/v1/search", q.values(words), q.asJSON, printHits)
		},
	}
	q.flags(c)
	defer a.completeValues(c)
	c.Flags().StringVar(&q.group, "group", "", "1: one hit a story, with the others below it; 0: each article (default 1, with --json 0)")
	c.Flags().StringVar(&q.match, "match", "", "all: only with all words; most: count those with some too (default: told apart)")
	return c
}

// found is what the program reads of an answer of /api/v1/search or /api/v1/agreements.
type found struct {
	Total     int      `json:"total"`
	More      int      `json:"more"`
	Uncertain int      `json:"uncertain"`
	Hits      []hit    `json:"hits"`
	Notes     []remark `json:"notes"`
	Next      *string  `json:"next"`
}

type hit struct {
	ID           string    `json:"id"`
	Title        string    `json:"title"`
	Date         string    `json:"date"`
	Outlet       string    `json:"outlet"`
	Lang         string    `json:"lang"`
	URL          string    `json:"url"`
	Countries    []string  `json:"countries"`
	Institutions []string  `json:"institutions"`
	Snippets     [][]piece `json:"snippets"`
	Folded       int       `json:"folded"` // others of its story
	Others       []hit     `json:"others"`

	// of an agreement
	Kind       string           `json:"kind"`
	Status     string           `json:"status"`
	Reported   string           `json:"reported"`
	Confidence float64          `json:"confidence"`
	Parties    []index.Party    `json:"parties"`
	Evidence   []index.Evidence `json:"evidence"`
}

type piece struct {
	Text  string `json:"text"`
	Match bool   `json:"match"`
}

type remark struct {
	Text string `json:"text"`
}

// ask puts a question to the server or to the index itself, and prints the answer.
func (a *app) ask(ctx context.Context, path string, v url.Values, asJSON bool, table func(io.Writer, found, look)) error {
	c, err := a.client(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	body, err := c.get(ctx, path+"?"+v.Encode())
	if err != nil {
		return err
	}
	if asJSON {
		_, err := a.out.Write(append([]byte(strings.TrimSpace(string(body))), '\n'))
		return err
	}
	var f found
	if err := decode(body, &f); err != nil {
		return err
	}
	w := bufio.NewWriter(a.out)
	table(w, f, a.look())
	return w.Flush()
}

// look is how matched words and headlines stand out: in bold on a terminal, not at all elsewhere.
type look struct{ bold, dim, plain string }

func (a *app) look() look {
	if isTerminal(a.out) && os.Getenv("NO_COLOR") == "" {
		return look{"\x1b[1m", "\x1b[2m", "\x1b[0m"}
	}
	return look{}
}

func printHits(w io.Writer, f found, l look) {
	for _, n := range f.Notes {
		fmt.Fprintf(w, "%s\n", n.Text)
	}
	fmt.Fprintf(w, "%s\n", totals(f, "article"))
	for _, h := range f.Hits {
		fmt.Fprintf(w, "\n%-10s  %-12s  %-2s  %s\n", cmp.Or(h.Date, "undated"), cmp.Or(h.Outlet, "–"), cmp.Or(h.Lang, "–"), h.ID)
		fmt.Fprintf(w, "  %s%s%s\n", l.bold, shown(h.Title), l.plain)
		for _, s := range h.Snippets {
			fmt.Fprint(w, "    ")
			for _, p := range s {
				if p.Match {
					fmt.Fprint(w, l.bold, shown(p.Text), l.plain)
				} else {
					fmt.Fprint(w, shown(p.Text))
				}
			}
			fmt.Fprintln(w)
		}
		if h.URL != "" {
			fmt.Fprintf(w, "  %s%s%s\n", l.dim, shown(h.URL), l.plain)
		}
		if h.Folded > 0 {
			var others []string
			for _, o := range h.Others {
				others = append(others, fmt.Sprintf("%s %s %s", cmp.Or(o.Outlet, "–"), cmp.Or(o.Lang, "–"), o.ID))
			}
			fmt.Fprintf(w, "  +%d: %s\n", h.Folded, shown(strings.Join(others, "; ")))
		}
	}
	printNext(w, f)
}

func printNext(w io.Writer, f found) {
	if f.Next != nil && *f.Next != "" {
		fmt.Fprintf(w, "\nmore: --cursor %s\n", *f.Next)
	}
}

// totals are how many things were found: with all words, and more with some.
func totals(f found, thing string) string {
	if f.More == 0 {
		return counted(f.Total, thing)
	}
	return fmt.Sprintf("%s with all words, %d more", counted(f.Total, thing), f.More)
}

func counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// shown keeps an article's text from steering the terminal.
func shown(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, s)
}
