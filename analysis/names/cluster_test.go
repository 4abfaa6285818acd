package names

import "testing"

// TestClusterKey: the spellings of a line are of one unknown body, and no two lines have one key.
func TestClusterKey(t *testing.T) {
	table := Default()
	seen := map[string]string{}
	for _, line := range [][]string{
		{"Ланкастерский университет", "Университет Ланкастер", "Lancaster University", "Ланкастер университетінің", "Ланкастерского университета"},
		{"Медицинский университет Зорбанд", "Зорбанд медицина университеті", "Zorband Medical University", "Зорбандским медицинским университетом"},
		{"Зорбанд университеті", "Zorband University"},
		{"С. Қалмырзаев атындағы қолөнер академиясы", "Серік Қалмырзаев атындағы қолөнер академиясының"},
		{"Университет Сан-Диего", "Сан-Диего университеті", "University of San Diego"},
	} {
		key := ""
		for _, name := range line {
			k := table.linker().Told(table.linker().Parts(name), "").Key("")
			if key == "" {
				key = k
			}
			if k != key {
				t.Errorf("%s: %q, want %q as %s", name, k, key, line[0])
			}
		}
		if o := seen[key]; o != "" {
			t.Errorf("%q is the key of %s and %s", key, o, line[0])
		}
		seen[key] = line[0]
		t.Log(key)
	}
	if a, b := table.linker().Told(table.linker().Parts("Медицина университеті"), "UZ").Key("UZ"), table.linker().Told(table.linker().Parts("Medical University"), "KG").Key("KG"); a == b {
		t.Errorf("%q for two countries", a)
	}
}
