package cluster

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"

	"github.com/opensearch-project/opensearch-go/v4"

	"kelisim/index"
)

// Options say where a cluster is and how the index in it is named and laid out.
type Options struct {
	URLs     []string // of some of its nodes
	User     string   // "" where none is asked for
	Password string
	CA       []byte // PEM, for https with a certificate of one's own; nil: what the system trusts
	Prefix   string // of the names of all indices: «kelisim»

	Shards, Replicas int // of new indices; 0 shards mean 1

	Existing bool // none is made where there is none
}

// Password reads a password from a file: its first line.
func Password(file string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", fmt.Errorf("read the password of the cluster (--opensearch-password-file): %w", err)
	}
	line, _, _ := strings.Cut(string(data), "\n")
	if line = strings.TrimSpace(line); line == "" {
		return "", fmt.Errorf("read the password of the cluster: the first line of %s is empty (--opensearch-password-file)", file)
	}
	return line, nil
}

const (
	// quickTime is how long the first node that is asked may take before another is: a reader waits two seconds, and a node may hang with open
	// connections for a minute before the others drop it.
	quickTime = time.Second
	// attemptTime is how long a node may take where those asked first did not answer in time: then the cluster is busy, or the question is long.
	attemptTime = 10 * time.Second
	// writeTime is the same for a write, which waits for all copies.
	writeTime = 60 * time.Second
	// attempts is how often a request is sent in all.
	attempts = 6
)

// client speaks to a cluster.
type client struct {
	quick   *opensearch.Client // for the first try of what only reads
	read    *opensearch.Client
	write   *opensearch.Client
	options Options
}

func connect(o Options) (*client, error) {
	if len(o.URLs) == 0 {
		return nil, errors.New("no address of the cluster: name one with --opensearch-url")
	}
	if err := CheckURLs(o.URLs); err != nil {
		return nil, fmt.Errorf("--opensearch-url %w", err)
	}
	if o.CA != nil && !x509.NewCertPool().AppendCertsFromPEM(o.CA) {
		return nil, errors.New("the file of --opensearch-ca has no certificate in PEM («-----BEGIN CERTIFICATE-----»)")
	}
	one := func(attempt time.Duration, attempts int) (*opensearch.Client, error) {
		c, err := opensearch.NewClient(opensearch.Config{
			Addresses: o.URLs, Username: o.User, Password: o.Password, CACert: o.CA,
			MaxRetries: attempts - 1, RetryOnStatus: []int{429, 502, 503, 504}, EnableRetryOnTimeout: true, RequestTimeout: attempt,
			RetryBackoff: func(i int) time.Duration { return min(time.Duration(i*i)*50*time.Millisecond, 2*time.Second) },
		})
		if err != nil {
			return nil, fmt.Errorf("connect to the cluster: %w", err)
		}
		return c, nil
	}
	quick, err := one(quickTime, 2)
	if err != nil {
		return nil, err
	}
	read, err := one(attemptTime, attempts)
	if err != nil {
		return nil, err
	}
	write, err := one(writeTime, attempts)
	if err != nil {
		return nil, err
	}
	return &client{quick, read, write, o}, nil
}

func (c *client) close() error { return errors.Join(c.quick.Close(), c.read.Close(), c.write.Close()) }

// object is a JSON object.
type object = map[string]any

// StatusError is an answer of the cluster that is no success.
type StatusError struct {
	Method, Path string
	Status       int
	Type, Reason string // of the cause, as the cluster names it
}

func (e *StatusError) Error() string {
	if e.Is(ErrFull) {
		return fmt.Sprintf("%v: make room there (cluster answers %s %s with %d: %s)", ErrFull, e.Method, e.Path, e.Status, e.Reason)
	}
	return fmt.Sprintf("cluster answers %s %s with %d %s: %s", e.Method, e.Path, e.Status, e.Type, e.Reason)
}

// ErrFull says that the disks of the cluster are full: it gives what it has and takes nothing, until there is room.
var ErrFull = errors.New("the disks of the cluster are full")

