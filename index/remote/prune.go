package remote

import (
	"context"
	"fmt"

	"kb/index"
)

// prune removes the blobs that the dropped generations have and that none does
// which the pointer names.
func (p *Place) prune(ctx context.Context, now pointer, dropped []string) error {
	if len(dropped) == 0 {
		return nil
	}
	needed, err := p.blobsOf(ctx, append([]string{now.Generation}, now.Before...))
	if err != nil {
		return err
	}
	for _, g := range dropped {
		had, err := p.blobsOf(ctx, []string{g})
		if err != nil {
			return err
		}
		for digest := range had {
			if needed[digest] {
				continue
			}
			if err := do(ctx, func() error { return p.store.remove(ctx, blob{digest: digest}) }); err != nil {
				return fmt.Errorf("remove what only %s has: %w", g, err)
			}
		}
	}
	return nil
}

// blobsOf returns the digests of all that some generations consist of.
func (p *Place) blobsOf(ctx context.Context, generations []string) (map[string]bool, error) {
	all := map[string]bool{}
	for _, g := range generations {
		of := pointer{Generation: g}
		manifest, err := retry(ctx, func() ([]byte, error) { return p.manifest(ctx, of) })
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g, err)
		}
		files, err := index.Files(manifest)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", g, err)
		}
		all[of.digest()] = true
		for _, f := range files {
			all[f.SHA256] = true
		}
	}
	return all, nil
}
