package clustertest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// Admin is the user that may do everything on a cluster of [UpSecure], by the security plugin's own example.
const Admin, AdminPassword = "admin", "admin"

// UpSecure starts n nodes that speak TLS by certificates of an authority, to each other too, and want a user. The certificates are for
// 127.0.0.1, and for no name.
func UpSecure(dir string, n int, by *Authority) (*Cluster, error) {
	parts, java, err := SecureParts()
	if err != nil {
		return nil, err
	}
	cert, key, err := by.Issue("node", time.Now().Add(24*time.Hour), "127.0.0.1")
	if err != nil {
		return nil, err
	}
	certs := filepath.Join(dir, "certs")
	err = os.MkdirAll(certs, 0o755)
	for name, data := range map[string][]byte{"ca.pem": by.PEM, "node.pem": cert, "node-key.pem": key} {
		err = errors.Join(err, os.WriteFile(filepath.Join(certs, name), data, 0o600))
	}
	if err != nil {
		return nil, fmt.Errorf("write certificates: %w", err)
	}
	return up(&Cluster{dir: dir, parts: parts, java: java, nodes: make([]*node, n), authority: by})
}

// Do asks a node as the one who may do everything.
func (c *Cluster) Do(req *http.Request) (*http.Response, error) {
	if c.authority == nil {
		return http.DefaultClient.Do(req)
	}
	req.SetBasicAuth(Admin, AdminPassword)
	return c.authority.client.Do(req)
}

// Authority signs certificates for tests.
type Authority struct {
	PEM    []byte // its own certificate
	cert   *x509.Certificate
	key    *ecdsa.PrivateKey
	client *http.Client // trusts it
}

// NewAuthority makes an authority that nobody trusts yet.
func NewAuthority() (*Authority, error) {
	a := &Authority{}
	own := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "ca"}, NotBefore: time.Now().Add(-48 * time.Hour), NotAfter: time.Now().Add(48 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign}
	var der []byte
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err == nil {
		der, err = x509.CreateCertificate(rand.Reader, own, own, &a.key.PublicKey, a.key)
	}
	if err == nil {
		a.cert, err = x509.ParseCertificate(der)
	}
	if err != nil {
		return nil, fmt.Errorf("make an authority: %w", err)
	}
	a.PEM = pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
	pool := x509.NewCertPool()
	pool.AddCert(a.cert)
	a.client = &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}}
	return a, nil
}

// Issue makes a certificate with its key, both in PEM, the key in PKCS 8, for addresses and names of hosts.
func (a *Authority) Issue(name string, until time.Time, hosts ...string) (cert, key []byte, err error) {
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	if err != nil {
		return nil, nil, fmt.Errorf("issue a certificate: %w", err)
	}
	of := &x509.Certificate{SerialNumber: serial, Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-47 * time.Hour), NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}}
	for _, h := range hosts {
		if ip := net.ParseIP(h); ip != nil {
			of.IPAddresses = append(of.IPAddresses, ip)
		} else {
			of.DNSNames = append(of.DNSNames, h)
		}
	}
	own, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	var der, pkcs8 []byte
	if err == nil {
		der, err = x509.CreateCertificate(rand.Reader, of, a.cert, &own.PublicKey, a.key)
	}
	if err == nil {
		pkcs8, err = x509.MarshalPKCS8PrivateKey(own)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("issue a certificate: %w", err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: pkcs8}), nil
}
