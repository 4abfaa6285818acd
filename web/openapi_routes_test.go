package web

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"testing"

	"github.com/gorilla/mux"
)

// Every route is documented, and every documented path is a route.
func TestRoutesAreDocumented(t *testing.T) {
	var doc struct{ Paths map[string]any }
	if err := json.Unmarshal(document, &doc); err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(`:[^}]*}`)
	var routes []string
	err := (&server{}).router().Walk(func(r *mux.Route, _ *mux.Router, _ []*mux.Route) error {
		path, err := r.GetPathTemplate()
		routes = append(routes, pattern.ReplaceAllString(path, "}"))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	slices.Sort(routes)
	if documented := slices.Sorted(maps.Keys(doc.Paths)); !slices.Equal(routes, documented) {
		t.Errorf("routes %q\ndocumented %q", routes, documented)
	}
}
