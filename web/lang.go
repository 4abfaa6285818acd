package web

import (
	"html/template"
	"net/http"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

var matcher = language.NewMatcher([]language.Tag{language.Kazakh, language.Russian, language.English})

// maxAcceptLanguage keeps parsing cheap: a browser sends under 100 bytes, and the parser is slow on thousands of tags.
const maxAcceptLanguage = 200 // bytes

// languageOf is the interface language: hl where it names one of ours, else what the browser asks for.
func languageOf(r *http.Request, hl string) string {
	for _, l := range languages {
		if l == hl {
			return l
		}
	}
	accept := r.Header.Get("Accept-Language")
	if len(accept) > maxAcceptLanguage {
		accept = accept[:maxAcceptLanguage]
		accept = accept[:max(strings.LastIndexByte(accept, ','), 0)]
	}
	tags, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(tags) == 0 {
		return languages[0]
	}
	_, i, confidence := matcher.Match(tags...)
	if confidence == language.No {
		return languages[0]
	}
	return languages[i]
}

// kazakhOnly are the Cyrillic letters that Kazakh has and Russian has not.
const kazakhOnly = "әіңғүұқөһӘІҢҒҮҰҚӨҺ"

// langOf guesses the language of a name or a query from its letters, for the lang attribute on a page in language hl.
// It is "" where the letters do not tell, or tell the page's own language.
func langOf(s, hl string) string {
	var latin, cyrillic int
	lang := ""
	for _, r := range s {
		switch {
		case strings.ContainsRune(kazakhOnly, r):
			lang = "kk"
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Latin, r):
			latin++
		}
	}
	switch {
	case lang == "" && latin > cyrillic:
		lang = "en"
	case lang == "" && cyrillic > 0 && hl == "en":
		lang = "ru"
	}
	if lang == hl {
		return ""
	}
	return lang
}

// other is lang where it is not the page's.
func other(lang, hl string) string {
	if lang == hl {
		return ""
	}
	return lang
}

// foreign is a text inside a message, with its language where that is not the page's.
func foreign(s, hl string) template.HTML {
	e := template.HTMLEscapeString(s)
	if l := langOf(s, hl); l != "" {
		return template.HTML(`<span lang="` + l + `">` + e + `</span>`)
	}
	return template.HTML(e)
}

// strong is a text that a message stresses.
func strong(s, hl string) template.HTML {
	e := template.HTMLEscapeString(s)
	if l := langOf(s, hl); l != "" {
		return template.HTML(`<b lang="` + l + `">` + e + `</b>`)
	}
	return template.HTML("<b>" + e + "</b>")
}
