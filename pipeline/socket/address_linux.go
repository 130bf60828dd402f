package socket

import (
	"os"
	"strconv"
)

// shorter names an open folder in a few bytes (proc_pid_fd(5)).
func shorter(folder *os.File) (path string, ok bool) {
	path = "/proc/self/fd/" + strconv.FormatUint(uint64(folder.Fd()), 10)
	_, err := os.Stat(path)
	return path, err == nil
}
