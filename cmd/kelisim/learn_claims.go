package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/agreements/claims"
	"kelisim/index"
	"kelisim/index/eval"
)

// learnClaimsCommand learns which numbers are claims.
func (a *app) learnClaimsCommand() *cobra.Command {
	folds, root := 0, ""
	c := &cobra.Command{
		Use:   "claims GOLD…",
		Short: "Learn analysis/agreements/claims/data/weights.tsv from texts with gold claims",
		Long: `Claims learns which numbers of a text are claims. GOLD is as for «learn agreements», or sentences as in
analysis/agreements/claims/testdata. With --crossed N nothing is written: each article is read by a model that learnt from the others.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			all, err := a.claimLessons(cmd, root, paths)
			if err != nil {
				return fmt.Errorf("learn claims: %w", err)
			}
			if folds > 1 {
				return a.crossedClaims(all, folds)
			}
			return learn("analysis/agreements/claims/data/weights.tsv", func(out io.Writer) error {
				return learnClaims(all).Write(out)
			})
		},
	}
	c.Flags().IntVar(&folds, "crossed", 0, "parts to learn and read crosswise, instead of writing weights")
	c.Flags().StringVar(&root, "gold", "index/eval/testdata", "folder with seeds.json and the folders of gold")
	return c
}

// claimLesson is an article, or a sentence without one, with its claims.
type claimLesson struct {
	record  *index.Record
	example claims.Example
}

func learnClaims(all []claimLesson) *claims.Model {
	var es []claims.Example
	for _, l := range all {
		es = append(es, l.example)
	}
	return claims.Learn(es)
}

func (a *app) claimLessons(cmd *cobra.Command, root string, paths []string) (out []claimLesson, err error) {
	var golds []string
	for _, p := range paths {
		if filepath.Ext(p) != ".txt" {
			golds = append(golds, p)
			continue
		}
		ls, err := claimSentences(p)
		if err != nil {
			return nil, err
		}
		out = append(out, ls...)
	}
	err = a.eachGold(cmd.Context(), root, golds, func(article index.Article, truth eval.Truth, _ bool) {
		r := &index.Record{Article: article, Text: analysis.Read(article.Text(), analysis.Lang(article.Lang))}
		e := claims.Example{Text: r.Text}
		for _, c := range truth.Claims() {
			e.Stated = append(e.Stated, claims.Stated{Number: c.Number, Kind: c.Kind, Text: c.Text, Optional: c.Optional})
		}
		out = append(out, claimLesson{r, e})
	})
	return out, err
}

// claimSentences reads the claims of sentences: a line each in claims/testdata, a block in agreements/testdata.
func claimSentences(path string) (out []claimLesson, err error) {
	var bs []block
	if dir := filepath.Dir(path); filepath.Base(filepath.Dir(dir)) != "claims" {
		bs, err = readBlocks(path)
	} else if raw, e := os.ReadFile(path); e != nil {
		err = e
	} else {
		lang := strings.TrimSuffix(filepath.Base(path), ".txt")
		for line := range strings.Lines(string(raw)) {
			list, sentence, ok := strings.Cut(strings.TrimPrefix(strings.TrimSpace(line), "! "), "\t")
			if ok && !strings.HasPrefix(line, "//") {
				bs = append(bs, block{lang: lang, text: "\n" + sentence, right: strings.Split("claim "+strings.ReplaceAll(list, "; ", "; claim "), "; ")})
			}
		}
	}
	for _, b := range bs {
		e := claims.Example{Text: analysis.Read(b.text, analysis.Lang(b.lang))}
		for _, r := range b.right {
			if f := strings.Fields(r); len(f) == 3 && f[0] == "claim" {
				n, err := strconv.Atoi(strings.Trim(f[1], "+~"))
				if err != nil {
					return nil, fmt.Errorf("%s: %s: %w", path, r, err)
				}
				e.Stated = append(e.Stated, claims.Stated{Number: n, Kind: f[2]})
			}
		}
		for range 2 { // they are written to teach; articles' gold lists now this number, now that
			out = append(out, claimLesson{example: e})
		}
	}
	return out, err
}

// crossedClaims reads each article by a model that learnt from the other parts.
func (a *app) crossedClaims(all []claimLesson, folds int) error {
	_, known, err := a.reading()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for k := range folds {
		mine := func(l claimLesson) bool { return l.record != nil && part(l.record.Article.ID, folds) == k }
		m := learnClaims(slices.DeleteFunc(slices.Clone(all), mine))
		for _, l := range all {
			if !mine(l) {
				continue
			}
			l.record.Claims = m.Find(l.record.Text)
			if err := enc.Encode(factsOf(l.record, known, index.Shown)); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}
