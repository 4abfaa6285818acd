package clustertest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Asked reports whether tests with a cluster are wanted: they take minutes and gigabytes, so they never run unasked.
func Asked() bool { return os.Getenv("KELISIM_CLUSTER") != "" }

// Parts is the folder of the jars; the error says what is missing and how to get it.
func Parts() (dir, java string, err error) { return parts("") }

// SecureParts is the same for nodes with TLS and users.
func SecureParts() (dir, java string, err error) { return parts("-secure") }

func parts(flavour string) (dir, java string, err error) {
	dir = os.Getenv("KELISIM_CLUSTER_PARTS")
	if dir == "" {
		cache, err := os.UserCacheDir()
		if err != nil {
			return "", "", fmt.Errorf("find the parts of a cluster: %w", err)
		}
		dir = filepath.Join(cache, "kelisim-cluster")
	}
	dir += flavour
	if _, err := os.Stat(filepath.Join(dir, "classes", "kelisim", "Node.class")); err != nil {
		return "", "", fmt.Errorf("the parts of a cluster are not in %s: «make cluster-parts» makes them", dir)
	}
	java, err = Java()
	return dir, java, err
}

// Java is a Java that is new enough: of JAVA_HOME, or one that lies where distributions put them.
func Java() (string, error) {
	found := []string{filepath.Join(os.Getenv("JAVA_HOME"), "bin", "java")}
	more, _ := filepath.Glob("/usr/lib/jvm/*/bin/java")
	for _, java := range append(found, more...) {
		release, err := os.ReadFile(filepath.Join(filepath.Dir(filepath.Dir(java)), "release"))
		if err != nil {
			continue
		}
		if v := versionOf(string(release)); v >= leastJava {
			return java, nil
		}
	}
	return "", fmt.Errorf("no JDK of %d or later: name one in JAVA_HOME", leastJava)
}

const leastJava = 21

func versionOf(release string) (v int) {
	const key = "JAVA_VERSION=\""
	for i := 0; i+len(key) < len(release); i++ {
		if release[i:i+len(key)] == key {
			fmt.Sscanf(release[i+len(key):], "%d", &v)
			return v
		}
	}
	return 0
}

// Cluster is some nodes of a cluster. Nodes are numbered from 1.
type Cluster struct {
	dir, parts, java string
	base             int
	nodes            []*node    // nil where one is down
	authority        *Authority // of its certificates; nil: it speaks plain HTTP and wants no user
}

type node struct {
	cmd   *exec.Cmd
	stdin io.Closer
	gone  chan struct{}
}

// Up starts n nodes whose data lie in dir and waits until all have joined.
func Up(dir string, n int) (*Cluster, error) {
	parts, java, err := Parts()
	if err != nil {
		return nil, err
	}
	return up(&Cluster{dir: dir, parts: parts, java: java, nodes: make([]*node, n)})
}

func up(c *Cluster) (_ *Cluster, err error) {
	n := len(c.nodes)
	if c.base, err = freeBase(n); err != nil {
		return nil, err
	}
	for i := range n {
		if err := c.Start(i + 1); err != nil {
			return nil, errors.Join(err, c.Down())
		}
	}
	if err := c.WaitNodes(n, startTime); err != nil {
		return nil, errors.Join(err, c.Down())
	}
	return c, nil
}

// startTime is how long nodes may take until they have found each other: on a busy machine it is minutes.
const startTime = 10 * time.Minute

// freeBase finds a number whose ports are free: a node's HTTP is at base+I, what nodes say to each other at base+100+I.
func freeBase(n int) (int, error) {
	for range 100 {
		base, free := 20_000+200*rand.IntN(100), true
		for i := 1; i <= n && free; i++ {
			for _, port := range []int{base + i, base + 100 + i} {
				l, err := net.Listen("tcp", "127.0.0.1:"+strconv.Itoa(port))
				if err != nil {
					free = false
					break
				}
				l.Close()
			}
		}
		if free {
			return base, nil
		}
	}
	return 0, errors.New("no ports are free for a cluster")
}

