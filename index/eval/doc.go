// Package eval answers: how right is what we find? It scores the facts read out of articles against gold.
//
// The figures are those of the reference scorer that came with the gold (testdata/README.md defines them); the tests
// hold the two equal on fixed predictions.
package eval
