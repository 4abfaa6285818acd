package names

import (
	"cmp"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"kelisim/analysis/names/border"
	"kelisim/analysis/names/check"
	"kelisim/analysis/names/countries"
	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/heads"
	"kelisim/analysis/names/outlets"
	"kelisim/analysis/names/world"
)

//go:embed data
var embedded embed.FS

// phrase holds a place's name and is no evidence of it.
type phrase struct{ lang, text string }

// Default is the table that is built into the program. It is loaded once.
func Default() *Table { return loadDefault() }

var loadDefault = sync.OnceValue(func() *Table {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err) // the embedded folder is part of our own source
	}
	t, err := Load(sub, nil)
	if err != nil {
		panic(err)
	}
	return t
})

// Load reads countries.tsv, institutions.tsv, outlets.tsv and the word lists from a folder, and the user's own
// institutions from extra, which may be nil. It refuses rows that break the table's promises; see Check.
func Load(fsys fs.FS, extra io.Reader) (*Table, error) { return load(fsys, extra, true) }

func load(fsys fs.FS, extra io.Reader, withWorld bool) (*Table, error) {
	t := &Table{}
	// The world is unpacked while the other tables are read.
	unpacked := make(chan error, 1)
	go func() {
		var err error
		if withWorld {
			t.world, err = world.ReadWorld(fsys)
		}
		unpacked <- err
	}()
	err := t.read(fsys, extra)
	err = cmp.Or(err, <-unpacked)
	if err == nil {
		err = forms.ReadTSV(fsys, "short.tsv", func(line int, f map[string]string) error {
			t.shorts = append(t.shorts, [2]string{f["key"], f["short"]})
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	if faults := t.faults(); len(faults) > 0 {
		return nil, fmt.Errorf("names: %s (and %d more faults)", faults[0], len(faults)-1)
	}
	// What the linker is made with is read while the trie is built: together they take half as long.
	var parts world.LinkerParts
	read := make(chan error, 1)
	go func() {
		var err error
		parts, err = world.ReadParts(fsys, t.endings, t.nations())
		read <- err
	}()
	t.build()
	if err := <-read; err != nil {
		return nil, fmt.Errorf("names: %w", err)
	}
	t.linker = sync.OnceValue(func() *world.Linker { return world.NewLinker(parts, t.stock(), nil) })
	return t, nil
}

// Check reads a folder of data and the user's own rows as Load does, and lists every fault.
func Check(fsys fs.FS, extra io.Reader) []string {
	t := &Table{}
	err := t.read(fsys, extra)
	if err == nil {
		t.world, err = world.ReadWorld(fsys)
	}
	if err != nil {
		return []string{err.Error()}
	}
	return t.faults()
}

func (t *Table) faults() []string {
	return check.Tables{Countries: t.places, Bodies: t.bodies, World: t.world, Outlets: t.outlets}.Faults()
}

// Builtin is the folder that Default is loaded from, for Load with the user's own rows.
func Builtin() fs.FS {
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err)
	}
	return sub
}

func (t *Table) read(fsys fs.FS, extra io.Reader) error {
	var err error
	if t.places, err = countries.Read(fsys, Home); err != nil {
		return err
	}
	if err := forms.ReadTSV(fsys, "institutions.tsv", t.addBody(false)); err != nil {
		return err
	}
	if extra != nil {
		if err := forms.ReadRows(extra, "own institutions", t.addBody(true)); err != nil {
			return err
		}
	}
	if t.outlets, err = outlets.Read(fsys); err != nil {
		return err
	}
	if t.endings, err = forms.ReadEndings(fsys); err != nil {
		return err
	}
	if t.letters, err = forms.ReadLetters(fsys); err != nil {
		return err
	}
	if t.common, err = forms.ReadList(fsys, "common.kk.txt"); err != nil {
		return err
	}
	err = forms.ReadTSV(fsys, "phrases.tsv", func(line int, f map[string]string) error {
		t.phrases = append(t.phrases, phrase{f["lang"], f["phrase"]})
		return nil
	})
	if err != nil {
		return err
	}
	t.lists = map[string]list{}
	err = forms.ReadTSV(fsys, "words.tsv", func(line int, f map[string]string) error {
		n := slices.Index(listNames, f["list"])
		if n < 0 {
			return fmt.Errorf("unknown list %q", f["list"])
		}
		bit := list(1) << n
		for _, w := range strings.Fields(f["words"]) {
			t.lists[w] |= bit
			t.lists["~"+t.endings.Russian(w)] |= bit
		}
		return nil
	})
	if err != nil {
		return err
	}
	t.fronts = map[string][]string{}
	for _, f := range t.list(headPrefixList) {
		words := strings.Split(f, "=")
		t.fronts[words[0]] = words[1:]
	}
	if t.heads, err = heads.Read(fsys, t.endings, world.Kinds, slices.Sorted(maps.Keys(t.fronts))); err != nil {
		return err
	}
	t.functionWords = append([]string{"-"}, slices.Sorted(slices.Values(t.list(functionList)))...)
	t.functions = map[string]uint8{}
	for i, w := range t.functionWords[1:] {
		t.functions[w] = uint8(i + 1)
	}
	table, err := fs.ReadFile(fsys, "borders.tsv")
	if err != nil {
		return err
	}
	t.border = border.New(t.families(), languageNames[:])
	if err := t.border.Read(string(table)); err != nil {
		return fmt.Errorf("borders.tsv %w", err)
	}
	return nil
}

func (t *Table) addBody(own bool) func(int, map[string]string) error {
	return func(line int, f map[string]string) error {
		t.bodies = append(t.bodies, &world.Body{
			Key: f["id"], Country: f["country"], Kind: f["kind"], KK: f["name_kk"], RU: f["name_ru"], EN: f["name_en"],
			Aliases: forms.Split(f["aliases"]), Weak: forms.Split(f["aliases_weak"]), Lat: f["lat"], Lon: f["lon"], City: f["city"],
			ROR: f["ror"], Wikidata: f["wikidata"], Site: f["website"], Nte: f["note"], Own: own,
		})
		return nil
	}
}
