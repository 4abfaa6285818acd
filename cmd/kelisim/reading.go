package main

import (
	"errors"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"kelisim/analysis/agreements"
	"kelisim/analysis/names"
	"kelisim/index"
)

// Files of the data folder that people write.
const (
	ownNames    = "institutions.tsv" // rows of their own, in the form of analysis/names/data/institutions.tsv
	corrections = "corrections.tsv"  // what is wrong about agreements
)

// reading gives how articles are read: with the names of the program and those of the data folder, and with its corrections.
func (a *app) reading() (func(index.Article) *index.Record, *names.Table, error) {
	table, err := a.names()
	if err != nil {
		return nil, nil, err
	}
	cs, err := a.corrections()
	if err != nil {
		return nil, nil, err
	}
	return func(article index.Article) *index.Record {
		r := index.Read(article, table)
		if len(cs) > 0 {
			r.Agreements = agreements.Apply(r.Agreements, cs)
		}
		return r
	}, table, nil
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

func (a *app) corrections() ([]agreements.Correction, error) {
	f, err := os.Open(filepath.Join(a.data, corrections))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read corrections: %w", err)
	}
	defer f.Close()
	cs, err := agreements.ReadCorrections(f)
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", f.Name(), err)
	}
	return cs, nil
}

// schemaNumber changes with how articles become documents; an index of another number is rebuilt from the archive.
const schemaNumber = 3

// schema is the number that an index must have to be used: it changes with the program's own number, its facets, the
// archive, and the files of the data folder that articles are read with.
func (a *app) schema(archive string) (int, error) {
	h := fnv.New32a()
	fmt.Fprintln(h, schemaNumber, archive)
	for _, f := range index.Facets() {
		fmt.Fprintln(h, f.Name)
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
