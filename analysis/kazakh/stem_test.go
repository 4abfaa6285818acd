package kazakh_test

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"kelisim/analysis/kazakh"
)

// TestStems reads testdata/stems.txt: word, stem, # analysis; ! before the word marks a known fault.
func TestStems(t *testing.T) {
	f, err := os.Open("testdata/stems.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	n := 0
	for s := bufio.NewScanner(f); s.Scan(); {
		l, _, _ := strings.Cut(s.Text(), "#")
		l, fault := strings.CutPrefix(l, "!")
		w := strings.Fields(l)
		if len(w) == 0 {
			continue
		}
		if len(w) != 2 {
			t.Errorf("%q: want word and stem", s.Text())
			continue
		}
		n++
		switch got := kazakh.Stems(w[0]); {
		case fault && got[0] == w[1]:
			t.Errorf("%s: %s is right now: take the ! away", w[0], w[1])
		case !fault && got[0] != w[1]:
			t.Errorf("%s: stems %v, want %s first", w[0], got, w[1])
		}
	}
	if n < 400 {
		t.Errorf("%d words in testdata/stems.txt, want 400", n)
	}
}

// TestRules reads the examples of RULES.md: «words → stem; words → stem» in the third column of its table of rules.
func TestRules(t *testing.T) {
	text, err := os.ReadFile("RULES.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rules, _ := strings.Cut(string(text), "\n## Rules\n")
	rules, _, _ = strings.Cut(rules, "\n## ")
	n := 0
	for l := range strings.Lines(rules) {
		col := strings.Split(l, "|")
		if len(col) < 5 {
			continue
		}
		for _, example := range strings.Split(col[3], ";") {
			words, stem, ok := strings.Cut(example, "→")
			if !ok {
				continue
			}
			for _, w := range strings.Split(words, ",") {
				n++
				if got := kazakh.Stems(strings.TrimSpace(w)); got[0] != strings.TrimSpace(stem) {
					t.Errorf("%s: stems %v, RULES.md says %s", w, got, stem)
				}
			}
		}
	}
	if n < 50 {
		t.Errorf("%d examples in RULES.md", n)
	}
}

// TestChains holds what analyze shows a linguist.
func TestChains(t *testing.T) {
	for _, c := range []struct{ word, want string }{
		{"университеттерінің", "университет N PL P3 GEN"},
		{"келетіндігін", "кел V ATYN DYQ P3 ACC"},
		{"мектебі", "мектеп N P3"},
		{"халқының", "халық N P3 GEN"},
		{"оқиды", "оқы V AY PERS"},
		{"тауып", "тап V YP"},
		{"қоюға", "қой V U DAT"},
		{"барғанбыз", "бар V GAN PRD"},
		{"қазақстандағы", "қазақстан N LATT"},
		{"маған", "мен X"},
	} {
		r := kazakh.Explain(c.word)
		if len(r) == 0 {
			t.Errorf("%s: no reading", c.word)
			continue
		}
		if got := strings.TrimSpace(fmt.Sprintln(r[0].Stem, r[0].Class, strings.Join(r[0].Chain, " "))); got != c.want {
			t.Errorf("%s: read as %s, want %s", c.word, got, c.want)
		}
	}
}

func TestOddWords(t *testing.T) {
	long := strings.Repeat("келісім", 1500)
	for _, c := range []struct{ word, want string }{
		{"іс-шараларды", "іс-шара"},
		{"hub", "hub"},
		{"hubтың", "hubтың"},
		{"covid-19", "covid-19"},
		{"2025", "2025"},
		{"т", "т"},
		{"бірлік беру", "бірлікберу"},
		{"-", "-"},
	} {
		if got := kazakh.Stems(c.word); got[0] != c.want {
			t.Errorf("%q: stems %q, want %q", c.word, got, c.want)
		}
	}
	for _, w := range []string{"", " ", "\x00", "\xff\xfe", "кел\xffісім", long, long[:len(long)-1], "а\u0301", strings.Repeat("лар", 21), strings.Repeat("-", 300)} {
		check(t, w)
	}
}

func check(t *testing.T, word string) {
	t.Helper()
	got := kazakh.Stems(word)
	if len(got) < 1 || len(got) > 2 {
		t.Errorf("%q: %d stems", word, len(got))
	}
	for _, s := range got {
		if s == "" || !utf8.ValidString(s) || len(s) > 255 || strings.ContainsFunc(s, unicode.IsSpace) {
			t.Errorf("%q: stem %q", word, s)
		}
	}
	if again := kazakh.Stems(word); strings.Join(again, " ") != strings.Join(got, " ") {
		t.Errorf("%q: %v, then %v", word, got, again)
	}
	kazakh.Weight(word)
	kazakh.Explain(word)
}

func FuzzStems(f *testing.F) {
	for _, w := range []string{"университеттеріміздегілерге", "тауып", "қоюға", "іс-шара", "а", "\xff", "covid-19", "ьььь", "уууууу", "ығығығығ"} {
		f.Add(w)
	}
	f.Fuzz(check)
}

func TestWeight(t *testing.T) {
	for _, c := range [][2]string{{"университет", "уныверсытет"}, {"келісім", "келысым"}, {"және", "жане"}, {"ғылымдар", "гхылымдар"}, {"қазақ", "qazaq"}} {
		if kazakh.Weight(c[0]) <= kazakh.Weight(c[1]) {
			t.Errorf("%s weighs %.1f, %s %.1f", c[0], kazakh.Weight(c[0]), c[1], kazakh.Weight(c[1]))
		}
	}
}

// TestLearn learns from a few words twice: the same bytes, and what stands in many words is a stem.
func TestLearn(t *testing.T) {
	words := "# head\nблогер\t3\nблогерлер\t1\nблогердің\t2\nблогерге\t1\nблогерлерді\t1\n"
	var a, b bytes.Buffer
	if err := kazakh.Learn(strings.NewReader(words), &a); err != nil {
		t.Fatal(err)
	}
	if err := kazakh.Learn(strings.NewReader(words), &b); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("two runs differ")
	}
	if !strings.Contains(a.String(), "\nstem\tблогер\t") {
		t.Errorf("блогер was not learnt:\n%s", a.String())
	}
}

func TestConcurrent(t *testing.T) {
	var g sync.WaitGroup
	for i := range 8 {
		g.Go(func() {
			for j := range 2000 {
				w := fmt.Sprint("мектеп", strings.Repeat("тер", (i+j)%3), strings.Repeat("і", j%2))
				if got := kazakh.Stems(w); len(got) == 0 {
					t.Errorf("%s: no stem", w)
				}
			}
		})
	}
	g.Wait()
}

func ExampleStems() {
	fmt.Println(kazakh.Stems("университеттерінің"), kazakh.Stems("тауып"), kazakh.Stems("халқы"))
	// Output: [университет] [тап] [халық]
}
