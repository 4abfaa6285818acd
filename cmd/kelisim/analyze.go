package main

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"kelisim/analysis"
	"kelisim/analysis/english"
	"kelisim/analysis/kazakh"
	"kelisim/analysis/russian"
)

func (a *app) analyzeCommand() *cobra.Command {
	var lang string
	var terms bool
	c := &cobra.Command{
		Use:   "analyze --lang kk|ru|en [TEXT]",
		Short: "Show each step from a text to its index terms",
		Long: `Analyze shows what is made of a text: paragraphs with their language, sentences, tokens with their bytes, the readings of each
word with their weights (Kazakh: natural logarithm of the probability; Russian: share) and suffixes, and the terms under which it is found. Without TEXT it reads standard input.

With --terms it reads words on standard input, one a line, and writes each line's stem terms, separated by spaces.`,
		Example: "  kelisim analyze --lang kk «Қазақстан мен Эстония ректорларының форумы өтті»\n  cut -f1 words.tsv | kelisim analyze --lang kk --terms",
		RunE: func(cmd *cobra.Command, args []string) error {
			l := analysis.Lang(lang)
			if _, ok := stemmers[l]; !ok && lang != "" {
				return usagef("--lang must be kk, ru or en, not %q", lang)
			}
			if terms {
				if len(args) > 0 {
					return usagef("--terms reads standard input and takes no text")
				}
				return writeTerms(a.out, a.in, stemmers[cmp.Or(l, analysis.KK)])
			}
			text := strings.Join(args, " ")
			if len(args) == 0 {
				data, err := io.ReadAll(a.in)
				if err != nil {
					return fmt.Errorf("read standard input: %w", err)
				}
				text = strings.TrimRight(string(data), "\n")
			}
			w := bufio.NewWriter(a.out)
			explain(w, text, l)
			return w.Flush()
		},
	}
	c.Flags().StringVar(&lang, "lang", "", "read the words as kk, ru or en (default: each paragraph's own; kk with --terms)")
	c.Flags().BoolVar(&terms, "terms", false, "write the stem terms of words on standard input")
	return c
}

var stemmers = map[analysis.Lang]func(string) []string{
	analysis.KK: kazakh.Stems, analysis.RU: russian.Stems, analysis.EN: english.Stems,
}

// explain writes each step for a text. Where lang is not "", Kazakh and Russian words are read in that language, whatever
// language their paragraph seems to be in: one word alone often seems to be in the other.
func explain(w io.Writer, text string, lang analysis.Lang) {
	x := analysis.Read(text, lang)
	for i, p := range x.Paragraphs {
		as := ""
		if otherThanAsked(lang, p.Lang) {
			as = fmt.Sprintf(" (read as %s, as asked)", lang)
		}
		fmt.Fprintf(w, "paragraph %d  bytes %d–%d  language %s%s  script %s\n", i+1, p.Start, p.End, orDash(string(p.Lang)), as, script(p.Script))
		for _, s := range p.Sentences {
			fmt.Fprintf(w, "  sentence  bytes %d–%d  %s\n", s.Start, s.End, x.Source[s.Start:s.End])
		}
		for _, t := range x.Tokens[p.First:p.Last] {
			if t.Kind == analysis.Word && otherThanAsked(lang, t.Lang) {
				t.Lang, t.Terms = lang, nil
				for _, s := range stemmers[lang](t.Form) {
					t.Terms = append(t.Terms, string(lang)+":"+s)
				}
			}
			explainToken(w, t)
		}
	}
}

// otherThanAsked reports whether what was found is the other one of the languages in Cyrillic letters.
func otherThanAsked(lang, found analysis.Lang) bool {
	return lang == analysis.KK && found == analysis.RU || lang == analysis.RU && found == analysis.KK
}

func explainToken(w io.Writer, t analysis.Token) {
	fmt.Fprintf(w, "  token  %s  bytes %d–%d  form %s  language %s", t.Surface, t.Start, t.End, t.Form, orDash(string(t.Lang)))
	if t.Suffix != "" {
		fmt.Fprintf(w, "  suffix cut off %s", t.Suffix)
	}
	if t.Stop {
		fmt.Fprint(w, "  stop word")
	}
	fmt.Fprintln(w)
	for i, r := range readings(t) {
		mark := " "
		if i == 0 {
			mark = "*" // the chosen one
		}
		fmt.Fprintf(w, "    %s %8.2f  %s\n", mark, r.weight, r.text)
	}
	fmt.Fprintf(w, "    terms  %s\n", strings.Join(t.Terms, "  "))
}

type weighed struct {
	text   string
	weight float64
}

// readings are what the language's grammar reads in a word, the likeliest first.
func readings(t analysis.Token) (out []weighed) {
	if t.Kind != analysis.Word {
		return nil
	}
	switch t.Lang {
	case analysis.KK:
		for _, r := range kazakh.Explain(t.Form) {
			out = append(out, weighed{chain(r.Stem, r.Class, r.Chain), r.Weight})
		}
	case analysis.RU:
		for _, r := range russian.Explain(t.Form) {
			out = append(out, weighed{chain(r.Stem, r.Class, r.Chain), r.Weight})
		}
	}
	return out
}

func chain(stem, class string, suffixes []string) string {
	s := stem + " (" + class + ")"
	for _, x := range suffixes {
		if x != "" {
			s += " + " + x
		}
	}
	return s
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func script(s analysis.Script) string {
	switch s {
	case analysis.Latin:
		return "Latin"
	case analysis.Arabic:
		return "Arabic"
	}
	return "Cyrillic"
}
