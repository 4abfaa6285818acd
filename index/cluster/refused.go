package cluster

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// CheckURLs is an error where some addresses cannot be those of a cluster's nodes. It never says what it was given where that may hold a
// password.
func CheckURLs(urls []string) error {
	if slices.ContainsFunc(urls, func(s string) bool { return strings.Contains(s, "@") }) {
		return errors.New("has a user or a password in it, which anybody sees who lists processes or reads the log; " +
			"write the address alone, the user with --opensearch-user, the password into a file, and name that with --opensearch-password-file")
	}
	for _, s := range urls {
		u, err := url.Parse(s)
		if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("has %q, which is no address of a node; write https://10.0.0.1:9200", s)
		}
	}
	return nil
}

// ErrRefused says that the cluster does not let this machine in, or it does not trust the cluster: somebody has to mend that.
var ErrRefused = errors.New("the cluster cannot be spoken to")

// refusal is an [ErrRefused] in the words of who can mend it.
type refusal struct {
	says string
	err  error
}

func (r *refusal) Error() string        { return r.says + ": " + r.err.Error() }
func (r *refusal) Unwrap() error        { return r.err }
func (r *refusal) Is(target error) bool { return target == ErrRefused }

// explained gives an error that a request came to the words of who can mend it, and the flag that does.
func (o *Options) explained(err error) error {
	if err == nil {
		return nil
	}
	if says := o.why(err); says != "" {
		return &refusal{says, err}
	}
	return err
}

// why is "" where nothing that this machine was told is wrong.
func (o *Options) why(err error) string {
	if x, ok := errors.AsType[x509.CertificateInvalidError](err); ok && x.Reason == x509.Expired {
		return fmt.Sprintf("the certificate of a node of the cluster is valid from %s to %s only: renew it on that node, or set the clock here right",
			x.Cert.NotBefore.Format("2006-01-02"), x.Cert.NotAfter.Format("2006-01-02"))
	}
	if x, ok := errors.AsType[x509.HostnameError](err); ok {
		return fmt.Sprintf("the certificate of a node of the cluster is not for %s: name the node in --opensearch-url as its certificate does, or give it one for that name", x.Host)
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		if o.CA == nil {
			return "this machine does not trust who signed the certificates of the cluster: name that authority's PEM file with --opensearch-ca"
		}
		return "the certificates of the cluster are not of the authority in --opensearch-ca: name the one that signed them"
	}
	if _, ok := errors.AsType[x509.CertificateInvalidError](err); ok {
		return "the certificate of a node of the cluster is not valid: give that node another one"
	}
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok || errors.Is(err, http.ErrSchemeMismatch) {
		return "the cluster speaks no TLS: write http:// in --opensearch-url, or turn TLS on there"
	}
	e, ok := errors.AsType[*StatusError](err)
	switch {
	case ok && e.Status == http.StatusUnauthorized && o.User == "":
		return "the cluster wants a user: name one with --opensearch-user and --opensearch-password-file"
	case ok && e.Status == http.StatusUnauthorized:
		return fmt.Sprintf("the cluster does not take user %q with that password: mend --opensearch-user, or the first line of the file of --opensearch-password-file", o.User)
	case ok && e.Status == http.StatusForbidden && e.Type == "security_exception":
		return fmt.Sprintf("user %q may not do that in the cluster: give them the rights that README names, or name another one with --opensearch-user", o.User)
	}
	return ""
}

// hungUp adds to why a cluster could not be opened that it may speak TLS: then it says nothing to who does not.
func (o *Options) hungUp(err error) error {
	plain := func(s string) bool { return strings.HasPrefix(s, "http://") }
	if errors.Is(err, io.EOF) && slices.ContainsFunc(o.URLs, plain) {
		return fmt.Errorf("the cluster hangs up; if it speaks TLS, write https:// in --opensearch-url: %w", err)
	}
	return err
}
