package analysis_test

import (
	"slices"
	"testing"

	"kelisim/analysis"
	"kelisim/index/enginetest"
)

// What a page reads of a paragraph stands where a reading of the whole text has it, whatever its letters and its dateline.
func TestFill(t *testing.T) {
	texts := []string{
		"Ректор\nАЛМАТЫ, 3 ноября — Tengrinews. Ректор КазНУ подписал меморандум. Estonian Academy of Arts және TalTech ректорлары келді.",
		"Title\nАСТАНА. 12 қараша. ҚазАқпарат – Министрлік хабарлады. Екінші сөйлем.\nNazarbayev University's rektory ken' kelisimge qol qoidy, dep habarlaidy. Tu's kórdi.",
		"Kelisim\nAqtóbe ýnıversıteti men To'le bi a'kimdigi kelisim jasady. Bul — ekinshi so'ilem.\nУсть-Каменогорск - город. Л.Н. Гумилев атындағы ЕҰУ.",
		"«Тіл»\nASEM – Еуропа мен Азия. Бірінші info@kaznu.kz, https://kaznu.kz/x?a=1. 2025 ж. 17 қараша.",
	}
	for i := range 60 {
		a := enginetest.Article(1, i)
		texts = append(texts, a.Title+"\n"+a.Body)
	}
	for _, text := range texts {
		want := analysis.Read(text, "")
		got := analysis.Outline(text)
		var all []int
		for n := range got.Paragraphs {
			all = append(all, n)
		}
		got.Fill("", all...)
		if len(got.Paragraphs) != len(want.Paragraphs) {
			t.Fatalf("%q: %d paragraphs, want %d", text, len(got.Paragraphs), len(want.Paragraphs))
		}
		for n := range got.Paragraphs {
			g, w := &got.Paragraphs[n], &want.Paragraphs[n]
			if !slices.Equal(g.Sentences, w.Sentences) {
				t.Errorf("%q: sentences %v, want %v", text[w.Start:w.End], g.Sentences, w.Sentences)
			}
			if !slices.EqualFunc(got.Tokens[g.First:g.Last], want.Tokens[w.First:w.Last], func(a, b analysis.Token) bool {
				return a.Start == b.Start && a.End == b.End && a.SuffixEnd == b.SuffixEnd
			}) {
				t.Errorf("%q: its tokens stand elsewhere", text[w.Start:w.End])
			}
		}
	}
}
