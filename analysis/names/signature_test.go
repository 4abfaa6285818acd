package names

import (
	"flag"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/names/forms"
	"kelisim/analysis/names/world"
)

var showErrors = flag.Bool("errors", false, "print the errors of the development halves")

// tally counts answers.
type tally struct {
	right, wrong, none int
	scores             []graded
}

type graded struct {
	score float64
	right bool
}

func (s *tally) add(found []world.Choice, right func(*world.Body) bool) (outcome string) {
	if len(found) > 0 {
		s.scores = append(s.scores, graded{found[0].Score, right(found[0].Body)})
	}
	switch {
	case len(found) == 0 || found[0].Score < world.LinkThreshold:
		s.none++
		return "none"
	case right(found[0].Body):
		s.right++
		return ""
	}
	s.wrong++
	return "WRONG"
}

func (s *tally) String() string {
	n := float64(max(s.right+s.wrong+s.none, 1)) / 100
	return fmt.Sprintf("%.1f %% right, %.1f %% wrong, %.1f %% none of %d", float64(s.right)/n, float64(s.wrong)/n, float64(s.none)/n, s.right+s.wrong+s.none)
}

// curve tells right and wrong in a hundred for other thresholds.
func (s *tally) curve() string {
	var b strings.Builder
	n := float64(max(s.right+s.wrong+s.none, 1)) / 100
	for _, at := range []float64{0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9} {
		right, wrong := 0.0, 0.0
		for _, g := range s.scores {
			if g.score >= at && g.right {
				right++
			} else if g.score >= at {
				wrong++
			}
		}
		fmt.Fprintf(&b, " %.1f: %.1f/%.1f", at, right/n, wrong/n)
	}
	return b.String()
}

// latinLinker holds only Latin names.
func latinLinker(t testing.TB) (*Table, *world.Linker) {
	table := Default()
	p, err := world.ReadParts(Builtin(), table.endings, table.nations())
	if err != nil {
		t.Fatal(err)
	}
	k := world.NewLinker(p, table.stock(), func(b *world.Body, name string) bool { return !anyCyrillicLetter(name) })
	return table, k
}

func anyCyrillicLetter(s string) bool { return slices.ContainsFunc(world.NameWords(s), forms.Cyrillic) }

// TestForeignRows asks for the foreign rows of institutions.tsv by their Kazakh and Russian names, while the table holds
// only Latin ones.
func TestForeignRows(t *testing.T) {
	table, k := latinLinker(t)
	scores := map[string]*tally{}
	for _, b := range table.bodies {
		if b.Country == "KZ" || b.Country == "" || !slices.Contains([]string{"university", "academy", "institute", "conservatory"}, b.Kind) {
			continue
		}
		for lang, name := range map[string]string{"kk": b.KK, "ru": b.RU} {
			if name == "" {
				continue
			}
			half := "dev"
			if world.Held(b.Key) {
				half = "held"
			}
			s := scores[lang+" "+half]
			if s == nil {
				s = &tally{}
				scores[lang+" "+half] = s
			}
			found := k.Nearest(k.Parts(name), &world.Evidence{Country: b.Country}, 5, *showErrors)
			if outcome := s.add(found, func(x *world.Body) bool { return x == b }); outcome != "" && half == "dev" && *showErrors {
				explainError(t, outcome, name, b, found)
			}
		}
	}
	for _, half := range []string{"kk dev", "ru dev", "kk held", "ru held"} {
		t.Log(half, scores[half], scores[half].curve())
	}
	for _, lang := range []string{"kk", "ru"} {
		dev, held := scores[lang+" dev"], scores[lang+" held"]
		both := tally{right: dev.right + held.right, wrong: dev.wrong + held.wrong, none: dev.none + held.none}
		if n := both.right + both.wrong + both.none; 100*both.right < 88*n || 100*both.wrong > 4*n {
			t.Errorf("%s: %s, want 88 right and at most 4 wrong", lang, &both)
		}
	}
}

func explainError(t *testing.T, outcome, name string, b *world.Body, found []world.Choice) {
	var s strings.Builder
	fmt.Fprintf(&s, "%s %q", outcome, name)
	if b != nil {
		fmt.Fprintf(&s, " = %s %s", b.Key, b.EN)
	}
	for i, c := range found {
		if i < 2 || c.Body == b {
			fmt.Fprintf(&s, "\n   %.2f %s %s (%s) %s", c.Score, c.Body.Key, c.Body.EN, c.Body.Country, strings.Join(c.Why, "; "))
		}
	}
	t.Log(s.String())
}

func BenchmarkLinker(b *testing.B) {
	t := Default()
	for b.Loop() {
		p, err := world.ReadParts(Builtin(), t.endings, t.nations())
		if err != nil {
			b.Fatal(err)
		}
		world.NewLinker(p, t.stock(), nil)
	}
}

func BenchmarkNearest(b *testing.B) {
	t := Default()
	words := t.linker().Parts("Ланкастер университетінің")
	ev := &world.Evidence{Countries: map[string]float64{"GB": 1}}
	b.ReportAllocs()
	for b.Loop() {
		t.linker().Nearest(words, ev, 3, false)
	}
}

func BenchmarkElements(b *testing.B) {
	t := Default()
	t.linker()
	forms := strings.Fields("ланкастер университетінің чжэцзянский сыртқы люблинскому педагогикалық қуандық гейдельбергский")
	i := 0
	for b.Loop() {
		t.linker().Elements(forms[i%len(forms)])
		i++
	}
}

// BenchmarkHeap tells what the table and its linker hold in memory.
func BenchmarkHeap(b *testing.B) {
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.GC()
		runtime.ReadMemStats(&before)
		t, err := Load(Builtin(), nil)
		if err != nil {
			b.Fatal(err)
		}
		k := t.linker()
		runtime.GC()
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB")
		runtime.KeepAlive(k)
	}
}

// BenchmarkReady is what a program pays until it can read the first name: the table and its signatures.
func BenchmarkReady(b *testing.B) {
	for b.Loop() {
		t, err := Load(Builtin(), nil)
		if err != nil {
			b.Fatal(err)
		}
		t.linker()
	}
}
