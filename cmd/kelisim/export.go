package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// fileFormats are the ends of the site's file addresses.
var fileFormats = []string{"csv", "xlsx", "jsonl", "ris", "bib", "csl.json", "manifest.json"}

func (a *app) exportCommand() *cobra.Command {
	q := &asked{}
	format, of := "", ""
	c := &cobra.Command{
		Use:   "export [WORDS…]",
		Short: "Write all that a search finds as a file",
		Long: `Export writes every agreement or article that the words and filters find, to standard output: as a table (csv, xlsx, jsonl) or as a
list of literature (ris, bib, csl.json). manifest.json says of the same search what it was, how many rows it has and of which state
of the index, so that the rows can be cited and had again. Beside a running server it asks the server.`,
		Example: "  kelisim export --country CN --status signed > china.csv\n  kelisim export --of articles --format bib қос диплом > literature.bib",
		RunE: func(cmd *cobra.Command, words []string) error {
			for i, w := range words {
				words[i] = plainDash(w)
			}
			if !slices.Contains(fileFormats, format) {
				return usagef("--format %q is none of %s", format, strings.Join(fileFormats, ", "))
			}
			if of != "agreements" && of != "articles" {
				return usagef("--of %q is neither agreements nor articles", of)
			}
			v := q.values(words)
			v.Set("tab", of)
			v.Del("size")
			return a.export(cmd.Context(), "?"+v.Encode(), format)
		},
	}
	q.flags(c)
	defer a.completeValues(c)
	for _, name := range []string{"size", "cursor", "json"} {
		if err := c.Flags().MarkHidden(name); err != nil {
			panic(err)
		}
	}
	c.Flags().StringVar(&q.match, "match", "", "all: only with all words; most: those with some too")
	c.Flags().StringVar(&format, "format", "csv", strings.Join(fileFormats, ", "))
	c.Flags().StringVar(&of, "of", "agreements", "agreements or articles")
	return c
}

func (a *app) export(ctx context.Context, query, format string) error {
	c, err := a.client(ctx)
	if err != nil {
		return err
	}
	defer c.close()
	// The API says what is wrong with a search; a file would only break off.
	if _, err := c.get(ctx, "/api/v1/search"+query+"&size=1"); err != nil {
		return err
	}
	w := bufio.NewWriter(a.out)
	if err := c.copy(ctx, "/export."+format+query, w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// copy writes an answer of any length.
func (c *client) copy(ctx context.Context, target string, to io.Writer) (err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+target, nil)
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	if c.handler == nil {
		res, err := direct.Do(req)
		if err != nil {
			return fmt.Errorf("ask the server: %w", err)
		}
		defer res.Body.Close()
		if res.StatusCode != http.StatusOK {
			return fmt.Errorf("export: the answer has status %d", res.StatusCode)
		}
		if _, err := io.Copy(to, res.Body); err != nil {
			return fmt.Errorf("export: %w", err)
		}
		return nil
	}
	defer func() {
		if p := recover(); p != nil {
			if p != http.ErrAbortHandler {
				panic(p)
			}
			err = fmt.Errorf("export: broken off; what was written is not the whole")
		}
	}()
	req.RequestURI = target
	s := &spout{to: to, header: http.Header{}}
	c.handler.ServeHTTP(s, req)
	if s.status != 0 && s.status != http.StatusOK {
		return fmt.Errorf("export: the answer has status %d", s.status)
	}
	return nil
}

// spout passes an answer of the site in this process on as it comes.
type spout struct {
	to     io.Writer
	header http.Header
	status int
}

func (s *spout) Header() http.Header    { return s.header }
func (s *spout) WriteHeader(status int) { s.status = status }
func (s *spout) Write(p []byte) (int, error) {
	if s.status != 0 && s.status != http.StatusOK {
		return len(p), nil
	}
	return s.to.Write(p)
}
