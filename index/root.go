package index

import (
	"encoding/binary"
	"encoding/json"
	"os"
	"path/filepath"

	"github.com/blevesearch/bleve/v2/mapping"
	"github.com/blevesearch/bleve/v2/util"
	zap "github.com/blevesearch/zapx/v17"
	bolt "go.etcd.io/bbolt"
)

const (
	metaFile = "index_meta.json"
	rootFile = "root.bolt"
)

// indexType is the name under which bleve finds the package that reads this
// kind of index. Only tests link that: see openFiles.
const indexType = "scorch"

// rootPage is the page size of root.bolt. By default it would be that of the
// machine.
const rootPage = 4096

// snapshotTime stands where scorch writes the time of the snapshot, which it
// reads only to decide which of several snapshots to remove.
const snapshotTime = "2000-01-01T00:00:00Z"

// Keys of the snapshot and of its segment, as scorch encodes numbers below
// 110 in order: the snapshot is number 3 in any index of one batch.
const (
	snapshotKey = "\x8b"
	segmentKey  = "\x88"
)

// writeRoot writes what makes the segment in dir a bleve index.
func writeRoot(dir string, m mapping.IndexMapping) error {
	meta, err := json.Marshal(map[string]string{"storage": indexType, "index_type": indexType})
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, metaFile), meta, 0o644); err != nil {
		return err
	}
	mapped, err := json.Marshal(m)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, storeDir, rootFile)
	db, err := bolt.Open(path, 0o644, &bolt.Options{PageSize: rootPage})
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error { return putSnapshot(tx, mapped) })
	if cerr := db.Close(); err == nil {
		err = cerr
	}
	return err
}

func putSnapshot(tx *bolt.Tx, mapped []byte) error {
	version := make([]byte, binary.MaxVarintLen32) // scorch's length of it
	binary.BigEndian.PutUint32(version, zap.Version)
	values := []struct {
		bucket, key, value []byte
	}{
		{util.BoltMetaDataKey, util.BoltMetaDataSegmentTypeKey, []byte(zap.Type)},
		{util.BoltMetaDataKey, util.BoltMetaDataSegmentVersionKey, version},
		{util.BoltMetaDataKey, util.BoltMetaDataFileWriterIDKey, nil},
		{util.BoltMetaDataKey, util.BoltMetaDataTimeStamp, []byte(snapshotTime)},
		{util.BoltInternalKey, util.MappingInternalKey, mapped},
		{[]byte(segmentKey), util.BoltPathKey, []byte(segmentFile)},
	}
	snapshots, err := tx.CreateBucketIfNotExists(util.BoltSnapshotsBucket)
	if err != nil {
		return err
	}
	snapshot, err := snapshots.CreateBucketIfNotExists([]byte(snapshotKey))
	if err != nil {
		return err
	}
	for _, v := range values {
		b, err := snapshot.CreateBucketIfNotExists(v.bucket)
		if err != nil {
			return err
		}
		if err := b.Put(v.key, v.value); err != nil {
			return err
		}
	}
	return nil
}
