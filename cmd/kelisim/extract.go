package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/source"
)

// facts is a line of extract: what the program reads out of an article. Spans are bytes in Title + "\n" + Body.
type facts struct {
	ID           string            `json:"id"`
	Date         string            `json:"date"`
	Title        string            `json:"title"`
	Lang         string            `json:"lang"`
	Outlet       string            `json:"outlet"`
	Home         bool              `json:"home"` // Kazakhstan is named
	Countries    []countryFact     `json:"countries"`
	Institutions []institutionFact `json:"institutions"`
	Agreements   []agreementFact   `json:"agreements"`
	Claims       []claimFact       `json:"claims"`
	Relevance    relevanceFact     `json:"relevance"`
	Text         string            `json:"text,omitempty"`
}

// relevanceFact is how likely an article is about education, science or universities' agreements, and what weighed most.
type relevanceFact struct {
	Score float64  `json:"score"`
	Why   []string `json:"why"`
}

func relevanceOf(r *index.Record) relevanceFact {
	score, why := index.Relevant(r)
	f := relevanceFact{fourDecimals(score), []string{}}
	for _, w := range why {
		f.Why = append(f.Why, w.String())
	}
	return f
}

type countryFact struct {
	ISO2  string   `json:"iso2"`
	Spans [][2]int `json:"spans"`
}

type institutionFact struct {
	Key      string   `json:"key"`
	Name     string   `json:"name"`
	ROR      string   `json:"ror"`
	Country  string   `json:"country"`
	Kind     string   `json:"kind"`
	Surfaces []string `json:"surfaces"`
	Spans    [][2]int `json:"spans"`
}

type agreementFact struct {
	ID       string        `json:"id"`
	Kind     string        `json:"kind"`
	Status   string        `json:"status"`
	Date     string        `json:"date"`
	Reported string        `json:"reported"`
	Parties  []index.Party `json:"parties"`
	Quote    string        `json:"quote"`
	Span     [2]int        `json:"span"`
	Rule     string        `json:"rule"`

	Confidence float64  `json:"confidence"` // 0–1; 1 of what a person corrected
	Why        []string `json:"why"`        // the features that weighed most
}

type claimFact struct {
	Number string `json:"number"`
	Kind   string `json:"kind"`
	Text   string `json:"text"`
}

func (a *app) extractCommand() *cobra.Command {
	var text bool
	var sure string
	var how forms
	c := &cobra.Command{
		Use:   "extract PATH…",
		Short: "Print what is read out of articles, as JSON lines",
		Long: `Extract reads articles as «index» does and prints one JSON object for each: its countries (Kazakhstan is "home"), institutions,
agreements and claims. Spans are bytes in the title, a line end, and the body. Nothing is stored. Of agreements it prints those
that the page shows; --min-confidence 0 prints all that would be stored. "relevance" is how likely the article is about education, science
or universities' agreements, 0 to 1, with the three features that weighed most: above 0 for, below against.`,
		Example: "  kelisim extract seeds/ | jq .agreements",
		Args:    needs("a file or a folder"),
		RunE: func(cmd *cobra.Command, paths []string) error {
			least, err := leastOf(sure)
			if err != nil {
				return err
			}
			read, table, err := a.reading()
			if err != nil {
				return err
			}
			out := bufio.NewWriter(a.out)
			enc := json.NewEncoder(out)
			enc.SetEscapeHTML(false)
			failed, err := a.eachIn(cmd.Context(), paths, how, func(article index.Article) error {
				f := factsOf(read(article), table, least)
				if text {
					f.Text = article.Text()
				}
				return enc.Encode(f)
			})
			if err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return fmt.Errorf("write: %w", err)
			}
			if failed > 0 {
				return errReported
			}
			return nil
		},
	}
	c.Flags().StringVar(&sure, "min-confidence", index.Shown.String(), "only agreements that the program is so sure of, 0–1")
	how.flags(c)
	c.Flags().BoolVar(&text, "text", false, "print each article's text too")
	return c
}

