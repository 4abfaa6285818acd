package web_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// The day of signing and the day of the article never stand one for the other.
func TestTwoDates(t *testing.T) {
	says(t, "/agreements?hl=ru&dated=stated", "Подписано: 30 авг. –\u2060 3 сент. 2025", "Сообщено: 2 сент. 2025")
	page := says(t, "/agreements?hl=en&country=EE", "Reported: 17 Nov 2025")
	if strings.Contains(page, "Signed:") {
		t.Error("an article's day passes for the day of signing")
	}
	says(t, "/article/003_ffa3ad55b486495d?hl=kk", "Мәтіндегі күні: 2001 ж.", "Хабарланған: 2025 ж. 13 қар.")
	says(t, "/agreements?hl=en", "By the date that the text states; else by the article’s")
	says(t, "/agreements?hl=ru&dated=stated", "Дата соглашения: названа в тексте")
	s := seedSite(t)
	stated := s.search(t, "/api/v1/agreements?dated=stated&size=100").Total
	reported := s.search(t, "/api/v1/agreements?dated=reported&size=100").Total
	if all := s.search(t, "/api/v1/agreements"); stated == 0 || reported == 0 || stated+reported != all.Total {
		t.Errorf("%d with a date stated, %d without, %d in all", stated, reported, all.Total)
	}
	var a struct {
		Hits []struct{ Date, Reported string }
	}
	if err := json.Unmarshal(s.get(t, "/api/v1/agreements?dated=stated&size=100").Body.Bytes(), &a); err != nil {
		t.Fatal(err)
	}
	for _, h := range a.Hits {
		if h.Date == "" || h.Reported == "" {
			t.Errorf("stated %q, reported %q", h.Date, h.Reported)
		}
	}
}

// Everywhere records stand it is said that a program found them, with how good it is.
func TestReadByAProgram(t *testing.T) {
	says(t, "/agreements?hl=ru", "программа нашла", "Возможны ошибки", `href="/about?hl=ru#measured"`, "Строка, исправляющая ошибку:", "wrong\t\tИМЯ\tПРИЧИНА")
	says(t, "/article/000_374bd11769898af7?hl=en", "Found by a program, checked by nobody", `href="/about?hl=en#measured"`)
	says(t, "/help?hl=kk", "бағдарлама табады")
	measured, err := os.ReadFile("measured.tsv")
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(measured), "\npairs\t")
	row, _, _ := strings.Cut(after, "\n")
	precision, recall, _ := strings.Cut(row, "\t")
	says(t, "/about?hl=en", "Pairs that agreed", precision+"%", recall+"%", "175 texts", "corrections.tsv")
	for _, hl := range []string{"kk", "ru", "en"} {
		for _, page := range []string{"/help?hl=" + hl, "/about?hl=" + hl} {
			got := says(t, page)
			for _, never := range []string{"доказыва", "подтвержда", "proves", "растайтын"} {
				if strings.Contains(got, never) {
					t.Errorf("%s says %q", page, never)
				}
			}
		}
	}
}
