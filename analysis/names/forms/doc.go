// Package forms answers: which word is this form of? It cuts Kazakh and Russian endings off (endings.go), folds letters that spellings
// use for one another (letters.go), and writes words by their sound, so that Нәрікбаев, Нарикбаев and Narikbayev are one (sound.go).
// The endings stand in endings.txt of package names, in the form that tsv.go reads like all its tables.
package forms
