package story_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/analysis/story"
	"kelisim/index"
	"kelisim/index/source"
)

// labelled is an article of testdata with the story that it tells.
type labelled struct {
	story, lang string
	text        index.Article
	index.Member
}

// labelledArticles reads a file of testdata.
func labelledArticles(t testing.TB, file string) (out []labelled) {
	t.Helper()
	f, err := os.Open("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	texts, err := story.ReadLabelled(f)
	if err != nil {
		t.Fatal(err)
	}
	table := names.Default()
	for i, x := range texts {
		a := index.Article{ID: fmt.Sprintf("%s %s %d", x.Story, x.Lang, i), Lang: x.Lang, Title: x.Title, Body: x.Body}
		if a.Published, err = index.ParseDate(x.Date); err != nil {
			t.Fatal(err)
		}
		out = append(out, labelled{x.Story, x.Lang, a, index.MemberOf(index.Read(a, table))})
	}
	return out
}

// Articles are put into stories as somebody labelled them. The aside files are only scored.
func TestLabelled(t *testing.T) {
	for file, floor := range map[string][2]float64{
		"learn.txt": {.8, .95}, "learn2.txt": {.95, .75}, "learn3.txt": {.9, .75},
		"aside.txt": {.85, .95}, "aside2.txt": {.95, .85}, "aside3.txt": {.95, .7},
	} {
		all := labelledArticles(t, file)
		for _, a := range all {
			all = append(all, copied(a))
		}
		var members []index.Member
		for _, a := range all {
			members = append(members, a.Member)
		}
		of := map[string]string{}
		for _, s := range index.Stories(nil, members, nil) {
			for _, m := range s.Members {
				of[m.Article] = s.ID
			}
		}
		type count struct{ right, wrong, all int }
		counts := map[string]*count{"copies": {}, "one language": {}, "two languages": {}, "all": {}}
		for i, a := range all {
			for _, b := range all[:i] {
				same, found := a.story == b.story, of[a.Article] == of[b.Article]
				kind := "two languages"
				switch isCopy := strings.HasPrefix(a.Article, b.Article) || strings.HasSuffix(a.Article, "copy") && strings.HasSuffix(b.Article, "copy"); {
				case strings.HasPrefix(a.Article, b.Article):
					kind = "copies"
				case isCopy || strings.HasSuffix(a.Article, "copy"):
					continue
				case a.lang == b.lang:
					kind = "one language"
				}
				for _, c := range []*count{counts[kind], counts["all"]} {
					switch {
					case same && found:
						c.right++
					case found:
						c.wrong++
					}
					if same {
						c.all++
					}
				}
				if same != found && strings.HasPrefix(file, "learn") {
					t.Logf("%s and %s: one story %v, %.2f", a.Article, b.Article, same, a.Sketch.Likeness(&b.Sketch))
				}
			}
		}
		for kind, c := range counts {
			p, r := float64(c.right)/float64(max(1, c.right+c.wrong)), float64(c.right)/float64(max(1, c.all))
			t.Logf("%s %s: %d pairs of one story, precision %.3f, recall %.3f", file, kind, c.all, p, r)
			if kind == "all" && (p < floor[0] || r < floor[1]) {
				t.Errorf("%s: precision %.3f, recall %.3f", file, p, r)
			}
		}
	}
}

// copied is an article as another outlet reprints it: with its own name in the first sentence, another headline, and a last sentence
// less or one more.
func copied(a labelled) labelled {
	art := a.text
	art.ID += " copy"
	says := map[string]string{"kk": ", деп хабарлайды біздің тілші", "ru": ", сообщает наш корреспондент", "en": ", our correspondent reports"}[a.lang]
	first, rest, _ := strings.Cut(art.Body, ".")
	art.Body = first + says + "." + rest
	if n := strings.LastIndex(strings.TrimSuffix(art.Body, "."), ". "); n > len(art.Body)/2 && len(art.Body)%2 == 0 {
		art.Body = art.Body[:n+1]
	} else {
		art.Body += "\n" + map[string]string{"kk": "Толығырақ сайтта оқыңыз.", "ru": "Подробности читайте на сайте.", "en": "Read more on the site."}[a.lang]
	}
	if w := strings.Fields(art.Title); len(w) > 3 {
		art.Title = strings.Join(w[1:], " ")
	}
	art.Published = index.Day(art.Published.First() + 1)
	return labelled{a.story, a.lang, art, index.MemberOf(index.Read(art, names.Default()))}
}

// News as it is published, long and full of names, is of one story with its reprint: what it shares never speaks against that.
func TestReprints(t *testing.T) {
	for _, set := range []string{"pages-dev", "unseen/pages", "unseen"} {
		files, err := filepath.Glob("../../index/eval/testdata/" + set + "/*.txt")
		if err != nil || len(files) == 0 {
			t.Fatal(files, err)
		}
		all, found, itself := 0, 0, 0
		for i := 0; i < len(files); i += 1 + len(files)/60 { // some sixty of each
			data, err := os.ReadFile(files[i])
			if err != nil {
				t.Fatal(err)
			}
			a, _, err := source.Seed(filepath.Base(files[i]), data)
			if err != nil || len(a.Body) < 500 || a.Published.IsZero() || strings.TrimSpace(a.Title) == "" {
				continue
			}
			one := labelled{text: a, Member: index.MemberOf(index.Read(a, names.Default()))}
			one.lang = string(one.Sketch.Lang)
			two := copied(one)
			if all++; index.Alike(&one.Sketch, &two.Sketch) {
				found++
			}
			if index.Alike(&one.Sketch, &one.Sketch) {
				itself++
			}
		}
		t.Logf("%s: of %d articles %d are alike their reprint, %d themselves", set, all, found, itself)
		if all < 20 || itself != all || float64(found) < .97*float64(all) {
			t.Errorf("%s: of %d articles %d are alike their reprint, %d themselves", set, all, found, itself)
		}
	}
}
