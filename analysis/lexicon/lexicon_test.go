package lexicon_test

import (
	"bytes"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"kelisim/analysis"
	"kelisim/analysis/lexicon"
)

// TestGroups reads what words must find: typed | first and last word of a group | lang:translation≥weight, or -lang:translation for
// one that must not be there. A line that begins with ! is a known fault and is expected to fail.
func TestGroups(t *testing.T) {
	text, err := os.ReadFile("testdata/groups.txt")
	if err != nil {
		t.Fatal(err)
	}
	l := lexicon.Default()
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if line == "" || line[0] == '#' {
			continue
		}
		row, fault := strings.CutPrefix(line, "! ")
		f := strings.Split(row, " | ")
		if len(f) != 3 {
			t.Fatalf("want typed | place | translations: %s", row)
		}
		lacks := lacking(l.Expand(terms(f[0])), f[1], strings.Split(f[2], ", "))
		switch {
		case fault && lacks == "":
			t.Errorf("%s\nis mended: take its mark away", row)
		case !fault && lacks != "":
			t.Errorf("%s\n%s", row, lacks)
		}
	}
}

// lacking says what groups lack, or "".
func lacking(groups []lexicon.Group, place string, want []string) string {
	from, to, _ := strings.Cut(place, " ")
	first, _ := strconv.Atoi(from)
	last, _ := strconv.Atoi(to)
	var here []lexicon.Translation
	found := false
	for _, g := range groups {
		if g.First == first && g.Last == last {
			here, found = g.Translations, true
		}
	}
	if !found && want[0] != "none" {
		return "no group there"
	}
	if found && want[0] == "none" {
		return "a group there"
	}
	for _, w := range want {
		w, not := strings.CutPrefix(w, "-")
		text, least, weighed := strings.Cut(w, "≥")
		floor, _ := strconv.ParseFloat(least, 64)
		has := false
		for _, t := range here {
			has = has || string(t.Lang)+":"+t.Text == text && (!weighed || t.Weight >= floor)
		}
		if w != "none" && has == not {
			return w
		}
	}
	return ""
}

// Names of countries and capitals are marked, so that a caller can leave them to analysis/names; other words are not.
func TestNames(t *testing.T) {
	for typed, want := range map[string]bool{"Қазақстанның": true, "Эстонии": true, "astana": true, "келісім": false, "университетте": false} {
		if g := lexicon.Default().Expand(terms(typed)); len(g) != 1 || g[0].Name != want {
			t.Errorf("%s: %+v", typed, g)
		}
	}
}

// What a caller may rely on, over the words of the seeds and of odd input.
func TestPromises(t *testing.T) {
	l := lexicon.Default()
	lines, _ := seedWords(t)
	lines = append(lines, nil, [][]string{nil, {}, {""}, {"kk:"}, {"kk:қос"}, {"no such term"}}, terms("2019 ½ a'b — қос-қос"))
	for _, words := range lines {
		end := 0
		for _, g := range l.Expand(words) {
			if g.First < end || g.Last <= g.First || g.Last > len(words) || len(g.Translations) == 0 || g.Text == "" {
				t.Fatalf("%v: a group at %d to %d with %d translations", words, g.First, g.Last, len(g.Translations))
			}
			end = g.Last
			n, before := map[analysis.Lang]int{}, 1.0
			for _, x := range g.Translations {
				n[x.Lang]++
				if x.Weight < lexicon.Least || x.Weight > 1 || x.Weight > before || n[x.Lang] > lexicon.Most || len(x.Words) == 0 || len(x.Sources) == 0 {
					t.Errorf("%s: %+v", g.Text, x)
				}
				before = x.Weight
				for _, w := range x.Words {
					if len(w) == 0 || !strings.HasPrefix(w[0], string(x.Lang)+":") && (w[0][0] < '0' || w[0][0] > '9') {
						t.Errorf("%s: the terms %v of %s are none of its language", g.Text, w, x.Text)
					}
				}
			}
		}
	}
}

func TestConcurrent(t *testing.T) {
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 50 {
				if len(lexicon.Default().Expand(terms("қос диплом"))) != 1 {
					t.Error("no group")
				}
			}
		})
	}
	all.Wait()
}

// Every list has its licence beside it, and all of it is small.
func TestLicences(t *testing.T) {
	size := int64(0)
	says := map[string]string{
		"words.tsv.zst": "UNICODE LICENSE", "words.sa.tsv.zst": "CC BY-SA 3.0", "words.mpl.tsv.zst": "Mozilla Public License Version 2.0",
		"terms.tsv.zst": "Apache License 2.0",
	}
	entries, err := fs.ReadDir(lexicon.Builtin(), ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
		name, packed := strings.CutSuffix(e.Name(), ".tsv.zst")
		if !packed {
			continue
		}
		text, err := fs.ReadFile(lexicon.Builtin(), name+".LICENSE.txt")
		if err != nil || !strings.Contains(string(text), says[e.Name()]) || says[e.Name()] == "" {
			t.Errorf("%s has no licence beside it that says %q: %v", e.Name(), says[e.Name()], err)
		}
	}
	if size > 4<<20 {
		t.Errorf("%d bytes are embedded, more than 4 MB", size)
	}
}

