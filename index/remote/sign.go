package remote

import (
	"crypto/ed25519"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
)

// ReadPrivateKey reads a key to sign with, as openssl genpkey -algorithm
// ed25519 writes it. Its errors do not quote it.
func ReadPrivateKey(name string) (ed25519.PrivateKey, error) {
	return readKey[ed25519.PrivateKey](name, "PRIVATE KEY", x509.ParsePKCS8PrivateKey)
}

// ReadPublicKey reads a key to verify with, as openssl pkey -pubout writes it.
func ReadPublicKey(name string) (ed25519.PublicKey, error) {
	return readKey[ed25519.PublicKey](name, "PUBLIC KEY", x509.ParsePKIXPublicKey)
}

func readKey[K any](name, kind string, parse func([]byte) (any, error)) (key K, err error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return key, fmt.Errorf("read key: %w", err)
	}
	block, _ := pem.Decode(data)
	if block != nil && block.Type == "PRIVATE KEY" && kind != block.Type {
		return key, fmt.Errorf("read key %s: it is the private key, and the public one is wanted", name)
	}
	if block == nil || block.Type != kind {
		return key, fmt.Errorf("read key %s: no PEM block %q in it", name, kind)
	}
	parsed, err := parse(block.Bytes)
	if err != nil {
		return key, fmt.Errorf("read key %s: %w", name, err)
	}
	key, ok := parsed.(K)
	if !ok {
		return key, fmt.Errorf("read key %s: %w", name, errors.New("it is not of Ed25519"))
	}
	return key, nil
}

// statement is the text whose signature a pointer bears.
func (p pointer) statement() []byte { return []byte("kb generation " + p.Generation) }

func (p pointer) signed(key ed25519.PrivateKey) pointer {
	if key != nil {
		p.Signature = ed25519.Sign(key, p.statement())
	}
	return p
}

// trusted returns ErrUnsigned if there is a key and the pointer is not signed
// with it.
func (p pointer) trusted(key ed25519.PublicKey) error {
	if key == nil || ed25519.Verify(key, p.statement(), p.Signature) {
		return nil
	}
	return ErrUnsigned
}
