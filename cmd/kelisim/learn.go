package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/agreements"
	"kelisim/analysis/names"
	"kelisim/index"
	"kelisim/index/eval"
)

func (a *app) learnCommand() *cobra.Command {
	c := &cobra.Command{
		Use:    "learn",
		Short:  "Learn a model anew (in the project's folder; make lexicon)",
		Hidden: true,
		Args:   cobra.NoArgs,
		RunE:   func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	c.AddCommand(a.learnAgreementsCommand(), a.learnClaimsCommand(), a.learnRelevanceCommand(), a.learnStoriesCommand())
	return c
}

// learnAgreementsCommand learns what speaks for an agreement.
func (a *app) learnAgreementsCommand() *cobra.Command {
	folds, root, borders := 0, "", ""
	c := &cobra.Command{
		Use:   "agreements GOLD…",
		Short: "Learn analysis/agreements/data/weights.tsv from texts with gold agreements",
		Long: `Agreements learns what speaks for an agreement, its kind and its status. GOLD is seeds.json, a *.gold.json or a folder of these, with the
articles beside it. With --borders FOLDER an article's names are read with borders that did not learn from it («lexicon borders --crossed
5 --to FOLDER»): with those that did, they would be better than names ever are. With --crossed N nothing is written: each article is read by a model that learnt from the others, in N parts, and
what it finds is printed as «extract» prints it.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			var parts []*names.Table
			if borders != "" {
				var err error
				if parts, err = partTables(borders); err != nil {
					return fmt.Errorf("learn agreements: %w", err)
				}
			}
			all, err := a.lessons(cmd.Context(), root, paths, parts)
			if err != nil {
				return fmt.Errorf("learn agreements: %w", err)
			}
			if folds > 1 {
				return a.crossedAgreements(all, folds)
			}
			return learn("analysis/agreements/data/weights.tsv", func(out io.Writer) error {
				t := agreements.NewTeacher()
				var ls []agreements.Lesson
				for _, x := range all {
					l := t.Lesson(x.example)
					for range x.times {
						ls = append(ls, l)
					}
				}
				t.Learn(ls)
				return t.Write(out)
			})
		},
	}
	c.Flags().IntVar(&folds, "crossed", 0, "parts to learn and read crosswise, instead of writing weights")
	c.Flags().StringVar(&root, "gold", "index/eval/testdata", "folder with seeds.json and the folders of gold")
	c.Flags().StringVar(&borders, "borders", "", "folder with the borders of names that each part's articles are read with")
	return c
}

// lesson is an article with the agreements in it.
type lesson struct {
	times   int // it is taught
	record  *index.Record
	example agreements.Example
}

// lessons reads articles and sentences with their gold. Where there are tables of parts, an article is read by its part's.
func (a *app) lessons(ctx context.Context, root string, paths []string, parts []*names.Table) ([]lesson, error) {
	_, known, err := a.reading()
	if err != nil {
		return nil, err
	}
	var out []lesson
	var golds []string
	for _, p := range paths {
		if filepath.Ext(p) != ".txt" {
			golds = append(golds, p)
			continue
		}
		ls, err := blocks(p, known)
		if err != nil {
			return nil, err
		}
		out = append(out, ls...)
	}
	err = a.eachGold(ctx, root, golds, func(article index.Article, truth eval.Truth, seed bool) {
		table := known
		if len(parts) > 0 && !seed {
			table = parts[part(article.ID, len(parts))]
		}
		l := lessonOf(article, truth, table)
		if seed {
			l.times = seedTimes
		}
		out = append(out, l)
	})
	return out, err
}

// eachGold gives do each article of gold with what is true of it, first the seeds.
func (a *app) eachGold(ctx context.Context, root string, golds []string, do func(article index.Article, truth eval.Truth, seed bool)) error {
	table, err := names.Builtin().Open("institutions.tsv")
	if err != nil {
		return err
	}
	defer table.Close()
	gold, err := eval.LoadGold(root, golds, table)
	if err != nil {
		return err
	}
	truths := gold.Truths()
	seed := false
	take := func(article index.Article) error {
		if truth, ok := truths[article.ID]; ok {
			do(article, truth, seed)
		}
		return nil
	}
	var folders []string
	for _, f := range gold.Files() {
		if filepath.Base(f) != "seeds.json" {
			folders = append(folders, filepath.Dir(f))
			continue
		}
		seed = true
		if err := eachSeed(take); err != nil {
			return err
		}
		seed = false
	}
	slices.Sort(folders)
	_, err = a.each(ctx, slices.Compact(folders), take)
	return err
}

// seedTimes is how often the seeds are taught: they are the program's demonstration, which must be right.
const seedTimes = 12

func lessonOf(article index.Article, truth eval.Truth, known *names.Table) lesson {
	r := index.Begin(article, known)
	all := known.Surmise(r.Text)
	r.Mentions = names.Told(all)
	ror := func(key string) string {
		e, _ := known.Entry("institution", key)
		return e.ROR
	}
	l := lesson{1, r, agreements.Example{Text: r.Text, Mentions: all, Reported: article.Published.String()}}
	called := map[agreements.Party]string{}
	l.example.Party = func(p agreements.Party) string {
		name, ok := called[p]
		if !ok {
			name = truth.Party(eval.InstitutionFound{Key: p.Key, ROR: ror(p.Key), Name: p.Name, Text: p.Text, Country: p.Country})
			called[p] = name
		}
		return name
	}
	for _, t := range truth.Agreements() {
		d := agreements.Deed{Forms: t.Forms, Kinds: t.Kinds, Statuses: t.Statuses, Optional: t.Optional}
		for _, q := range t.Quotes {
			if i := strings.Index(r.Text.Source, q); i >= 0 && q != "" {
				d.Quotes = append(d.Quotes, analysis.Span{Start: i, End: i + len(q)})
			}
		}
		l.example.Deeds = append(l.example.Deeds, d)
	}
	return l
}

// crossedAgreements reads each article by a model that learnt from the other parts.
func (a *app) crossedAgreements(all []lesson, folds int) error {
	_, known, err := a.reading()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	t := agreements.NewTeacher()
	prepared := make([]agreements.Lesson, len(all))
	for i, l := range all {
		prepared[i] = t.Lesson(l.example)
	}
	for k := range folds {
		var others []agreements.Lesson
		for i, l := range all {
			if l.record.Article.ID == "" || part(l.record.Article.ID, folds) != k {
				others = append(others, prepared[i])
			}
		}
		t.Learn(others)
		for _, l := range all {
			if l.record.Article.ID == "" || part(l.record.Article.ID, folds) != k {
				continue
			}
			r := *l.record
			r.Agreements = t.Find(r.Text, l.example.Mentions, l.example.Reported)
			if err := enc.Encode(factsOf(&r, known, index.Shown)); err != nil {
				return err
			}
		}
	}
	return out.Flush()
}

// part is the part of several that an article belongs to.
func part(id string, folds int) int {
	h := fnv.New32a()
	io.WriteString(h, id)
	return int(h.Sum32() % uint32(folds))
}