// Packed lists are what Pack makes of them today: whoever changes an analyzer packs them again (make lexicon).
func TestPackedToday(t *testing.T) {
	names, err := fs.Glob(lexicon.Builtin(), "*.tsv.zst")
	if err != nil || len(names) != 4 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		data, err := fs.ReadFile(lexicon.Builtin(), name)
		if err != nil {
			t.Fatal(err)
		}
		var again bytes.Buffer
		if err := lexicon.Pack(bytes.NewReader(data), &again); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, again.Bytes()) {
			t.Errorf("%s: the stems of its words are others today; kelisim lexicon words", name)
		}
	}
}

// ownFolder holds one list beside the project's sources and weights.
func ownFolder(t *testing.T, lines string) fstest.MapFS {
	t.Helper()
	var packed bytes.Buffer
	if err := lexicon.Pack(strings.NewReader("kk\tru\ten\tweight\tsource\n"+lines), &packed); err != nil {
		t.Fatal(err)
	}
	folder := fstest.MapFS{"own.tsv.zst": {Data: packed.Bytes()}}
	for _, name := range []string{"sources.tsv", "weights.tsv"} {
		data, err := fs.ReadFile(lexicon.Builtin(), name)
		if err != nil {
			t.Fatal(err)
		}
		folder[name] = &fstest.MapFile{Data: data}
	}
	return folder
}

// A source that errs is trusted less than one that does not, and what Fit writes can be read.
func TestFit(t *testing.T) {
	folder := ownFolder(t, "хат\tписьмо\t\t1\tosm\nхат\tсообщение\t\t1\tlo\n")
	texts := []lexicon.Parallel{{From: analysis.Read("Хат келді", analysis.KK), To: analysis.Read("Пришло письмо", analysis.RU)}}
	texts[0].To.Lang = analysis.RU
	var first, second bytes.Buffer
	for _, out := range []*bytes.Buffer{&first, &second} {
		if err := lexicon.Fit(folder, [][]lexicon.Parallel{texts}, out); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), second.Bytes()) {
		t.Error("the same texts give other weights")
	}
	folder["weights.tsv"] = &fstest.MapFile{Data: first.Bytes()}
	l, err := lexicon.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if g := l.Expand(terms("хаттар")); len(g) != 1 || g[0].Translations[0].Text != "письмо" || g[0].Translations[0].Weight < .8 {
		t.Errorf("%+v from\n%s", g, first.String())
	}
	if f := l.Measure(texts); f.Recall <= 0 || f.Precision <= 0 || f.Loss < 0 {
		t.Errorf("%+v", f)
	}
	if f := l.Measure(nil); f != (lexicon.Figures{}) {
		t.Errorf("of nothing: %+v", f)
	}
}

func FuzzExpand(f *testing.F) {
	f.Add("қос дипломдар туралы")
	f.Add("2019 a'b — \xff ")
	f.Fuzz(func(t *testing.T, s string) {
		words := terms(s)
		for _, g := range lexicon.Default().Expand(words) {
			if g.First < 0 || g.Last <= g.First || g.Last > len(words) {
				t.Errorf("%q: %+v", s, g)
			}
		}
	})
}

func TestPack(t *testing.T) {
	folder := ownFolder(t, "қос диплом\tдвойной диплом\ta double degree\t1\tterms\n")
	l, err := lexicon.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	if g := l.Expand(terms("double degrees")); len(g) != 1 || g[0].Text != "double degree" || len(g[0].Translations) != 2 {
		t.Errorf("got %+v", g)
	}
	var packed bytes.Buffer
	for _, wrong := range []string{"", "kk\tru\n", "kk\tru\ten\tweight\tsource\nтек екі\tұяшық\n"} {
		if err := lexicon.Pack(strings.NewReader(wrong), &packed); err == nil {
			t.Errorf("%q was packed", wrong)
		}
	}
	for name, data := range map[string]string{"sources.tsv": "terms\n", "weights.tsv": "trust\tthesaurus\tmuch\n", "own.tsv.zst": "none"} {
		broken := fstest.MapFS{}
		for k, v := range folder {
			broken[k] = v
		}
		broken[name] = &fstest.MapFile{Data: []byte(data)}
		if _, err := lexicon.Load(broken); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("a broken %s: %v", name, err)
		}
	}
}
