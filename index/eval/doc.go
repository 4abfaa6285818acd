// Package eval answers: how right is what we find? It scores the facts read out of articles against gold, and what searches
// find against judgements.
//
// The figures are those of the reference scorer that came with the gold (testdata/README.md defines them); the tests
// hold the two equal on fixed predictions.
//
// References: C. D. Manning, P. Raghavan, H. Schütze, Introduction to Information Retrieval (2008), ch. 8; K. Järvelin and
// J. Kekäläinen, Cumulated gain-based evaluation of IR techniques (2002); M. D. Smucker, J. Allan, B. Carterette, A comparison
// of statistical significance tests for information retrieval evaluation (2007).
package eval
