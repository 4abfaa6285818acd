package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/index"
	"kelisim/index/archive"
)

// showCommand shows what the archive has, since its bodies are packed: SQLite alone tells all the rest.
func (a *app) showCommand() *cobra.Command {
	var number int
	var asJSON bool
	c := &cobra.Command{
		Use:   "show ID…",
		Short: "Print articles as the archive has them",
		Long: `Show prints articles from the archive, with what they state and the whole text, and with --version an older state of one. It tells how relevant each is and why, and
whether its source leaves it out of the index. It reads no index and runs beside a server. In archive.sqlite all but long bodies can be read with any SQLite tool; those are packed with zstd.`,
		Example: "  kelisim show kazinform-1a2b3c4d\n  kelisim show --version 1 --json kazinform-1a2b3c4d",
		Args:    needs("an id"),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if err := a.needArchive(); err != nil {
				return err
			}
			arch, err := archive.Open(cmd.Context(), a.data)
			if err != nil {
				return err
			}
			defer arch.Close()
			read, _, err := a.reading()
			if err != nil {
				return err
			}
			sift, missing := a.sift(arch), 0
			for _, id := range ids {
				article, ok, err := stated(cmd.Context(), arch, id, number)
				if err != nil {
					return err
				}
				if !ok {
					missing++
					fmt.Fprintf(a.errOut, "kelisim: %s is not in the archive\n", id)
					continue
				}
				record := read(article)
				if sift != nil {
					if err := sift(cmd.Context(), []*index.Record{record}); err != nil {
						return err
					}
				}
				if err := printStated(a.out, record, asJSON); err != nil {
					return err
				}
			}
			if missing > 0 {
				_, err := a.rightArchive(cmd.Context(), arch) // which would explain it
				return cmp.Or(err, errReported)
			}
			return nil
		},
	}
	c.Flags().IntVar(&number, "version", 0, "this state of the articles, from 1; 0 is the newest")
	c.Flags().BoolVar(&asJSON, "json", false, "one JSON object a line, as «index» reads it")
	return c
}

// stated is an article in one of its states.
func stated(ctx context.Context, arch *archive.Archive, id string, number int) (article index.Article, ok bool, err error) {
	if number > 0 {
		article, ok, err = arch.Version(ctx, id, number)
	} else {
		var found map[string]index.Article
		found, err = arch.Articles(ctx, []string{id})
		article, ok = found[id]
	}
	if err == nil && article.Damaged {
		err = fmt.Errorf("show %s: %w", id, index.ErrUnreadable)
	}
	return article, ok, err
}

func printStated(w io.Writer, r *index.Record, asJSON bool) error {
	a := r.Article
	date := a.Published.String()
	if date == "" {
		date = a.Dated
	}
	if asJSON {
		return json.NewEncoder(w).Encode(struct {
			ID        string `json:"id"`
			URL       string `json:"url,omitempty"`
			Outlet    string `json:"outlet,omitempty"`
			Lang      string `json:"lang,omitempty"`
			Published string `json:"published,omitempty"`
			Title     string `json:"title"`
			Body      string `json:"body"`
		}{a.ID, a.URL, a.Outlet, a.Lang, date, a.Title, a.Body})
	}
	for _, f := range [][2]string{{"id", a.ID}, {"url", a.URL}, {"outlet", a.Outlet}, {"lang", a.Lang}, {"date", date}, {"from", a.Path}} {
		if f[1] != "" {
			if _, err := fmt.Fprintf(w, "%-7s %s\n", f[0], f[1]); err != nil {
				return err
			}
		}
	}
	if _, err := fmt.Fprintf(w, "%-7s %s\n", "about", aboutOf(r)); err != nil {
		return err
	}
	_, err := fmt.Fprintf(w, "\n%s\n\n%s\n\n", a.Title, a.Body)
	return err
}

// aboutOf tells how relevant an article is: «0.98 education or agreements (concept|exam +1.20; …)».
func aboutOf(r *index.Record) string {
	f := relevanceOf(r)
	says := fmt.Sprintf("%.2f education or agreements (%s)", f.Score, strings.Join(f.Why, "; "))
	if r.Left {
		says += ", left out of the index: its source asks for more"
	}
	return says
}
