// Package fetch answers: how does the program follow sites by itself without being a nuisance, and without being led astray? It
// keeps to robots.txt, asks a host rarely, asks only for what changed, believes no address, length or time that a server states, and
// goes to public hosts only.
//
// What a source is stands in the config file: [Source] is a [[source]], [Options] is [fetch]; [CheckAll] names every mistake.
//
// References: RFC 9309 (robots.txt), RFC 9110 (conditional requests, Retry-After), RFC 6890 (addresses that are not public).
package fetch
