package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"kelisim/index/source"
)

// forms are the switches that say how files are read, where their content does not say it right.
type forms struct{ as, encoding, columns string }

func (f *forms) flags(c *cobra.Command) {
	s := c.Flags()
	s.StringVar(&f.as, "as", "", "what the files are, where a guess is wrong: seed, text, jsonl, json, csv, tsv, html, mhtml or warc")
	s.StringVar(&f.encoding, "encoding", "", "how the files are encoded, where a guess is wrong: UTF-8, windows-1251, KOI8-R …")
	s.StringVar(&f.columns, "map", "", "which column or key holds what, as in title=Заголовок,body=Текст")
	var kinds []string
	for _, k := range source.Kinds {
		kinds = append(kinds, string(k))
	}
	completeFixed(c, "as", kinds)
	completeFixed(c, "encoding", source.Encodings())
}

// set puts the switches into a reader.
func (f *forms) set(r *source.Reader) (err error) {
	if f.as != "" {
		if r.As, err = source.KindOf(f.as); err != nil {
			return usageError{fmt.Errorf("--as: %w", err)}
		}
	}
	if r.Encoding = f.encoding; f.encoding != "" {
		if err := source.KnownEncoding(f.encoding); err != nil {
			return usageError{fmt.Errorf("--encoding: %w", err)}
		}
	}
	if r.Map, err = source.ParseMap(f.columns); err != nil {
		return usageError{fmt.Errorf("--map: %w", err)}
	}
	return nil
}
