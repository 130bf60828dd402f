package socket

import (
	"net"
	"syscall"
)

// peerID is the user of the process at the other end, as the kernel knows it
// (SO_PEERCRED, unix(7)).
func peerID(conn *net.UnixConn) (uid int, known bool) {
	rc, err := conn.SyscallConn()
	if err != nil {
		return 0, false
	}
	var cred *syscall.Ucred
	var got error
	err = rc.Control(func(fd uintptr) {
		cred, got = syscall.GetsockoptUcred(int(fd), syscall.SOL_SOCKET, syscall.SO_PEERCRED)
	})
	if err != nil || got != nil {
		return 0, false
	}
	return int(cred.Uid), true
}
