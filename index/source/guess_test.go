package source_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// The places of Kazakh letters where windows-1251 has others.
var (
	kz1048  = map[rune]byte{'Қ': 0x8d, 'Һ': 0x8e, 'қ': 0x9d, 'һ': 0x9e, 'Ұ': 0xa1, 'ұ': 0xa2, 'Ә': 0xa3, 'Ө': 0xa5, 'Ғ': 0xaa, 'Ү': 0xaf, 'ө': 0xb4, 'ғ': 0xba, 'ә': 0xbc, 'Ң': 0xbd, 'ң': 0xbe, 'ү': 0xbf}
	ptcp154 = map[rune]byte{'Ғ': 0x81, 'ғ': 0x83, 'Ү': 0x87, 'ү': 0x89, 'Ң': 0x8c, 'Қ': 0x8d, 'Һ': 0x8e, 'ң': 0x9c, 'қ': 0x9d, 'һ': 0x9e, 'Ө': 0xa4, 'Ұ': 0xa6, 'Ә': 0xaa, 'ұ': 0xb1, 'ө': 0xb5, 'ә': 0xba}
)

// varied writes windows-1251 with other letters in some places.
func varied(t testing.TB, places map[rune]byte, s string) (out []byte) {
	t.Helper()
	for _, r := range s {
		if b, ok := places[r]; ok {
			out = append(out, b)
		} else {
			out = append(out, encoded(t, charmap.Windows1251, string(r))...)
		}
	}
	return out
}

// twofold are words that are as likely in another encoding.
var twofold = map[string]string{"KOI8-R вуз": "зек", "PTCP154 Ғылым": "Былым", "x-mac-cyrillic язык и литература": "Язык и литература"}

// One line, a few, many; Kazakh, Russian, both; in small letters, in capitals, a name in Latin letters: the words come out.
func TestEncodingIsGuessed(t *testing.T) {
	kk := strings.Split(strings.TrimSpace(kazakhLines), "\n")
	ru := strings.Split(strings.TrimSpace(russianLines), "\n")
	plain := func(e encoding.Encoding) func(testing.TB, string) []byte {
		return func(_ testing.TB, s string) []byte {
			out, err := e.NewEncoder().Bytes([]byte(s))
			if err != nil {
				return nil // KOI8-R has no quotation marks
			}
			return out
		}
	}
	as := func(places map[rune]byte) func(testing.TB, string) []byte {
		return func(t testing.TB, s string) []byte { return varied(t, places, s) }
	}
	for _, c := range []struct {
		name   string
		kazakh bool // has all letters of Kazakh
		write  func(testing.TB, string) []byte
	}{
		{"windows-1251", false, plain(charmap.Windows1251)},
		{"KZ-1048", true, as(kz1048)},
		{"PTCP154", true, as(ptcp154)},
		{"KOI8-R", false, plain(charmap.KOI8R)},
		{"IBM866", false, plain(charmap.CodePage866)},
		{"ISO-8859-5", false, plain(charmap.ISO8859_5)},
		{"x-mac-cyrillic", false, plain(charmap.MacintoshCyrillic)},
		{"UTF-16", true, plain(unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM))},
		{"UTF-16", true, plain(unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM))},
	} {
		texts := slices.Clone(ru)
		for _, n := range []int{2, 5, 20, 50} {
			texts = append(texts, strings.Join(many(ru, n), "\n"))
		}
		if c.kazakh {
			texts = append(texts, kk...)
			for _, n := range []int{2, 5, 20, 50} {
				texts = append(texts, strings.Join(many(kk, n), "\n"), strings.Join(many(append(slices.Clone(ru[:3]), kk...), n), "\n"))
			}
		}
		dir := t.TempDir()
		for _, text := range texts {
			forms := []string{text, strings.ToUpper(text), strings.ToLower(text)}
			if len(text) > 500 {
				forms = forms[:1]
			}
			for _, text := range forms {
				data := c.write(t, text)
				if data == nil {
					continue
				}
				o := readWith(t, dir, nil, write(t, dir, "a.txt", string(data)))
				got := ""
				if len(o.articles) > 0 {
					got = o.articles[0].Text()
				}
				want := text
				if other := twofold[c.name+" "+text]; other != "" {
					want = other
				}
				if strings.TrimSpace(got) != want {
					t.Errorf("%s: as %v: %.80q, not %.80q", c.name, o.files, got, want)
				} else if !o.files[0].Guessed {
					t.Errorf("%s: nobody says that it was guessed: %v", c.name, o.files)
				}
			}
		}
	}
}

func many(lines []string, n int) (out []string) {
	for i := range n {
		out = append(out, lines[i%len(lines)])
	}
	return out
}

const russianLines = `
Вуз
Ректор
Новости
Язык и литература
Я знаю, что ты придёшь
Форум прошёл в Ташкенте
В Астане открылся филиал
Ямал принял студентов из Ялты
«Дружба» и «Союз» – победители
Подписано соглашение о сотрудничестве
МГУ и КазНУ подпишут договор до конца года.
Студенты ТюмГУ едут в Erasmus+ по обмену
Университет «Туран» заключил меморандум с University of Leeds — на 5 лет.
Объём финансирования — 12 млн тенге, № 45-п от 3 мая.
Министр образования сообщил, что филиал откроется в сентябре; приём документов начнётся летом.
`

const kazakhLines = `
Ғылым
Әріптестік
Жаңалықтар
Оқу орны
Өңірлік форум
Үш жылға есептелген
Қазақ тілі мен әдебиеті
«Тұран» университеті – жеңімпаз
Ректорлар келісімге қол қойды
ҚазҰУ мен МГУ келісімшарт жасасты.
Студенттер Erasmus+ бағдарламасына қатысады
Қаһарман ұстаздар Leeds University қонағы болды — бес күн.
Білім министрі қыркүйекте филиал ашылатынын, құжат қабылдау жазда басталатынын айтты.
`
