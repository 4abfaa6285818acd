package lexicon

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"sync"
)

//go:embed data
var embedded embed.FS

// Builtin is the folder that Default is loaded from.
func Builtin() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the embedded folder is part of our own source
	}
	return sub
}

// Default is the lexicon that is built into the program. It is loaded once, when it is first asked for.
func Default() *Lexicon { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Lexicon {
	l, err := Load(Builtin())
	if err != nil {
		panic(err)
	}
	return l
})

// Load reads sources.tsv, weights.tsv and every packed list (*.tsv.zst) of a folder. A list may be left out; what only it has is
// lacking then.
func Load(fsys fs.FS) (*Lexicon, error) {
	sources, err := readSources(fsys)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	m, err := readModel(fsys)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	lists, err := readLists(fsys)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	l, err := build(sources, m, lists)
	if err != nil {
		return nil, fmt.Errorf("lexicon: %w", err)
	}
	return l, nil
}

// A list is a packed list, unzipped.
type list struct{ name, text string }

func readLists(fsys fs.FS) ([]list, error) {
	names, err := fs.Glob(fsys, "*.tsv.zst")
	if err != nil {
		return nil, err
	}
	lists := make([]list, len(names))
	errs := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() {
			data, err := fs.ReadFile(fsys, name)
			if err == nil {
				data, err = unzip(data)
			}
			if err != nil {
				errs[i] = fmt.Errorf("%s: %w", name, err)
			}
			lists[i] = list{name, string(data)}
		})
	}
	all.Wait()
	return lists, errors.Join(errs...)
}

func build(sources []Source, m model, lists []list) (*Lexicon, error) {
	size := 0
	for _, l := range lists {
		size += len(l.text)
	}
	b, err := newBuilder(sources, m, size/bytesAnEntry)
	if err != nil {
		return nil, err
	}
	for _, l := range lists {
		if err := b.read(l.text); err != nil {
			return nil, fmt.Errorf("%s: %w", l.name, err)
		}
	}
	return b.lexicon(), nil
}

// bytesAnEntry is how long packed lists are, unzipped, for an entry that they add.
const bytesAnEntry = 55
