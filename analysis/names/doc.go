// Package names answers: which countries and institutions does a text name, and which one thing is meant by «ҚазҰУ»,
// «КазНУ имени аль-Фараби» and «Al-Farabi Kazakh National University»?
//
// Default is the built-in [Table]; [Load] adds the user's own rows. Table.Recognize reads an analysed text:
//
//  1. Names of the table, the longest first, by a trie over words (trie.go). A word of a text is held against a known
//     name with the endings of endings.txt cut off, not stemmed: names are in no lexicon, so a stemmer would guess.
//     Kazakh inflects a name's last word, Russian every word; initials and titles are passed over. Further spellings
//     are generated (generate.go): without the person a university is called for, without status words, a city as
//     adjective or in the genitive.
//  2. Names that no table has, around a head noun (pattern_kk.go, pattern_ru.go, pattern_en.go), with their left edge
//     trimmed, and members of lists that share one head. What a pattern finds is linked to the table where its words are
//     a known name (link.go); else its key is «new:» and its name in the nominative (normal.go), one for all inflections.
//  3. Short names: weak ones of the table, which count only with other evidence, and those that the text itself defines
//     in brackets (short.go).
//  4. Branches (branch.go), and institutions inside the names of others. Spans of mentions may therefore lie inside
//     others; they never cross.
//  5. Countries (country.go): names, adjectives, cities; risky words, money, languages, streets, first names and the
//     dateline kept out by rule.
//
// Table.Lookup does the same for what a reader types, in any case form or script: words are compared by their sound
// (sound.go). Data, sources and licences: data/README.md. Traps that were met stand in testdata/traps.txt.
//
// The tables follow the Research Organization Registry (https://ror.org) and Unicode CLDR (https://cldr.unicode.org).
package names
