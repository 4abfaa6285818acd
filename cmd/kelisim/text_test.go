package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What is packed in the archive is printed as it was stated, each of its states, and goes in again unchanged.
func TestShow(t *testing.T) {
	data, file := t.TempDir(), filepath.Join(t.TempDir(), "a.jsonl")
	long := strings.Repeat("Университет Льеж университетімен келісімге қол қойды. ", 20)
	for _, end := range []string{"Бірінші.", "Екінші."} {
		line := `{"id":"a","title":"Келісім","published":"2025-11-03","body":"` + long + end + `"}` + "\n"
		if err := os.WriteFile(file, []byte(line), 0o644); err != nil {
			t.Fatal(err)
		}
		if code, said := command(data, "index", file); code != 0 {
			t.Fatal(said)
		}
	}
	if _, out := command(data, "show", "a"); !strings.Contains(out, "date    2025-11-03\n") || !strings.Contains(out, "\nКелісім\n\n"+long+"Екінші.\n") {
		t.Errorf("show says\n%s", out)
	}
	if _, out := command(data, "show", "--version", "1", "a"); !strings.Contains(out, "Бірінші.") {
		t.Errorf("version 1 is\n%s", out)
	}
	if code, out := command(data, "show", "b"); code != 1 || !strings.Contains(out, "b is not in the archive") {
		t.Errorf("an unknown id: %d\n%s", code, out)
	}
	_, out := command(data, "show", "--json", "a")
	if err := os.WriteFile(file, []byte(out), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, said := command(data, "index", file); !strings.Contains(said, "unchanged 1") {
		t.Errorf("what is printed goes in as\n%s", said)
	}
}