// Start starts a node that is down; its data are what they were.
func (c *Cluster) Start(i int) error {
	log, err := os.OpenFile(filepath.Join(c.dir, fmt.Sprintf("n%d.log", i)), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o644)
	if err != nil {
		return fmt.Errorf("start node %d: %w", i, err)
	}
	defer log.Close()
	heap := os.Getenv("KELISIM_CLUSTER_HEAP")
	if heap == "" {
		heap = "512m"
	}
	nice := os.Getenv("KELISIM_CLUSTER_NICE")
	if nice == "" {
		nice = "5"
	}
	args := []string{"-n", nice, c.java, "-Xms" + heap, "-Xmx" + heap, "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m", "--enable-native-access=ALL-UNNAMED"}
	args = append(args, strings.Fields(os.Getenv("KELISIM_CLUSTER_JAVA"))...)
	security := filepath.Join(c.parts, "security") // is not there without TLS
	args = append(args, "-cp", filepath.Join(c.parts, "classes")+":"+filepath.Join(c.parts, "lib", "*")+":"+filepath.Join(security, "*"),
		"kelisim.Node", c.dir, strconv.Itoa(i), strconv.Itoa(len(c.nodes)), strconv.Itoa(c.base))
	if c.authority != nil {
		args = append(args, security)
	}
	cmd := exec.Command("nice", args...)
	cmd.Stdout, cmd.Stderr = log, log
	stdin, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return fmt.Errorf("start node %d: %w", i, err)
	}
	n := &node{cmd, stdin, make(chan struct{})}
	go func() { _ = cmd.Wait(); close(n.gone) }()
	c.nodes[i-1] = n
	return nil
}

// Kill ends a node at once, Stop lets it end; both wait until it is gone.
func (c *Cluster) Kill(i int) { c.end(i, syscall.SIGKILL) }

// Pause keeps a node from doing anything until Resume: its connections stand, and nothing answers.
func (c *Cluster) Pause(i int) error { return c.nodes[i-1].cmd.Process.Signal(syscall.SIGSTOP) }

// Resume lets a paused node go on.
func (c *Cluster) Resume(i int) error { return c.nodes[i-1].cmd.Process.Signal(syscall.SIGCONT) }

// Stop lets a node end.
func (c *Cluster) Stop(i int) { c.end(i, syscall.SIGTERM) }

// stopTime is how long a node may take to end by itself.
const stopTime = 30 * time.Second

func (c *Cluster) end(i int, s os.Signal) {
	n := c.nodes[i-1]
	if n == nil {
		return
	}
	c.nodes[i-1] = nil
	_ = n.cmd.Process.Signal(s)
	select {
	case <-n.gone:
	case <-time.After(stopTime):
		_ = n.cmd.Process.Kill()
		<-n.gone
	}
	_ = n.stdin.Close()
}

// Down stops all nodes.
func (c *Cluster) Down() error {
	for i, n := range c.nodes {
		if n != nil {
			_ = n.cmd.Process.Signal(syscall.SIGTERM)
		}
		defer c.end(i+1, syscall.SIGTERM)
	}
	return nil
}

// URL is the address of a node.
func (c *Cluster) URL(i int) string {
	if c.authority != nil {
		return fmt.Sprintf("https://127.0.0.1:%d", c.base+i)
	}
	return fmt.Sprintf("http://127.0.0.1:%d", c.base+i)
}

// URLs are the addresses of all nodes.
func (c *Cluster) URLs() (out []string) {
	for i := range c.nodes {
		out = append(out, c.URL(i+1))
	}
	return out
}

// PIDs are the processes of the nodes that are up.
func (c *Cluster) PIDs() (out []int) {
	for _, n := range c.nodes {
		if n != nil {
			out = append(out, n.cmd.Process.Pid)
		}
	}
	return out
}

// Snapshots is the folder that all nodes may write snapshots to.
func (c *Cluster) Snapshots() string { return filepath.Join(c.dir, "snapshots") }

// WaitBack waits until a node that was started is one of n again and all copies are whole. It asks that node: what the others know may be
// of before it went.
func (c *Cluster) WaitBack(i, n int, most time.Duration) error {
	return c.waitAt([]int{i}, fmt.Sprintf("wait_for_nodes=%d&wait_for_status=green&wait_for_no_relocating_shards=true", n), most)
}

// WaitNodes waits until the cluster has n nodes.
func (c *Cluster) WaitNodes(n int, most time.Duration) error {
	return c.wait(fmt.Sprintf("wait_for_nodes=%d", n), most)
}

// WaitGreen waits until all copies are whole.
func (c *Cluster) WaitGreen(most time.Duration) error { return c.wait("wait_for_status=green", most) }

func (c *Cluster) wait(what string, most time.Duration) error {
	var up []int
	for i, n := range c.nodes {
		if n != nil {
			up = append(up, i+1)
		}
	}
	return c.waitAt(up, what, most)
}

// waitAt waits until one of some nodes says so.
func (c *Cluster) waitAt(nodes []int, what string, most time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), most)
	defer cancel()
	for ctx.Err() == nil {
		for _, i := range nodes {
			req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.URL(i)+"/_cluster/health?timeout=1s&"+what, nil)
			if err != nil {
				return err
			}
			res, err := c.Do(req)
			if err != nil {
				continue
			}
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("the cluster did not come to %s in %s: see %s/n*.log", what, most, c.dir)
}
