package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"kelisim/index"
	"kelisim/index/archive"
	"kelisim/index/source"
)

// line is an article as a line of JSON, which «kelisim index» reads again.
type articleLine struct {
	ID        string   `json:"id"`
	URL       string   `json:"url,omitempty"`
	Outlet    string   `json:"outlet,omitempty"`
	Lang      string   `json:"lang,omitempty"`
	Title     string   `json:"title"`
	Body      string   `json:"body"`
	Published string   `json:"published"`
	Dated     string   `json:"dated,omitempty"` // as typed, where it could not be used
	Path      string   `json:"path"`
	How       string   `json:"how,omitempty"`
	Warnings  []string `json:"warnings,omitempty"`
}

// dryRun prints what would be stored, with every warning. It writes nothing, and reads an archive that is there: whose an id is.
func (a *app) dryRun(ctx context.Context, paths []string, f forms, asJSON bool) error {
	out := bufio.NewWriter(a.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	articles, failed := 0, 0
	var warned []string // since the last article
	counts := map[string]int{}
	owner, closeOwner, err := a.owners(ctx)
	if err != nil {
		return err
	}
	defer closeOwner()
	r := source.Reader{Stdin: a.in, Now: time.Now().UTC(),
		Fail: func(p source.Problem) { failed++; fmt.Fprintf(a.errOut, "kelisim: %v\n", p) },
		Warn: func(p source.Problem) {
			counts[p.Code]++
			warned = append(warned, p.Err.Error())
			if !asJSON {
				fmt.Fprintf(a.errOut, "kelisim: %v\n", p)
			}
		},
		Yield: func(x index.Article) error {
			w := warned
			warned = nil
			origin := index.Origin(x.Path)
			if of, err := owner(x.ID, origin); err != nil {
				return err
			} else if of != origin {
				failed++
				fmt.Fprintf(a.errOut, "kelisim: %v\n", at(x.Path, archive.Taken{ID: x.ID, Origin: of}))
				return nil
			}
			articles++
			if asJSON {
				return enc.Encode(articleLine{x.ID, x.URL, x.Outlet, x.Lang, x.Title, x.Body, x.Published.String(), x.Dated, x.Path, x.How, w})
			}
			return printArticle(out, x)
		},
		Done: func(f source.File) {
			if !asJSON {
				fmt.Fprintf(out, "%s: %s; %s\n", f.Path, f, counted(f.Articles, "article"))
			}
		}}
	if err := f.set(&r); err != nil {
		return err
	}
	if err := r.Read(ctx, paths); err != nil {
		return err
	}
	if !asJSON {
		fmt.Fprintf(out, "%s would be stored, %d failed; nothing was stored\n", counted(articles, "article"), failed)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("write: %w", err)
	}
	if !asJSON {
		a.tellCounts(counts, r.Aside(), false)
	}
	if failed > 0 {
		return errReported
	}
	return nil
}

// owners tells whose an id is: the file that it was first read from, now or as the archive has it; to others it is refused.
func (a *app) owners(ctx context.Context) (of func(id, origin string) (string, error), end func(), err error) {
	var arch *archive.Archive
	if archive.Exists(a.data) {
		if arch, err = archive.Open(ctx, a.data); err != nil {
			return nil, nil, err
		}
	}
	known := map[string]string{}
	of = func(id, origin string) (string, error) {
		first, ok := known[id]
		if !ok {
			first = origin
			if arch != nil {
				found, err := arch.Articles(ctx, []string{id})
				if err != nil {
					return "", err
				}
				if old, ok := found[id]; ok && !gone(index.Origin(old.Path)) {
					first = index.Origin(old.Path)
				}
			}
			known[id] = first
		}
		return first, nil
	}
	return of, func() {
		if arch != nil {
			_ = arch.Close()
		}
	}, nil
}

func printArticle(out *bufio.Writer, x index.Article) error {
	date := x.Published.String()
	switch {
	case x.Dated != "":
		date = "«" + x.Dated + "» not used"
	case date == "":
		date = "undated"
	}
	title := x.Title
	if title == "" {
		title, _, _ = strings.Cut(x.Body, "\n")
	}
	if r := []rune(title); len(r) > 70 {
		title = string(r[:70]) + "…"
	}
	_, err := fmt.Fprintf(out, "  %s  %s  %s (%s, %s)\n", shown(x.ID), shown(date), shown(title),
		counted(strings.Count(strings.TrimSpace(x.Body), "\n")+1, "paragraph"), counted(utf8.RuneCountInString(x.Body), "letter"))
	return err
}
