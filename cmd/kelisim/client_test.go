package main

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// Who measures asks again where the server has no room; a reader is told so at once.
func TestClientComesAgain(t *testing.T) {
	t.Parallel()
	asked := 0
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if asked++; asked%2 == 1 {
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = io.WriteString(w, "found")
	}))
	defer s.Close()
	body, err := (&client{base: s.URL, again: 1}).get(t.Context(), "/")
	if string(body) != "found" || err != nil {
		t.Errorf("with one try more: %q, %v", body, err)
	}
	if body, err := (&client{base: s.URL}).get(t.Context(), "/"); err == nil {
		t.Errorf("with none: %q", body)
	}
}
