package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"kelisim/analysis/story"
	"kelisim/index"
	"kelisim/index/eval"
)

// learnStoriesCommand learns which texts tell one story.
func (a *app) learnStoriesCommand() *cobra.Command {
	const to = "analysis/story/data/"
	root, count := "", false
	c := &cobra.Command{
		Use:   "stories LABELLED… GOLD…",
		Short: "Learn " + to + "weights.txt from texts with the stories that they tell",
		Long: `Stories learns which texts tell one story. LABELLED is a *.txt in the form of analysis/story/testdata; one that is named several times is
taught so often. Of each of its texts a reprint that was cut short is taught as the same story, once with its facts and once by its words alone, and one with
other numbers as another. GOLD is
as for «learn agreements»: each of its texts is taken to tell a story of its own. What many of them tell is counted first, with --count.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, paths []string) error {
			read, _, err := a.reading()
			if err != nil {
				return err
			}
			var labelled, golds []string
			for _, p := range paths {
				if filepath.Ext(p) == ".txt" {
					labelled = append(labelled, p)
				} else {
					golds = append(golds, p)
				}
			}
			var alone []story.Reading
			if err := a.eachGold(cmd.Context(), root, golds, func(article index.Article, _ eval.Truth, _ bool) {
				alone = append(alone, index.StoryReading(read(article)))
			}); err != nil {
				return fmt.Errorf("learn stories: %w", err)
			}
			if count {
				return learn(to+"common.tsv", func(out io.Writer) error { return story.WriteCommon(alone, out) })
			}
			sketches := make([]story.Sketch, len(alone))
			for i, r := range alone {
				sketches[i] = story.Of(r)
			}
			pairs := apart(sketches)
			for _, path := range labelled {
				more, err := labelledPairs(path, read)
				if err != nil {
					return fmt.Errorf("learn stories: %s: %w", path, err)
				}
				pairs = append(pairs, more...)
			}
			return learn(to+"weights.txt", story.Learn(pairs).Write)
		},
	}
	c.Flags().BoolVar(&count, "count", false, "only count what many texts of GOLD tell, and write common.tsv")
	c.Flags().StringVar(&root, "gold", "index/eval/testdata", "folder with seeds.json and the folders of gold")
	return c
}

// apart are all pairs of texts of which each tells a story of its own.
func apart(all []story.Sketch) (out []story.Pair) {
	for i := range all {
		for j := range all[:i] {
			out = append(out, story.Pair{A: &all[i], B: &all[j]})
		}
	}
	return out
}

// labelledPairs are those of a file of labelled texts.
func labelledPairs(path string, read func(index.Article) *index.Record) (out []story.Pair, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	texts, err := story.ReadLabelled(f)
	if err != nil {
		return nil, err
	}
	sketch := func(x story.Labelled) (*story.Sketch, error) {
		article := index.Article{ID: "labelled", Lang: x.Lang, Title: x.Title, Body: x.Body}
		if article.Published, err = index.ParseDate(x.Date); err != nil {
			return nil, err
		}
		s := story.Of(index.StoryReading(read(article)))
		return &s, nil
	}
	var sketches []*story.Sketch
	for i, x := range texts {
		s, err := sketch(x)
		if err != nil {
			return nil, err
		}
		for j, t := range sketches {
			out = append(out, story.Pair{A: s, B: t, Same: texts[i].Story == texts[j].Story})
		}
		sketches = append(sketches, s)
		cut := x
		cut.Body = story.Cut(x.Body)
		reprint, err := sketch(cut)
		if err != nil {
			return nil, err
		}
		out = append(out, story.Pair{A: s, B: reprint, Same: true}, story.Pair{A: s.Bare(), B: reprint.Bare(), Same: true})
		if !s.HasNumbers() {
			continue
		}
		cut.Body = story.Refilled(x.Body)
		form, err := sketch(cut)
		if err != nil {
			return nil, err
		}
		out = append(out, story.Pair{A: s, B: form})
	}
	return out, nil
}
