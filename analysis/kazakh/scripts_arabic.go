package kazakh

import "strings"

// FromArabic spells a folded word of Arabic-script Kazakh (tote jazu) in Cyrillic: ۋنيۆەرسيتەت → университет. The likeliest
// comes first, others only where they are close.
//
// The script has one letter for а and ә, о and ө, ұ and ү, ы and і: a hamza before the word (ٴبىلىم → білім), or ە, ك or گ in it
// (كەلىسىم → келісім), says that its vowels are front, else they are back. Loans break the rule (كورپوراتسيا → корпорация),
// so it is a price, not a law.
func FromArabic(word string) []string {
	front := strings.ContainsAny(word, "ٴءەكگکٵٶٷٸ")
	plain := hamzas.Replace(word)
	harmony := func(written, text string) float64 {
		switch written {
		case "ا", "و", "ى", "ۇ", "ی":
			if strings.ContainsAny(text, "әөіү") != front && text != "и" && text != "й" {
				return disharmony
			}
		}
		return 0
	}
	return search(scripts()["arabic"], plain, harmony)
}

// disharmony is the price of a vowel against the word's sign, in natural logarithms.
const disharmony = 3

// hamzas takes the signs off, as they have said their word, and parts letters that carry one.
var hamzas = strings.NewReplacer("ٴ", "", "ء", "", "ٔ", "", "ٵ", "ا", "ٶ", "و", "ٷ", "ۇ", "ٸ", "ى", "أ", "ا", "ئ", "ى", "ؤ", "و")
