package socket

import (
	"fmt"
	"os"
	"path/filepath"
)

// longest path that the kernel takes for a socket: Linux has 108 bytes with the
// zero at the end, others have 104.
const longest = 103

// address calls use with a path to a name in a folder that is short enough for a
// socket and good for the time of the call.
func address(dir, name string, use func(path string) error) error {
	path := filepath.Join(dir, name)
	if len(path) <= longest {
		return use(path)
	}
	folder, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer folder.Close()
	short, ok := shorter(folder)
	if !ok {
		return fmt.Errorf("%s: %w: at most %d bytes", path, ErrTooLong, longest)
	}
	return use(short + "/" + name)
}