// Is reports whether it is an [ErrFull]: the cluster blocks an index when a disk that holds a shard of it has passed the last of its
// watermarks, and new ones when all disks have passed the last but one; it lifts both by itself.
func (e *StatusError) Is(target error) bool {
	switch e.Type {
	case "cluster_block_exception":
		return target == ErrFull && (strings.Contains(e.Reason, "flood-stage") || strings.Contains(e.Reason, "read-only-allow-delete"))
	case "index_create_block_exception":
		return target == ErrFull
	}
	return false
}

// ErrPartial says that some shards did not answer: nothing is told rather than less than there is.
var ErrPartial = index.ErrPartial

func statusOf(err error) int {
	if e, ok := errors.AsType[*StatusError](err); ok {
		return e.Status
	}
	return 0
}

// call sends a request and reads the answer into out, which may be nil. A body that is no []byte is sent as JSON. Nodes that do not
// answer, or answer that they cannot now, are passed over.
func (c *client) call(ctx context.Context, method, path string, body, out any) error {
	data, isBytes := body.([]byte)
	if body != nil && !isBytes {
		var b bytes.Buffer
		enc := json.NewEncoder(&b)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(body); err != nil {
			return fmt.Errorf("ask the cluster: %w", err)
		}
		data = b.Bytes()
	}
	through, then := c.read, c.read
	if method == http.MethodGet || strings.Contains(path, "search") {
		through = c.quick
	}
	if method == http.MethodPut || strings.Contains(path, "_bulk") || strings.Contains(path, "_by_query") || strings.Contains(path, "_refresh") || strings.Contains(path, "_snapshot") {
		through, then = c.write, c.write
	}
	var err error
	for i := range again {
		// A certificate is one node's: the next one may have a better.
		if err = c.options.explained(exchange(ctx, through, method, path, data, isBytes, out)); err == nil || ctx.Err() != nil {
			return err
		}
		// A node that vanished while it asked others answers 500; the next one knows.
		if s := statusOf(err); s != 0 && s < 500 && s != http.StatusTooManyRequests || errors.Is(err, ErrFull) {
			return err
		}
		through = then
		select {
		case <-ctx.Done():
			return err
		case <-time.After(time.Duration(i+1) * 100 * time.Millisecond):
		}
	}
	return err
}

// again is how often a request that failed after all attempts is begun anew.
const again = 4

func exchange(ctx context.Context, c *opensearch.Client, method, path string, data []byte, lines bool, out any) error {
	req, err := http.NewRequestWithContext(ctx, method, path, bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("ask the cluster: %w", err)
	}
	if len(data) == 0 {
		req.Body, req.ContentLength = nil, 0
	} else {
		req.Header.Set("Content-Type", "application/json")
		if lines {
			req.Header.Set("Content-Type", "application/x-ndjson")
		}
	}
	res, err := c.Stream(req)
	if err != nil {
		return fmt.Errorf("ask the cluster: %w", err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	if err != nil {
		return fmt.Errorf("read the answer of the cluster: %w", err)
	}
	if res.StatusCode >= 300 {
		return statusError(method, path, res.StatusCode, answer)
	}
	if out == nil {
		return nil
	}
	if err := json.Unmarshal(answer, out); err != nil {
		return fmt.Errorf("read the answer of the cluster to %s %s: %w", method, path, err)
	}
	return nil
}

func statusError(method, path string, status int, answer []byte) error {
	e := &StatusError{Method: method, Path: path, Status: status}
	type cause struct {
		Type   string `json:"type"`
		Reason string `json:"reason"`
	}
	var told struct {
		Error json.RawMessage `json:"error"`
	}
	var deep struct {
		cause
		Root   []cause `json:"root_cause"`
		Failed []struct {
			Reason struct {
				cause
				By cause `json:"caused_by"`
			} `json:"reason"`
		} `json:"failed_shards"`
	}
	if json.Unmarshal(answer, &told) == nil && json.Unmarshal(told.Error, &deep) == nil {
		e.Type, e.Reason = deep.Type, deep.Reason
		if len(deep.Root) > 0 {
			e.Type, e.Reason = deep.Root[0].Type, deep.Root[0].Reason
		}
		if len(deep.Failed) > 0 && deep.Failed[0].Reason.By.Reason != "" {
			e.Reason += ": " + deep.Failed[0].Reason.By.Reason
		}
	} else {
		e.Reason = string(answer[:min(len(answer), 300)])
	}
	return e
}
