package names

import (
	"testing"

	"kelisim/analysis/names/world"
)

// TestNearest: what a name means, and what it must not mean. ! before a key: it must not be told as that.
func TestNearest(t *testing.T) {
	table := Default()
	for _, c := range []struct{ name, country, key string }{
		{"Т. Жүргенов атындағы Ұлттық өнер академиясы", "KZ", "ror:05jra0838"},
		{"университет имени Ш. Есенова", "KZ", "kz-yessenov-university"},
		{"Құрманғазы атындағы ұлттық консерватория", "KZ", "kz-kurmangazy-kazakh-national-conservatory"},
		{"Сәкен Сейфуллин атындағы Қазақ агротехникалық университеті", "KZ", "ror:024etxn40"},
		{"Ахмет Ясауи атындағы халықаралық қазақ-түрік университеті", "KZ", "kz-khoja-akhmet-yassawi-international-kazakh-turkish-university"},
		{"Международный казахско-турецкий университет имени Ходжи Ахмеда Ясави", "KZ", "kz-khoja-akhmet-yassawi-international-kazakh-turkish-university"},
		{"Coventry университеті", "GB", "ror:01tgmhj36"},
		{"Таллиннский технический университет", "EE", "ror:0443cwa12"},
		{"Ланкастерский университет", "GB", "ror:04f2nsd36"},
		{"Ланкастер университетінің", "GB", "ror:04f2nsd36"},
		{"Cardiff Metropolitan University", "GB", "ror:00bqvf857"},
		{"Кардифф метрополитен университеті", "GB", "!ror:03kk7td41"},
		{"Университет Торонто Метрополитен", "CA", "!ror:03dbr7087"},
		{"Томский политехнический транспортный хаб", "RU", "!ror:00a45v709"},
		{"Университет Кемница", "DE", "ror:00a208s56"},
		{"Хемниц техникалық университеті", "DE", "ror:00a208s56"},
		{"Бангор университеті", "GB", "ror:006jb1a24"},
		{"Исламабад халықаралық ислам университеті", "PK", "ror:047w75g40"},
		{"Бангладешский сельскохозяйственный университет", "BD", "ror:03k5zb271"},
		{"Юго-Западный университет Цзяотун", "CN", "ror:00hn7w693"},
		{"Масариков университет", "CZ", "ror:02j46qs45"},
		{"Қазтұтынуодақ Қарағанды университетінің", "KZ", "ror:02cbftw37"},
		{"Низами атындағы университет", "UZ", "ror:051g1n833"},
		{"Университет Турку", "FI", "ror:05vghhr25"},
		{"турецкий университет", "TR", "!ror:05vghhr25"},
		{"Академическая гимназия", "", "!"},
		{"Медицина университеті", "", "!"},
		{"мемлекеттік университет", "KZ", "!"},
	} {
		var ev *world.Evidence
		if c.country != "" {
			ev = &world.Evidence{Countries: map[string]float64{c.country: 1}}
		}
		got, score := "", 0.0
		found := table.linker().Nearest(table.linker().Parts(c.name), ev, 3, true)
		if len(found) > 0 {
			got, score = found[0].Body.Key, found[0].Score
		}
		t.Logf("%s: %s %.2f", c.name, got, score)
		told := score >= world.LinkThreshold
		switch {
		case c.key == "!" && told, c.key != "" && c.key[0] == '!' && told && got == c.key[1:], c.key != "" && c.key[0] != '!' && (!told || got != c.key):
			explainError(t, "want "+c.key, c.name, nil, found)
			t.Errorf("%s: %s %.2f, want %s", c.name, got, score, c.key)
		}
	}
}
