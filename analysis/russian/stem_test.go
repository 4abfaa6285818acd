package russian_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis/russian"
)

func ExampleStems() {
	fmt.Println(russian.Stems("договоров"), russian.Stems("подписаны"), russian.Stems("нарикбаевым"))
	// Output: [договор] [подписать] [нарикбаев]
}

func TestStems(t *testing.T) {
	b, err := os.ReadFile("testdata/stems.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := 0
	for line := range strings.Lines(string(b)) {
		fact, _, _ := strings.Cut(line, " # ")
		fact, fault := strings.CutPrefix(fact, "! ")
		f := strings.Fields(fact)
		if len(f) != 2 || f[0] == "#" {
			continue
		}
		words++
		if got := russian.Stems(f[0]); got[0] == f[1] == fault {
			if fault {
				t.Errorf("%s → %v is mended: take its mark away", f[0], got)
			} else {
				t.Errorf("%s → %v, want %s first; readings %v", f[0], got, f[1], russian.Explain(f[0]))
			}
		}
	}
	if words < 200 {
		t.Errorf("%d words in testdata/stems.txt, want 200 or more", words)
	}
}

func TestIsStop(t *testing.T) {
	for word, want := range map[string]bool{"и": true, "который": true, "ее": true, "договор": false, "": false, "#": false} {
		if got := russian.IsStop(word); got != want {
			t.Errorf("IsStop(%q) = %v", word, got)
		}
	}
}

// TestStrange feeds words that no Russian text has.
func TestStrange(t *testing.T) {
	for _, w := range []string{"", "-", "--", "а-", "-а", "a", "qazaq", "ё", "ъ", "ся", "сь", "ою", "і", "2025", "\xff", "а\xd0", "по", "наи", "наий",
		strings.Repeat("а", 5000), strings.Repeat("-", 70), "келісім", "онлайн-", "-курсов", "кот-кот-котов", "👍"} {
		check(t, w)
	}
}

func FuzzStems(f *testing.F) {
	for _, w := range []string{"договоров", "онлайн-курсов", "наилучшие", "собиралися", "ю", "-ою", "а\xd0"} {
		f.Add(w)
	}
	f.Fuzz(func(t *testing.T, w string) { check(t, w) })
}

func check(t *testing.T, w string) {
	t.Helper()
	got := russian.Stems(w)
	if len(got) < 1 || len(got) > 2 || len(got) == 2 && got[0] == got[1] {
		t.Fatalf("Stems(%q) = %q", w, got)
	}
	if again := russian.Stems(w); !slices.Equal(got, again) {
		t.Fatalf("Stems(%q) = %q, then %q", w, got, again)
	}
	for _, s := range got {
		if s == "" && w != "" || utf8.ValidString(w) && !utf8.ValidString(s) || len(s) > len(w)+60 ||
			strings.ContainsFunc(s, unicode.IsSpace) && !strings.ContainsFunc(w, unicode.IsSpace) {
			t.Fatalf("Stems(%q) = %q", w, got)
		}
	}
	for _, r := range russian.Explain(w) {
		if r.Stem == "" || r.Class == "" {
			t.Fatalf("Explain(%q) = %v", w, r)
		}
	}
}

// TestTogether reads the same words from many goroutines: the cache is theirs in common.
func TestTogether(t *testing.T) {
	words := strings.Fields(strings.Repeat("договоров подписали университетами лет онлайн-курсов нарикбаевым ", 300))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for _, w := range words {
				if s := russian.Stems(w); len(s) == 0 {
					t.Errorf("Stems(%q) is empty", w)
				}
			}
		})
	}
	wg.Wait()
}
