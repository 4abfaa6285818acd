package world

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"kelisim/analysis/names/forms"
)

// concepts knows the words of concepts.tsv.
type concepts struct {
	list    []concept
	branch  int32                // the head «branch»
	begin   map[string][]reading // beginnings of words
	whole   map[string][]reading // words; Russian ones by what their forms have in common, with «~» before
	endings *forms.Endings
	long    int // bytes of the longest beginning
}

// mostHeads is as many as a name's set of heads has bits for.
const mostHeads = 32

// concept is a line of concepts.tsv.
type concept struct {
	name   string
	kind   elementKind
	office bool // a head that names no place of learning
	near   []int32
	label  string // in the working name of an unknown body
}

// reading is a word's concepts: two of «агротехнический».
type reading []int32

func readConcepts(fsys fs.FS, e *forms.Endings) (*concepts, error) {
	c := &concepts{endings: e, begin: map[string][]reading{}, whole: map[string][]reading{}}
	kinds := map[string]elementKind{"head": headElement, "office": headElement, "status": StatusElement, "field": FieldElement, "plain": plainElement}
	number, near := map[string]int32{}, map[string]string{}
	var lines []map[string]string
	err := forms.ReadTSV(fsys, "concepts.tsv", func(line int, f map[string]string) error {
		kind, ok := kinds[f["kind"]]
		if !ok {
			return fmt.Errorf("unknown kind %q", f["kind"])
		}
		lines = append(lines, f)
		if name := f["concept"]; !strings.Contains(name, "+") {
			number[name] = int32(len(c.list))
			if kind == headElement && len(c.list) >= mostHeads {
				return fmt.Errorf("%s is the %dth line, heads stand first", name, len(c.list)+1)
			}
			if name == "branch" {
				c.branch = number[name]
			}
			near[name] = f["near"]
			c.list = append(c.list, concept{name: name, kind: kind, office: f["kind"] == "office", label: cmp.Or(f["label"], forms.UpperOne(name))})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for i := range c.list {
		for _, n := range strings.Fields(near[c.list[i].name]) {
			k, ok := number[n]
			if !ok {
				return nil, fmt.Errorf("concepts.tsv: %s is near the unknown %q", c.list[i].name, n)
			}
			c.list[i].near = append(c.list[i].near, k)
		}
	}
	for _, f := range lines {
		var r reading
		for _, name := range strings.Split(f["concept"], "+") {
			k, ok := number[name]
			if !ok {
				return nil, fmt.Errorf("concepts.tsv: unknown concept %q", name)
			}
			r = append(r, k)
		}
		for _, col := range []string{"kk", "ru", "en", "other"} {
			for _, w := range strings.Fields(f[col]) {
				begin, ok := strings.CutSuffix(w, "*")
				c.add(forms.WordForm(begin), r, ok, col == "ru")
				if ok && col == "kk" {
					for hard, soft := range map[string]string{"к": "г", "қ": "ғ", "п": "б"} {
						if b, cut := strings.CutSuffix(begin, hard); cut {
							c.add(forms.WordForm(b+soft), r, true, false) // қауіпсіздік: қауіпсіздігі
						}
					}
				}
			}
		}
	}
	return c, nil
}

func (c *concepts) add(word string, r reading, begin, russian bool) {
	if begin {
		c.begin[word] = append(c.begin[word], r)
		c.long = max(c.long, len(word))
		return
	}
	c.whole[word] = append(c.whole[word], r)
	if russian && len(word) > 6 {
		k := "~" + c.endings.Russian(word)
		c.whole[k] = append(c.whole[k], r)
	}
}

// of gives what a folded word may mean, nil where it is no word of concepts.tsv: the word itself, two in one («мединститут»), else the
// longest beginning or base of it. sure is false where only an ending makes it one: «Гази» may be more than a form of «газ». begins is
// the bytes of the beginning where it is no more than that.
func (c *concepts) of(form string) (r []reading, sure bool, begins int) {
	if r := c.whole[form]; r != nil {
		return r, true, 0
	}
	r, longest := c.beginning(form)
	sure, begins = r != nil, longest
	if !forms.Cyrillic(form) {
		return r, sure, begins
	}
	if two := c.compound(form); two != nil {
		return two, true, 0
	}
	if stem := c.endings.Russian(form); len(stem) > longest {
		if b := c.whole["~"+stem]; b != nil {
			r, sure, longest, begins = b, false, len(stem), 0
		}
	}
	for _, k := range c.endings.Kazakh(form)[1:] {
		if len(k.Base) > 4 && len(k.Base) > longest {
			if b := c.whole[k.Base]; b != nil {
				return b, false, 0
			}
		}
	}
	return r, sure, begins
}

// beginning gives the longest beginning of a word that is in the table, and its bytes.
func (c *concepts) beginning(form string) ([]reading, int) {
	for n := min(len(form), c.long); n > 1; n-- {
		if b := c.begin[form[:n]]; b != nil {
			return b, n
		}
	}
	return nil, 0
}

// compound reads a word that ends in a head: «госуниверситет», «сельхозакадемия».
func (c *concepts) compound(form string) []reading {
	const least = 2 * 2 // bytes before the head
	for n := least; n+2*least < len(form); n += 2 {
		heads, _ := c.beginning(form[n:])
		if heads == nil || c.list[heads[0][0]].kind != headElement {
			continue
		}
		first := c.whole[form[:n]]
		if first == nil {
			first, _ = c.beginning(form[:n])
		}
		if first == nil || c.list[first[0][0]].kind == headElement {
			return nil
		}
		return []reading{append(slices.Clone(first[0]), heads[0]...)}
	}
	return nil
}

// without gives a name without the words that only state a concept.
func (c *concepts) without(name, concept string) string {
	words := strings.Fields(name)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool {
		r, _, _ := c.of(forms.WordForm(w))
		return len(r) > 0 && c.list[r[0][0]].name == concept
	}), " ")
}
