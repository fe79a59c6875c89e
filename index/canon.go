package index

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"slices"

	zap "github.com/blevesearch/zapx/v17"
)

// A zap v17 segment ends in a footer of big-endian numbers:
//
//	length of writer id 4, documents 8, stored index 8, fields index 8,
//	chunk mode 4, version 4, CRC-32 of all before it 4
//
// The fields index is a uvarint count and the offset (8) of each field; a
// field is its name with a uvarint length, uvarint options, and a uvarint
// count of pairs: type (2) and address (8) of one kind of data.
const (
	footerSize   = zap.FooterSize
	fieldsOffset = footerSize - 20 // of the fields index's address in the footer
	versionField = footerSize - 8
	pairSize     = 2 + 8
)

var errSegment = errors.New("not a zap segment")

// canonicalize rewrites the segment file so that its bytes depend on its
// content alone: zapx writes the pairs of a field in the order of a Go map.
func canonicalize(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	tail, at, err := fieldsTail(f)
	if err != nil {
		return err
	}
	if err := sortPairs(tail, at); err != nil {
		return err
	}
	sum := crc32.NewIEEE()
	if _, err := io.Copy(sum, io.NewSectionReader(f, 0, at)); err != nil {
		return err
	}
	sum.Write(tail[:len(tail)-4])
	binary.BigEndian.PutUint32(tail[len(tail)-4:], sum.Sum32())
	if _, err := f.WriteAt(tail, at); err != nil {
		return err
	}
	return f.Sync()
}

// fieldsTail reads the file from its first field to its end, and returns where
// that begins.
func fieldsTail(f *os.File) (tail []byte, at int64, err error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, 0, err
	}
	footer, err := readAt(f, size-int64(footerSize), size)
	if err != nil {
		return nil, 0, err
	}
	if v := binary.BigEndian.Uint32(footer[versionField:]); v != zap.Version {
		return nil, 0, fmt.Errorf("%w of version %d", errSegment, zap.Version)
	}
	index := int64(binary.BigEndian.Uint64(footer[fieldsOffset:]))
	head, err := readAt(f, index, size)
	if err != nil {
		return nil, 0, err
	}
	n, k := binary.Uvarint(head)
	if k <= 0 || n == 0 || len(head) < k+8 {
		return nil, 0, errSegment
	}
	at = int64(binary.BigEndian.Uint64(head[k:]))
	tail, err = readAt(f, at, size)
	return tail, at, err
}

func readAt(f *os.File, from, to int64) ([]byte, error) {
	if from < 0 || from > to {
		return nil, errSegment
	}
	b := make([]byte, to-from)
	_, err := f.ReadAt(b, from)
	return b, err
}

// sortPairs sorts the pairs of every field in tail, which begins at offset at
// of the file with the first field and ends with the footer.
func sortPairs(tail []byte, at int64) error {
	index := int64(binary.BigEndian.Uint64(tail[len(tail)-footerSize+fieldsOffset:])) - at
	b := tail[index:]
	fields, k := binary.Uvarint(b)
	b = b[k:]
	for range fields {
		if len(b) < 8 {
			return errSegment
		}
		field := int64(binary.BigEndian.Uint64(b)) - at
		if field < 0 || field >= index {
			return errSegment
		}
		if err := sortField(tail[field:index]); err != nil {
			return err
		}
		b = b[8:]
	}
	return nil
}

func sortField(b []byte) error {
	name, k := binary.Uvarint(b)
	if k <= 0 || name > uint64(len(b)-k) {
		return errSegment
	}
	b = b[k+int(name):]
	_, k = binary.Uvarint(b) // options
	n, j := binary.Uvarint(b[max(k, 0):])
	if k <= 0 || j <= 0 || n > uint64(len(b)-k-j)/pairSize {
		return errSegment
	}
	pairs := b[k+j:][:n*pairSize]
	sorted := slices.SortedFunc(slices.Chunk(pairs, pairSize), bytes.Compare)
	copy(pairs, bytes.Join(sorted, nil))
	return nil
}
