package index

import "fmt"

// Current returns the name of the live generation below dir, which differs
// once there is another one to open. It reads one small file.
func Current(dir string) (string, error) {
	names, err := history(dir)
	if err != nil {
		return "", fmt.Errorf("open index %s: %w", dir, err)
	}
	return names[0], nil
}