// leastOf reads a confidence.
func leastOf(s string) (index.Percent, error) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= 0 && n <= 1) {
		return 0, usagef("--min-confidence takes a number from 0 to 1, not %q", s)
	}
	return index.PercentOf(n), nil
}

// each reads articles from paths and names what cannot be read on standard error; failed counts that.
func (a *app) each(ctx context.Context, paths []string, do func(index.Article) error) (failed int, err error) {
	return a.eachIn(ctx, paths, forms{}, do)
}

// eachIn is each with the files' forms given.
func (a *app) eachIn(ctx context.Context, paths []string, how forms, do func(index.Article) error) (failed int, err error) {
	r := source.Reader{Stdin: a.in, Yield: do, Fail: func(p source.Problem) {
		if failed++; failed <= maxProblems {
			fmt.Fprintf(a.errOut, "kelisim: %v\n", p)
		}
	}}
	if err := how.set(&r); err != nil {
		return 0, err
	}
	err = r.Read(ctx, paths)
	if failed > maxProblems {
		fmt.Fprintf(a.errOut, "kelisim: %d articles could not be read\n", failed)
	}
	return failed, err
}

// factsOf puts a record into the form that extract prints, with agreements of some confidence on.
func factsOf(r *index.Record, table *names.Table, least index.Percent) facts {
	f := facts{
		ID: r.Article.ID, Date: r.Article.Published.String(), Title: r.Article.Title, Lang: r.Lang, Outlet: r.Outlet,
		Countries: []countryFact{}, Institutions: []institutionFact{}, Agreements: []agreementFact{}, Claims: []claimFact{},
	}
	countries, institutions := map[string]int{}, map[string]int{}
	for _, m := range r.Mentions {
		switch {
		case m.Kind == names.Country && m.Key == names.Home:
			f.Home = true
		case m.Kind == names.Country:
			i, ok := countries[m.Key]
			if !ok {
				i = len(f.Countries)
				countries[m.Key] = i
				f.Countries = append(f.Countries, countryFact{ISO2: m.Key})
			}
			f.Countries[i].Spans = append(f.Countries[i].Spans, [2]int{m.Start, m.End})
		case m.Listed():
			i, ok := institutions[m.Key]
			if !ok {
				i = len(f.Institutions)
				institutions[m.Key] = i
				ror, _ := strings.CutPrefix(m.Key, "ror:")
				if ror == m.Key {
					ror = ""
				}
				name := m.Name
				if m.Known {
					name = table.Label(string(names.Institution), m.Key, "en")
				}
				f.Institutions = append(f.Institutions, institutionFact{Key: m.Key, Name: name, ROR: ror, Country: m.Country, Kind: m.Body})
			}
			in := &f.Institutions[i]
			in.Spans = append(in.Spans, [2]int{m.Start, m.End})
			in.Surfaces = append(in.Surfaces, m.Surface)
		}
	}
	for _, g := range r.Agreements {
		sure := index.Confidence(g)
		if index.PercentOf(sure) < least {
			continue
		}
		af := agreementFact{
			ID: g.ID, Kind: g.Kind, Status: g.Status, Date: g.Date, Reported: g.Reported, Parties: g.Parties, Confidence: fourDecimals(sure), Why: []string{},
		}
		if len(g.Evidence) > 0 {
			e := g.Evidence[0]
			af.Quote, af.Span, af.Rule, af.Why = e.Quote, [2]int{e.Start, e.End}, e.Rule, append(af.Why, e.Why...)
		}
		f.Agreements = append(f.Agreements, af)
	}
	for _, c := range r.Claims {
		f.Claims = append(f.Claims, claimFact{c.Number, c.Kind, c.Text})
	}
	f.Relevance = relevanceOf(r)
	return f
}

// fourDecimals rounds a confidence down, as index.PercentOf does: what it is printed as is what it is compared by.
func fourDecimals(confidence float64) float64 { return math.Floor(confidence*1e4+1e-7) / 1e4 }

// writeFacts writes facts as JSON lines.
func writeFacts(w io.Writer, fs []facts) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, f := range fs {
		if err := enc.Encode(f); err != nil {
			return err
		}
	}
	return nil
}
