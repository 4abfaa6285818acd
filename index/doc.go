// Package index answers: what can be found? It holds the words that every room shares (Article, Record, Query,
// Tree, Request, Result, Page), turns an article into a record, cuts snippets, and keeps an engine in step with the
// archive.
package index
