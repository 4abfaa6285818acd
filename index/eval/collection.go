package eval

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"strconv"
	"strings"

	"kelisim/index"
)

// Collection is documents, topics and judgements: what is searched, what is asked, and what answers it.
type Collection struct {
	Articles []index.Article
	Topics   []Topic                   // those with an answer, in their order
	Grades   map[string]map[string]int // topic → document → grade, above 0 where it answers
}

// Topic is one thing that is asked.
type Topic struct {
	ID, Text string
	Type     string     // a name for topics of one kind, "" where they have none
	Params   url.Values // further parameters of the search address
}

// ReadCollection reads docs.jsonl, topics.tsv (or queries.jsonl, which has parameters too) and qrels.tsv of a folder. A
// document's text is its «body» or «text»; a judgement is «topic document grade», or in TREC's form with a column between.
func ReadCollection(dir fs.FS) (*Collection, error) {
	c := &Collection{Grades: map[string]map[string]int{}}
	if err := eachLine(dir, "docs.jsonl", c.document); err != nil {
		return nil, err
	}
	if err := eachLine(dir, "qrels.tsv", c.judgement); err != nil {
		return nil, err
	}
	err := eachLine(dir, "queries.jsonl", c.query)
	if errors.Is(err, fs.ErrNotExist) {
		err = eachLine(dir, "topics.tsv", c.topic)
	}
	return c, err
}

func eachLine(dir fs.FS, name string, do func(line []byte) error) error {
	f, err := dir.Open(name)
	if err != nil {
		return fmt.Errorf("read collection: %w", err)
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 64<<20)
	for n := 1; in.Scan(); n++ {
		if line := bytes.TrimSpace(in.Bytes()); len(line) > 0 {
			if err := do(line); err != nil {
				return fmt.Errorf("read collection: %s:%d: %w", name, n, err)
			}
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("read collection: %s: %w", name, err)
	}
	return nil
}

func (c *Collection) document(line []byte) error {
	var d struct{ ID, URL, Outlet, Lang, Title, Body, Text, Published string }
	if err := json.Unmarshal(line, &d); err != nil {
		return err
	}
	if d.ID == "" {
		return errors.New("a document without id")
	}
	day, err := index.ParseDate(d.Published)
	if err != nil {
		return err
	}
	if d.Body == "" {
		d.Body = d.Text
	}
	c.Articles = append(c.Articles, index.Article{
		ID: d.ID, URL: d.URL, Outlet: d.Outlet, Lang: d.Lang, Title: d.Title, Body: d.Body, Published: day, Path: "docs.jsonl#" + d.ID,
	})
	return nil
}

func (c *Collection) judgement(line []byte) error {
	f := strings.Fields(string(line))
	if len(f) == 4 {
		f = append(f[:1], f[2:]...)
	}
	if len(f) != 3 {
		return fmt.Errorf("%d columns, not 3 or 4", len(f))
	}
	grade, err := strconv.Atoi(f[2])
	if err != nil {
		return err
	}
	if grade <= 0 {
		return nil
	}
	if c.Grades[f[0]] == nil {
		c.Grades[f[0]] = map[string]int{}
	}
	c.Grades[f[0]][f[1]] = grade
	return nil
}

func (c *Collection) topic(line []byte) error {
	id, text, ok := strings.Cut(string(line), "\t")
	if !ok {
		return errors.New("no tab behind the topic's id")
	}
	c.add(Topic{ID: id, Text: text})
	return nil
}

func (c *Collection) query(line []byte) error {
	var q struct {
		ID     string `json:"qid"`
		Type   string
		Query  string
		Params map[string]any
	}
	if err := json.Unmarshal(line, &q); err != nil {
		return err
	}
	t := Topic{ID: q.ID, Text: q.Query, Type: q.Type, Params: url.Values{}}
	for name, v := range q.Params {
		values, ok := v.([]any)
		if !ok {
			values = []any{v}
		}
		for _, v := range values {
			t.Params.Add(name, fmt.Sprint(v))
		}
	}
	c.add(t)
	return nil
}

func (c *Collection) add(t Topic) {
	if len(c.Grades[t.ID]) > 0 {
		c.Topics = append(c.Topics, t)
	}
}
