package eval_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kelisim/index/eval"
)

const (
	handTable = "id\tkind\tname_kk\tname_ru\tname_en\taliases\tror\n" +
		"ror:000000foo\tuniversity\tФоо университеті\tУниверситет Фоо\tFoo University\t\t000000foo\n" +
		"kz-foo-osh\tbranch\t\tФилиал Университета Фоо в Оше\tFoo University branch in Osh\t\t\n"
	handSeeds = `{"equivalent": [["ror:000000foo", "kz-foo-astana"]], "articles": []}`
	handGold  = `[
{"id": "k", "lang": "kk", "countries": [], "institutions": [
  {"key": "ror:000000foo", "name": "Foo University", "surfaces": ["Фоо университеті"]},
  {"key": null, "name": "Astana branch of Foo University", "surfaces": ["Астанадағы филиал"], "optional": true},
  {"key": null, "ror": "000000bar", "name": "Bar University", "surfaces": ["Бар университетімен"]}],
 "other_orgs": [], "claims": [], "not_agreements": [], "agreements": [
  {"parties": ["Astana branch of Foo University", "Bar University"], "kind": "agreement", "status": "signed", "date": "", "quote": "Қол қойды."}]},
{"id": "r", "lang": "ru", "countries": [], "institutions": [
  {"key": "ror:000000foo", "name": "Foo University", "surfaces": ["Университет Фоо"]},
  {"key": null, "ror": "https://ror.org/000000bar", "name": "Bar University", "surfaces": ["Университетом Бар"]}],
 "other_orgs": [], "claims": [], "not_agreements": [], "agreements": []}]`
	handTold = `
{"id": "k", "institutions": [
  {"key": "ror:000000foo", "ror": "000000foo", "surfaces": ["Фоо университеті"]},
  {"key": "new:Бар университеті", "ror": "", "surfaces": ["Бар университетімен"]}],
 "agreements": [{"kind": "agreement", "status": "signed", "quote": "Қол қойды.", "parties": [{"key": "KEY"}, {"key": "new:x", "text": "Бар университетімен"}]}]}
{"id": "r", "institutions": [
  {"key": "ror:000000foo", "ror": "000000foo", "surfaces": ["Университет Фоо"]},
  {"key": "ror:000000baz", "ror": "000000baz", "surfaces": ["Университетом Бар"]}]}`
)

// By hand: of four bodies that ROR knows (two, each in both articles) two are linked, one is linked to another; of the
// two bodies named in two languages Foo has one key, Bar has two. A branch counts as its parent, whether an equal key
// (kz-foo-astana), the table's name of a branch (kz-foo-osh) or gold's name of one says so.
func TestIdentity(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"seeds.json": handSeeds, "hand/hand.gold.json": handGold} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	gold, err := eval.LoadGold(dir, []string{filepath.Join(dir, "hand")}, strings.NewReader(handTable))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"ror:000000foo", "kz-foo-astana", "kz-foo-osh"} {
		predictions, err := eval.ReadPredictions(strings.NewReader(strings.Replace(handTold, "KEY", key, 1)))
		if err != nil {
			t.Fatal(err)
		}
		scores := gold.Facts(predictions)
		total := scores[len(scores)-1]
		for figure, want := range map[string]eval.Figure{
			"pairs":     {Told: 1, Right: 1, Wanted: 1, Found: 1},
			"ror":       {Told: 4, Right: 2},
			"ror other": {Told: 4, Right: 1},
			"one key":   {Told: 2, Right: 1},
		} {
			if got := total.Figures[figure]; got != want {
				t.Errorf("a party %s, %s: %+v, expected %+v; %q", key, figure, got, want, total.Errors)
			}
		}
	}
}
