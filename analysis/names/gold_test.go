package names

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/names/world"
)

const goldDir = "../../index/eval/testdata"

// goldDocument is a document as */*.gold.json tell it.
type goldDocument struct {
	ID           string
	Countries    []string
	Home         bool
	Institutions []struct {
		Name, Key, ROR, Country string
		KeyAlso                 []string `json:"key_also"`
		Surfaces                []string
	}
}

func readGold(t testing.TB) []goldDocument {
	var out []goldDocument
	for _, part := range []string{"items-dev", "articles-dev", "articles2-dev"} {
		files, _ := filepath.Glob(filepath.Join(goldDir, part, "*.gold.json"))
		for _, f := range files {
			data, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			var docs []goldDocument
			if err := json.Unmarshal(data, &docs); err != nil {
				t.Fatalf("%s: %v", f, err)
			}
			out = append(out, docs...)
		}
	}
	if len(out) == 0 {
		t.Fatal("no gold in " + goldDir)
	}
	return out
}

// TestGoldSurfaces asks for the names that the annotated articles have for known and unknown bodies, with the article's
// countries as evidence. Abbreviations are the recogniser's: a surface has to have two words. The annotators knew only
// institutions.tsv: a body that they hold for unknown is right where its full name in English means the same.
func TestGoldSurfaces(t *testing.T) {
	table := Default()
	known, unknown := map[string]*tally{"dev": {}, "held": {}}, map[string]*tally{"dev": {}, "held": {}}
	for _, doc := range readGold(t) {
		half := "held"
		if last := doc.ID[len(doc.ID)-1]; (last-'0')%2 == 0 {
			half = "dev"
		}
		ev := &world.Evidence{Countries: map[string]float64{}}
		for _, c := range doc.Countries {
			ev.Countries[c] = 1
		}
		if doc.Home {
			ev.Countries["KZ"] = 1
		}
		for _, i := range doc.Institutions {
			for _, surface := range i.Surfaces {
				words := table.linker().Parts(surface)
				if len(words) < 2 {
					continue
				}
				found := table.linker().Nearest(words, ev, 5, true)
				if i.Key == "" && i.ROR == "" {
					english := table.linker().Nearest(table.linker().Parts(i.Name), ev, 1, false) // what its full name means
					same := func(b *world.Body) bool {
						return len(english) > 0 && english[0].Score >= world.LinkThreshold && english[0].Body == b
					}
					if o := unknown[half].add(found, same); o == "WRONG" && half == "dev" && *showErrors {
						explainError(t, "unknown", surface+" = "+i.Name+" "+i.Country, nil, found)
					}
					continue
				}
				right := func(b *world.Body) bool {
					return b.Key == i.Key || i.ROR != "" && b.ROR == strings.TrimPrefix(i.ROR, "ror:") || slices.Contains(i.KeyAlso, b.Key)
				}
				if o := known[half].add(found, right); o != "" && half == "dev" && *showErrors {
					b := table.body[i.Key]
					if b == nil {
						b = table.body["ror:"+strings.TrimPrefix(i.ROR, "ror:")]
					}
					explainError(t, o, surface, b, found)
				}
			}
		}
	}
	for _, half := range []string{"dev", "held"} {
		t.Log(half, "known:", known[half], known[half].curve(), "unknown:", unknown[half])
		if k := known[half]; 100*k.right < 92*(k.right+k.wrong+k.none) || 100*k.wrong > 2*(k.right+k.wrong+k.none) {
			t.Errorf("%s: %s, want 92 right and at most 2 wrong", half, k)
		}
	}
}

// TestGoldClusters asks whether the spellings of one unknown body get one key: those with two words or more that link to
// no body.
func TestGoldClusters(t *testing.T) {
	table := Default()
	one, pairs := map[string]int{}, map[string]int{}
	for _, doc := range readGold(t) {
		half := "held"
		if last := doc.ID[len(doc.ID)-1]; (last-'0')%2 == 0 {
			half = "dev"
		}
		for _, i := range doc.Institutions {
			if i.Key != "" || i.ROR != "" {
				continue
			}
			first, name := "", ""
			for _, surface := range append([]string{i.Name}, i.Surfaces...) {
				words := table.linker().Parts(surface)
				if found := table.linker().Nearest(words, nil, 1, false); len(words) < 2 || len(found) > 0 && found[0].Score >= world.LinkThreshold {
					continue
				}
				key := table.linker().Told(words, i.Country).Key(i.Country)
				if first == "" {
					first, name = key, surface
					continue
				}
				pairs[half]++
				if key == first {
					one[half]++
				} else if half == "dev" && *showErrors {
					t.Logf("%q %s, %q %s", name, first, surface, key)
				}
			}
		}
	}
	for _, half := range []string{"dev", "held"} {
		t.Logf("%s: %d of %d spellings have the key of the first", half, one[half], pairs[half])
	}
}
