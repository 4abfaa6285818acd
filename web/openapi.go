package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"

	"kelisim/index"
)

// document is «/openapi.json»: openapi.json with what would be said there again and again, or twice, put in. There
//
//   - "x-parameters", "x-headers" name components, «selection» all that chooses documents;
//   - "x-problems" and "x-errors" name the statuses that answer with problem details, or with a page;
//   - "$facets", "$kind" and other words with such a sign stand for the values that there are;
//   - an object has all its properties but those of "x-optional", and no others.
//
// A facet and its values so are documented by being there.
var document = makeDocument()

func makeDocument() []byte {
	data, err := files.ReadFile("openapi.json")
	if err != nil {
		panic(err)
	}
	var doc map[string]any
	if err := json.Unmarshal(data, &doc); err != nil {
		panic("openapi.json: " + err.Error())
	}
	at := func(names ...string) map[string]any {
		m := doc
		for _, n := range names {
			m = m[n].(map[string]any)
		}
		return m
	}
	m := maker{answers: map[string]any{}}
	for status, r := range at("components", "responses") {
		if len(status) == len("400") {
			m.answers[status] = r
			delete(at("components", "responses"), status)
		}
	}
	for _, f := range index.Facets() {
		at("components", "parameters")[f.Name] = facetParameter(f)
	}
	out, err := json.MarshalIndent(m.fill(doc), "", " ")
	if err != nil {
		panic(err)
	}
	return append(out, '\n')
}

// facetParameter documents a facet.
func facetParameter(f index.Facet) map[string]any {
	w := allWords["en"]
	item := map[string]any{"type": "string"}
	if f.Labels == index.ByMessage {
		var values []string
		for _, v := range w.values(f.Name) {
			values = append(values, v, "-"+v)
		}
		item["enum"] = values
	}
	return map[string]any{
		"name": f.Name, "in": "query", "style": "form", "explode": true, "schema": map[string]any{"type": "array", "items": item},
		"description": w.text("facet."+f.Name) + ". Several: any of them; with a leading minus: none of those",
	}
}

// there are the values that words of openapi.json stand for.
var there = map[string]func() []string{
	"$facets": facetNames, "$axes": axisNames, "$splits": splitNames,
	"$views": func() []string { return viewNames }, "$periods": func() []string { return periodNames },
	"$kind": func() []string { return allWords["en"].values("kind") }, "$status": func() []string { return allWords["en"].values("status") },
}

type maker struct{ answers map[string]any }

// fill makes a part of the document whole.
func (m *maker) fill(v any) any {
	switch v := v.(type) {
	case []any:
		var out []any
		for _, x := range v {
			name, _ := x.(string)
			values, ok := there[name]
			if !ok {
				out = append(out, m.fill(x))
				continue
			}
			for _, value := range values() {
				out = append(out, value)
			}
		}
		return out
	case map[string]any:
		m.expand(v)
		for k, x := range v {
			v[k] = m.fill(x)
		}
		return v
	}
	return v
}

func (m *maker) expand(v map[string]any) {
	list := func(key string) []string {
		s, _ := v[key].(string)
		delete(v, key)
		return strings.Fields(s)
	}
	ref := func(kind, name string) map[string]any {
		return map[string]any{"$ref": "#/components/" + kind + "/" + name}
	}
	for _, name := range list("x-parameters") {
		all := []string{name}
		if name == "selection" {
			all = append(facetNames(), "from", "to", "date", "day", "min_confidence")
		}
		for _, p := range all {
			have, _ := v["parameters"].([]any)
			v["parameters"] = append(have, ref("parameters", p))
		}
	}
	for _, name := range list("x-headers") {
		headers, ok := v["headers"].(map[string]any)
		if !ok {
			headers = map[string]any{}
			v["headers"] = headers
		}
		headers[name] = ref("headers", name)
	}
	answer := func(status string, content map[string]any) {
		r := maps.Clone(m.answers[status].(map[string]any))
		r["content"] = content
		v["responses"].(map[string]any)[status] = r
	}
	for _, status := range list("x-problems") {
		answer(status, map[string]any{"application/problem+json": map[string]any{"schema": ref("schemas", "Problem")}})
	}
	for _, status := range list("x-errors") {
		answer(status, map[string]any{"text/html": map[string]any{"schema": map[string]any{"type": "string"}}})
	}
	optional := list("x-optional")
	if properties, ok := v["properties"].(map[string]any); ok && v["type"] == "object" {
		required := slices.DeleteFunc(slices.Sorted(maps.Keys(properties)), func(name string) bool { return slices.Contains(optional, name) })
		v["required"], v["additionalProperties"] = required, false
	}
}

func (s *server) openAPI(w http.ResponseWriter, r *http.Request) {
	s.send(w, r, 0, "application/json; charset=utf-8", document)
}
