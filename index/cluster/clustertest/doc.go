// Package clustertest answers: how does a test get a real OpenSearch? It starts nodes on loopback, one JVM each, from parts of
// Maven Central alone, and lets a test kill and stop them.
//
//	c, err := clustertest.Up(t.TempDir(), 3)
//	defer c.Down()
//	c.Kill(2)
//
// The parts (71 MB of jars) are made once by «make cluster-parts», which needs Maven and a JDK of 21 or later, and lie in
// KELISIM_CLUSTER_PARTS or in the user's cache. Nothing is fetched by a test.
package clustertest
