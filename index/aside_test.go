package index_test

import (
	"strings"
	"testing"

	"kelisim/analysis/names"
	"kelisim/index"
)

func TestAsides(t *testing.T) {
	text := strings.Join([]string{
		"Напомним, это заголовок",
		"ҚазҰУ мен Тарту университеті келісімге қол қойды.",
		"Айта кетейік, былтыр да құжат жасалған.",
		"Айтакетейік деген сөз бұл емес.",
		"Фото: ҚазҰУ баспасөз қызметі",
		"— Читайте также: Стэнфорд и Назарбаев Университет подписали соглашение",
		"Сондай-ақ оқыңыз:",
		"Сеул университеті келісім жасады",
		"Еуразия университеті келісім жасады",
		"Бұл абзац сөйлем.",
		"Тағы бір абзац",
	}, "\n")
	var got []string
	for _, a := range index.Asides(text) {
		first, _, _ := strings.Cut(text[a.Start:a.End], " ")
		got = append(got, a.Kind+" "+first)
	}
	if want := "recall Айта, caption Фото:, more —, more Сондай-ақ, more Сеул, more Еуразия"; strings.Join(got, ", ") != want {
		t.Errorf("got %s\nwant %s", strings.Join(got, ", "), want)
	}
}

// A headline of another article is no evidence here.
func TestReadLeavesOtherArticlesOut(t *testing.T) {
	told := "Назарбаев Университеті мен Тарту университеті ынтымақтастық туралы меморандумға қол қойды."
	linked := "Сондай-ақ оқыңыз: " + told
	table := names.Default()
	if r := index.Read(index.Article{ID: "a", Title: "Жаңалық", Body: told}, table); len(r.Agreements) == 0 {
		t.Fatal("the sentence tells no agreement, so the test says nothing")
	}
	if r := index.Read(index.Article{ID: "a", Title: "Жаңалық", Body: "Ғимарат салынды.\n" + linked}, table); len(r.Agreements) > 0 {
		t.Errorf("%+v", r.Agreements)
	}
}
