package russian_test

import (
	"slices"
	"strings"
	"testing"

	"kelisim/analysis/russian"
)

func TestFromLatin(t *testing.T) {
	for latin, want := range map[string]string{
		"soglashenie": "соглашение", "dogovor": "договор", "dogovora": "договора", "shkolnyy": "школьный", "uchebnik": "учебник", "memorandum": "меморандум",
		"universitet": "университет", "školʹnyj": "школьный", "učebnik": "учебник", "filial": "филиал", "sotrudnichestvo": "сотрудничество", "obuchenie": "обучение",
	} {
		if got := russian.FromLatin(latin); !slices.Contains(got, want) {
			t.Errorf("%s: %q, want %s", latin, got, want)
		}
	}
	for _, none := range []string{"to", "qwrtp", "", strings.Repeat("shch", 14), strings.Repeat("i", 60), "\xff\xff\xff\xff\xff"} {
		if got := russian.FromLatin(none); len(got) > 0 {
			t.Errorf("%s: %q, want nothing", none, got)
		}
	}
}

func BenchmarkFromLatin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		russian.FromLatin("mezhdunarodnoe")
	}
}
