package main_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// What is little about education is archived and not found, as its source asks; with --all, from a file, or of another source it is.
func TestRelevance(t *testing.T) {
	var said atomic.Value
	said.Store("елу")
	host, data, inbox := newsroom(t, &said), t.TempDir(), t.TempDir()
	config := "[fetch]\nallow = [%[1]q]\nallow_links = [%[1]q]\ndelay = \"1ms\"\n[[source]]\nname = \"news\"\nkind = \"feed\"\naddress = \"http://%[1]s/rss\"\nrelevance = %[2]s\n" +
		"[[source]]\nname = \"inbox\"\nkind = \"folder\"\naddress = %[3]q\nrelevance = 0.5\n"
	writeConfig(t, data, fmt.Sprintf(config, host, "0.3", inbox))
	write := func(folder, name, title, body string) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(" date 2025-11-01 "+title+"\n"+body), 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write(inbox, "sport.txt", "Қайрат кубокты жеңіп алды", "Футбол командасы финалда екі гол соқты. Бапкер ойыншыларға риза.")
	write(inbox, "school.txt", "Мектеп оқушылары олимпиадада жеңді", "Оқушылар халықаралық олимпиадада алтын алды. Мұғалімдер қуанышты.")
	must(t, data, "fetch")
	finds := func(word, title string, want bool, args ...string) {
		t.Helper()
		if got := strings.Contains(must(t, data, append([]string{"search", word}, args...)...), title); got != want {
			t.Errorf("search %s %v finds %s: %v", word, args, title, got)
		}
	}
	finds("олимпиада", "Мектеп", true)
	finds("меморандум", "Бірінші", true)
	finds("кубок", "Қайрат", false)
	if out := must(t, data, "show", "sport"); !strings.Contains(out, "left out of the index") || !strings.Contains(out, "|sport -") {
		t.Errorf("show: %s", out)
	}
	must(t, data, "verify")
	finds("кубок", "Қайрат", true, "--all")
	finds("кубок", "Қайрат", false)

	// It becomes relevant, then a source asks for more than anything is.
	write(inbox, "sport.txt", "Қайрат мектеп ашты", "Мектепте мұғалімдер оқушыларға сабақ береді, кубок сыныпта тұр.")
	must(t, data, "fetch", "inbox")
	finds("кубок", "Қайрат", true)
	writeConfig(t, data, fmt.Sprintf(config, host, "1.0", inbox))
	finds("меморандум", "Бірінші", false)
	finds("меморандум", "Бірінші", true, "--all")

	// What a person reads from a file is indexed whatever it is about.
	must(t, data, "index", write(t.TempDir(), "flood.txt", "Су тасқыны", "Құтқарушылар бөгетті бекітті, үш ауыл көшірілді."))
	finds("бөгет", "Су тасқыны", true)
	must(t, data, "verify")
}
