package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kelisim/analysis/agreements/deeds"
	"kelisim/analysis/names"
	"kelisim/index"
)

// Files of the data folder that people write.
const (
	ownNames    = "institutions.tsv" // rows of their own, in the form of analysis/names/data/institutions.tsv
	corrections = "corrections.tsv"  // what is wrong about agreements
)

// reader reads articles with the names of the program and those of the data folder.
type reader struct {
	table       *names.Table
	corrections []deeds.Correction // of the data folder
}

func (a *app) reader() (r reader, err error) {
	if r.table, err = a.names(); err != nil {
		return r, err
	}
	r.corrections, err = a.corrections()
	return r, err
}

// read reads an article as the program does. What is merged is corrected afterwards.
func (r reader) read(article index.Article) *index.Record { return index.Read(article, r.table) }

// corrected reads an article with the corrections of its own agreements.
func (r reader) corrected(article index.Article) *index.Record {
	out := r.read(article)
	out.Agreements = deeds.Apply(out.Agreements, r.corrections)
	return out
}

// reading gives how articles are read one by one: with the names and corrections of the data folder.
func (a *app) reading() (func(index.Article) *index.Record, *names.Table, error) {
	r, err := a.reader()
	if err != nil {
		return nil, nil, err
	}
	return r.corrected, r.table, nil
}

// names is the program's table, with the data folder's own rows where it has some.
func (a *app) names() (*names.Table, error) {
	f, err := os.Open(filepath.Join(a.data, ownNames))
	if errors.Is(err, fs.ErrNotExist) {
		return names.Default(), nil
	}
	if err != nil {
		return nil, fmt.Errorf("read own names: %w", err)
	}
	defer f.Close()
	t, err := names.Load(names.Builtin(), f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	return t, nil
}

func (a *app) corrections() ([]deeds.Correction, error) {
	f, err := os.Open(filepath.Join(a.data, corrections))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	defer f.Close()
	cs, err := deeds.ReadCorrections(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	return cs, nil
}

// schemaNumber changes with how articles become documents; an index of another number is rebuilt from the archive.
const schemaNumber = 16

// schema is the number that an index must have to be used: it changes with the program's own number, its facets, the
// archive, and the files of the data folder that articles are read with.
func (a *app) schema(archive string) (int, error) {
	h := fnv.New32a()
	fmt.Fprintln(h, schemaNumber, archive)
	for _, f := range index.Facets() {
		fmt.Fprintln(h, f.Name)
	}
	for _, s := range a.thresholds() {
		fmt.Fprintln(h, "relevance", s.Name, s.Kind, s.Address, s.Relevance)
	}
	for _, name := range []string{ownNames, corrections} {
		data, err := os.ReadFile(filepath.Join(a.data, name))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return 0, fmt.Errorf("read %s: %w", name, err)
		}
		if len(strings.TrimSpace(string(data))) > 0 {
			fmt.Fprintln(h, name)
			h.Write(data)
		}
	}
	return int(h.Sum32() &^ (1 << 31)), nil
}
