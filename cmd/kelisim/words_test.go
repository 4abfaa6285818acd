package main_test

import (
	"strings"
	"testing"
)

// analyze --terms writes one line for each line that it reads, whatever it holds: tools pair the two files by number.
func TestTermsLineByLine(t *testing.T) {
	in := "келісімдерінің\n\nҚазақстан-Қытай\n—\n\xff\xfe\n1 453\r\nHub-тың\n" + strings.Repeat("ұзын", 100_000) + "\nсоңғы"
	code, out, errOut := kelisimWith(t, in, t.TempDir(), "analyze", "--lang", "kk", "--terms")
	if code != 0 {
		t.Fatalf("exit code %d, %s", code, errOut)
	}
	lines := strings.Split(strings.TrimSuffix(out, "\n"), "\n")
	if len(lines) != 9 {
		t.Fatalf("%d lines for 9", len(lines))
	}
	for i, want := range map[int]string{0: "келісім", 1: "", 3: "", 5: "1453", 6: "hub"} {
		if lines[i] != want {
			t.Errorf("line %d: %q, want %q", i+1, lines[i], want)
		}
	}
	if code, out, _ := kelisimWith(t, "", t.TempDir(), "analyze", "--terms"); code != 0 || out != "" {
		t.Errorf("nothing in: exit code %d, %q", code, out)
	}
}

func TestTermsOfThreeLanguages(t *testing.T) {
	for _, c := range []struct{ lang, words string }{
		{"kk", "келісім келісімге келісімдерінің"},
		{"ru", "договор договора договорами"},
		{"en", "agreement agreements"},
	} {
		_, out, _ := kelisimWith(t, strings.ReplaceAll(c.words, " ", "\n"), t.TempDir(), "analyze", "--lang", c.lang, "--terms")
		lines := strings.Fields(out)
		for _, l := range lines {
			if l != lines[0] {
				t.Errorf("%s: %q differ", c.words, lines)
			}
		}
	}
}

func TestAnalyzeShowsEachStep(t *testing.T) {
	out := must(t, t.TempDir(), "analyze", "--lang", "kk", "Келісімдеріне қол қойылды.")
	for _, want := range []string{"language kk", "sentence", "bytes 0–26", "form келісімдеріне", "келісім (", "terms  kk:келісім"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
}

// The language asked for decides, also where a word alone seems to be in the other.
func TestAnalyzeReadsAsAsked(t *testing.T) {
	for lang, want := range map[string]string{"kk": "terms  kk:", "ru": "terms  ru:"} {
		if out := must(t, t.TempDir(), "analyze", "--lang", lang, "договорлар"); !strings.Contains(out, want) {
			t.Errorf("%s: %s", lang, out)
		}
	}
}

func TestLexiconShow(t *testing.T) {
	out := must(t, t.TempDir(), "lexicon", "show", "қос", "дипломдар")
	for _, want := range []string{"қос диплом\n", "ru  0.", "двойной диплом  [ru:двойной ru:диплом]  terms"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if code, _, errOut := kelisim(t, t.TempDir(), "lexicon", "show", "ъъъ"); code != 1 || !strings.Contains(errOut, "ъъъ") {
		t.Errorf("an unknown word: exit code %d, %s", code, errOut)
	}
	if code, _, _ := kelisim(t, t.TempDir(), "lexicon", "words", "one"); code != 2 {
		t.Errorf("one folder: exit code %d", code)
	}
	if code, _, _ := kelisim(t, t.TempDir(), "lexicon", "measure", "xx=a", "ru=b"); code != 2 {
		t.Errorf("an unknown language: exit code %d", code)
	}
}
