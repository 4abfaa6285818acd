package agreements

import (
	"embed"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kelisim/analysis/agreements/numbers"
	"kelisim/analysis/agreements/words"
)

//go:embed data/*.txt data/weights.tsv
var data embed.FS

// lists are the words that sides and events are read by.
type lists struct {
	verbs, status, tails, kinds, documents, sides, marks, talk words.List
	before, after                                              map[string]words.List // roles by language
	moodStatus                                                 map[[2]string]string
	governs                                                    map[string]int // which of two statuses is told, in Russian and English
	heads                                                      []string       // beginnings of words that say only what kind of body a name means
	latin                                                      *words.Latin
}

var vocabulary = sync.OnceValue(func() *lists {
	read := func(names ...string) words.List { return words.Must(words.Read(data, names...)) }
	w := &lists{
		verbs:  words.Must(words.ReadStems(data, func(ending string) bool { return mood(ending) != "" }, "verbs.kk.txt")),
		status: read("status.kk.txt", "status.ru.txt", "status.en.txt"), tails: read("tails.kk.txt"),
		kinds: read("kinds.txt"), documents: read("documents.txt"), sides: read("sides.txt"), marks: read("marks.txt"), talk: read("talk.txt"),
		before: map[string]words.List{}, after: map[string]words.List{}, moodStatus: map[[2]string]string{}, governs: map[string]int{},
	}
	for _, r := range words.Must(words.Rows(data, "governs.txt")) {
		w.governs[r[0]] = words.Must(strconv.Atoi(r[1]))
	}
	for _, r := range words.Must(words.Rows(data, "heads.txt")) {
		w.heads = append(w.heads, r[0])
	}
	for _, r := range words.Must(words.Rows(data, "moodstatus.kk.txt")) {
		w.moodStatus[[2]string{r[0], r[1]}] = r[2]
	}
	for _, r := range words.Must(words.Rows(data, "roles.txt")) {
		place := w.before
		if r[1] == "after" {
			place = w.after
		}
		if place[r[0]] == nil {
			place[r[0]] = words.List{}
		}
		words.Must(0, place[r[0]].Add(r[2], r[3:], nil))
	}
	w.latin = words.NewLatin(slices.Concat(numbers.Words(), words.Months()), w.verbs, w.status, w.tails, w.kinds, w.documents, w.sides, w.marks, w.after["kk"])
	return w
})

var moods = sync.OnceValue(func() (m struct {
	exact map[string]string
	open  [][2]string
}) {
	m.exact = map[string]string{}
	for _, r := range words.Must(words.Rows(data, "moods.kk.txt")) {
		if e, ok := strings.CutSuffix(r[0], "*"); ok {
			m.open = append(m.open, [2]string{e, r[1]})
		} else {
			m.exact[r[0]] = r[1]
		}
	}
	return m
})

// mood names what a Kazakh verb's ending says, "" for what is no ending of a verb.
func mood(ending string) string {
	m := moods()
	if k, ok := m.exact[ending]; ok {
		return k
	}
	for _, o := range m.open {
		if strings.HasPrefix(ending, o[0]) {
			return o[1]
		}
	}
	return ""
}
