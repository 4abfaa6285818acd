package names_test

import (
	"testing"

	"kelisim/analysis"
	"kelisim/analysis/names"
)

// TestKindBeside: a body's name with a head of its own kind beside it is that body and no second one.
func TestKindBeside(t *testing.T) {
	table := names.Default()
	for _, c := range []struct{ key, text string }{
		{"th-asem-lifelong-learning-hub", "Сонымен қатар ASEM LLL Hub желісінің кеңеюі жарияланды."},
		{"th-asem-lifelong-learning-hub", "Оқытушылар ASEM LLL Hub желісіне қосылды."},
		{"th-asem-lifelong-learning-hub", "Университет вступил в сеть ASEM LLL Hub осенью."},
		{"th-asem-lifelong-learning-hub", "The university joined the ASEM LLL Hub network in May."},
		{"ror:00cmhce21", "Зертхананы Huawei Technologies компаниясы жабдықтады."},
		{"ror:00cmhce21", "Зал оборудовала компания Huawei Technologies из Шэньчжэня."},
		{"ror:0560q5470", "Стажировка пройдет в корпорации «Росатом»."},
		{"ror:01pk2ck74", "КИМЭП университетімен келісім жасалды."},
		{"ror:01pk2ck74", "Договор подписан с университетом КИМЭП."},
		{"ror:01pk2ck74", "The agreement with KIMEP University was signed."},
		{"ror:01q3tbs38", "Профессор KAUST университетінен келді."},
		{"ror:01q3tbs38", "Профессор приехал из университета KAUST."},
	} {
		told := 0
		for _, m := range table.Recognize(analysis.Read(c.text, "")) {
			if m.Kind == names.Institution {
				if told++; m.Key != c.key {
					t.Errorf("%q: %s is %s, want %s", c.text, m.Surface, m.Key, c.key)
				}
			}
		}
		if told == 0 {
			t.Errorf("%q: nothing told", c.text)
		}
	}
	for _, m := range table.Recognize(analysis.Read("Ғалымдар Huawei Technologies қауымдастығын құрды.", "")) {
		if m.Kind == names.Institution && m.Known && m.Surface != "Huawei Technologies" {
			t.Errorf("%s is %s, though its head is of another kind", m.Surface, m.Key)
		}
	}
}
