package cluster

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kelisim/index"
)

//go:embed settings.json
var settingsText []byte

//go:embed mapping.json
var mappingText []byte

//go:embed dates.json
var datesText []byte

//go:embed words.json
var wordsText []byte

// The indices of a generation.
const (
	articles   = "articles"
	agreements = "agreements"
	words      = "words"
	states     = "state"
)

var kinds = []string{articles, agreements, words, states}

// generation is a whole index: the names of its indices end with its number.
type generation struct {
	prefix string
	number int
}

func (g generation) name(kind string) string {
	return fmt.Sprintf("%s-%s-%04d", g.prefix, kind, g.number)
}

func (g generation) names() (out []string) {
	for _, kind := range kinds {
		out = append(out, g.name(kind))
	}
	return out
}

// generationOf reads the number out of a name that name made.
func generationOf(prefix, name string) (generation, bool) {
	_, digits, ok := strings.Cut(strings.TrimPrefix(name, prefix+"-"), "-")
	n, err := strconv.Atoi(digits)
	return generation{prefix, n}, ok && err == nil
}

// mappings are those of the documents: each facet has a field.
func mappings() (object, error) {
	var m, dates object
	if err := errors.Join(json.Unmarshal(mappingText, &m), json.Unmarshal(datesText, &dates)); err != nil {
		return nil, fmt.Errorf("read the mapping: %w", err)
	}
	facets := object{}
	for _, f := range index.Facets() {
		facets[f.Name] = object{"type": "keyword"}
	}
	all := m["properties"].(object)
	for _, in := range []object{all, all["deal"].(object)["properties"].(object)} {
		in["facet"] = object{"properties": facets}
		in["dates"] = object{"properties": dates}
		in["reports"] = object{"properties": dates}
	}
	return m, nil
}

// make makes the indices of a generation. What a request that was sent again has made before is as good.
func (e *Engine) make(ctx context.Context, g generation, first state) error {
	documents, err := mappings()
	if err != nil {
		return err
	}
	for _, kind := range kinds {
		var settings object
		if err := json.Unmarshal(settingsText, &settings); err != nil {
			return fmt.Errorf("read the settings: %w", err)
		}
		settings["index.number_of_replicas"] = e.options.Replicas
		settings["index.number_of_shards"] = max(1, e.options.Shards)
		mapping := any(documents)
		switch kind {
		case words:
			mapping = json.RawMessage(wordsText)
			settings["index.number_of_shards"] = 1
		case states:
			mapping = object{"enabled": false}
			delete(settings, "index.number_of_replicas")
			maps.Copy(settings, everywhere())
		}
		if err := e.create(ctx, g.name(kind), object{"settings": settings, "mappings": mapping}); err != nil {
			return err
		}
	}
	first.Schema = e.schema
	return e.c.call(ctx, http.MethodPut, "/"+g.name(states)+"/_doc/"+stateID, first, nil)
}

// everywhere are the settings of an index with a copy on each node: whatever is left of a cluster has it.
func everywhere() object {
	return object{"index.number_of_shards": 1, "index.auto_expand_replicas": "0-all"}
}

// create makes an index. A cluster may be told to make none by itself (action.auto_create_index).
func (e *Engine) create(ctx context.Context, name string, body object) error {
	err := e.c.call(ctx, http.MethodPut, "/"+name+"?wait_for_active_shards=all&timeout=60s", body, nil)
	if s, ok := errors.AsType[*StatusError](err); ok && s.Type == "resource_already_exists_exception" {
		err = nil
	}
	if err != nil {
		return fmt.Errorf("make index %s: %w", name, err)
	}
	return nil
}

// point makes the aliases name a generation, all at once.
func (e *Engine) point(ctx context.Context, g generation) error {
	var actions []object
	for _, kind := range kinds {
		alias := g.prefix + "-" + kind
		actions = append(actions,
			object{"remove": object{"index": alias + "-*", "alias": alias, "must_exist": false}},
			object{"add": object{"index": g.name(kind), "alias": alias}})
	}
	if err := e.c.call(ctx, http.MethodPost, "/_aliases", object{"actions": actions}, nil); err != nil {
		return fmt.Errorf("name the serving index: %w", err)
	}
	return nil
}

// named makes the aliases name an index that is there and has lost them, as where somebody has deleted one by hand: the one that has reached
// most of the archive, by our schema if there is a choice, the newest of such. found is false where there is none.
func (e *Engine) named(ctx context.Context) (found bool, err error) {
	all, err := e.generations(ctx)
	if err != nil {
		return false, err
	}
	var best generation
	var rank []int
	for _, g := range all {
		s, _, err := e.readState(ctx, g.name(states))
		if statusOf(err) == http.StatusNotFound {
			continue // it was never whole
		}
		if err != nil {
			return false, err
		}
		ours := 0
		if s.Schema == e.schema {
			ours = 1
		}
		if r := []int{int(s.Seq), ours, g.number}; slices.Compare(r, rank) > 0 {
			best, rank = g, r
		}
	}
	if rank == nil {
		return false, nil
	}
	if e.options.Existing {
		return false, fmt.Errorf("index %s is in the cluster, and no alias %s-%s names it: a server that feeds sets it («kelisim serve» on the machine with the archive)",
			best.name(states), best.prefix, states)
	}
	return true, e.point(ctx, best)
}

// generations are those that there are, the serving one and others, ascending.
func (e *Engine) generations(ctx context.Context) (out []generation, err error) {
	var found map[string]json.RawMessage
	err = e.c.call(ctx, http.MethodGet, "/"+e.options.Prefix+"-*/_alias", nil, &found)
	if err != nil {
		return nil, fmt.Errorf("list indices: %w", err)
	}
	seen := map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(found)) {
		if g, ok := generationOf(e.options.Prefix, name); ok && !seen[g.number] && slices.Contains(g.names(), name) {
			seen[g.number] = true
			out = append(out, g)
		}
	}
	slices.SortFunc(out, func(a, b generation) int { return a.number - b.number })
	return out, nil
}

// remove removes the indices of a generation.
func (e *Engine) remove(ctx context.Context, g generation) error {
	for _, name := range g.names() {
		err := e.c.call(ctx, http.MethodDelete, "/"+name, nil, nil)
		if err != nil && statusOf(err) != http.StatusNotFound {
			return fmt.Errorf("remove index %s: %w", name, err)
		}
	}
	return nil
}
