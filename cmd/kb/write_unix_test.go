//go:build unix

package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

func TestWriteOutKeepsWhatIsNoFile(t *testing.T) {
	dir := t.TempDir()
	file, link, dangling, pipe := filepath.Join(dir, "file"), filepath.Join(dir, "link"), filepath.Join(dir, "dangling"), filepath.Join(dir, "pipe")
	for _, err := range []error{
		os.WriteFile(file, []byte("a longer text than the new one"), 0o600), os.Symlink("file", link), os.Symlink("new", dangling), syscall.Mkfifo(pipe, 0o600),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, kind := range map[string]fs.FileMode{link: fs.ModeSymlink, dangling: fs.ModeSymlink, file: 0, os.DevNull: fs.ModeDevice} {
		if err := writeOut(name, []byte("text")); err != nil {
			t.Fatal(err)
		}
		if info, err := os.Lstat(name); err != nil || info.Mode()&(fs.ModeSymlink|fs.ModeDevice) != kind {
			t.Errorf("%s is %v, %v", name, info.Mode(), err)
		}
		if got, err := os.ReadFile(name); name != os.DevNull && (err != nil || string(got) != "text") {
			t.Errorf("%s has %q, %v", name, got, err)
		}
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v", info.Mode(), err)
	}
	wantPiped(t, pipe)
	if err := writeOut(filepath.Join(dir, "none", "file"), nil); err == nil {
		t.Error("wrote into a folder that is not there")
	}
}

// wantPiped writes into a pipe and reads it at the other end.
func wantPiped(t *testing.T, pipe string) {
	t.Helper()
	read := make(chan string)
	go func() {
		text, err := os.ReadFile(pipe)
		if err != nil {
			text = []byte(err.Error())
		}
		read <- string(text)
	}()
	if err := writeOut(pipe, []byte("text")); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(pipe); err != nil || info.Mode()&fs.ModeNamedPipe == 0 {
		t.Fatalf("the pipe is %v, %v", info.Mode(), err)
	}
	if got := <-read; got != "text" {
		t.Errorf("read %q", got)
	}
}
