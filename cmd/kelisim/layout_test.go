package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.." // of the module, from here

// house is testdata/layout.txt.
type house struct {
	may  map[string][]string // package → what it may import
	only map[string]string   // import → the one package that may
	top  []string
}

func readHouse(t *testing.T) house {
	t.Helper()
	data, err := os.ReadFile("testdata/layout.txt")
	if err != nil {
		t.Fatal(err)
	}
	h := house{may: map[string][]string{}, only: map[string]string{}}
	for line := range strings.Lines(string(data)) {
		f := strings.Fields(line)
		switch {
		case len(f) == 0 || f[0] == "#" || strings.HasPrefix(f[0], "#"):
		case f[0] == "only":
			h.only[f[1]] = f[2]
		case f[0] == "top":
			h.top = append(h.top, f[1:]...)
		default:
			h.may[f[0]] = f[1:]
		}
	}
	return h
}

// problem says what is wrong with an import, or "".
func (h house) problem(pkg, imported string) string {
	for p, one := range h.only {
		if within(imported, p) && pkg != one {
			return fmt.Sprintf("%s imports %s, which only %s may", pkg, imported, one)
		}
	}
	own, ours := strings.CutPrefix(imported, "kelisim/")
	first, _, _ := strings.Cut(imported, "/")
	switch {
	case ours:
		if slices.Contains(h.may[pkg], own) {
			return ""
		}
	case !strings.Contains(first, "."): // the standard library
		return ""
	case slices.ContainsFunc(h.may[pkg], func(m string) bool { return within(imported, m) }):
		return ""
	}
	return fmt.Sprintf("%s imports %s, which its line in testdata/layout.txt does not allow", pkg, imported)
}

func within(imported, module string) bool {
	return imported == module || strings.HasPrefix(imported, module+"/")
}

func TestImports(t *testing.T) {
	h := readHouse(t)
	imports := shippedImports(t)
	for pkg, list := range imports {
		if _, ok := h.may[pkg]; !ok {
			t.Errorf("package %s has no line in testdata/layout.txt", pkg)
			continue
		}
		for _, i := range list {
			if p := h.problem(pkg, i); p != "" {
				t.Error(p)
			}
		}
	}
	for pkg := range h.may {
		if _, ok := imports[pkg]; !ok {
			t.Errorf("testdata/layout.txt names %s, which is no package", pkg)
		}
	}
}

// shippedImports reads what each package imports outside its tests.
func shippedImports(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			// The go command reads no folders of these names; scratch programs are no part of the project.
			if name != root && (strings.HasPrefix(base, ".") || strings.HasPrefix(base, "_") || base == "testdata" || base == "node_modules" || strings.HasPrefix(base, "scratch-")) {
				return fs.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(base, ".go") || strings.HasSuffix(base, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(name))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		for _, i := range f.Imports {
			p, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if !slices.Contains(out[pkg], p) {
				out[pkg] = append(out[pkg], p)
			}
		}
		if out[pkg] == nil {
			out[pkg] = []string{}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestTopLevel(t *testing.T) {
	h := readHouse(t)
	ignored := ignoredNames(t)
	entries, err := os.ReadDir(root)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		n := e.Name()
		own := strings.HasPrefix(n, ".git") || n == "go.sum" || slices.ContainsFunc(ignored, func(p string) bool {
			ok, err := path.Match(p, n)
			return err == nil && ok
		})
		if !own && !slices.Contains(h.top, n) {
			t.Errorf("%s lies at the top of the house; testdata/layout.txt does not name it", n)
		}
	}
	for _, n := range h.top {
		if _, err := os.Stat(filepath.Join(root, n)); err != nil {
			t.Errorf("testdata/layout.txt names %s at the top: %v", n, err)
		}
	}
}

// ignoredNames are the top-level names that .gitignore gives: what the program and the tools make.
func ignoredNames(t *testing.T) (out []string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(root, ".gitignore"))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		out = append(out, strings.Trim(strings.TrimSpace(line), "/"))
	}
	return out
}

// The test itself must see a breach.
func TestProblem(t *testing.T) {
	h := readHouse(t)
	for _, c := range []struct {
		pkg, imported string
		ok            bool
	}{
		{"index", "kelisim/analysis", true},
		{"index", "kelisim/index/archive", false},
		{"web", "kelisim/index", true},
		{"web", "kelisim/index/query", false},
		{"web", "html/template", true},
		{"index/query", "html/template", false},
		{"index/query", "strings", true},
		{"index/archive", "modernc.org/sqlite/lib", true},
		{"index/local", "modernc.org/sqlite", false},
		{"index/query", "golang.org/x/textual", false},
		{"analysis/names/forms", "golang.org/x/text/language", true},
		{"analysis/names/forms", "kelisim/analysis/names", false},
	} {
		if got := h.problem(c.pkg, c.imported); (got == "") != c.ok {
			t.Errorf("%s importing %s: %q", c.pkg, c.imported, got)
		}
	}
}
