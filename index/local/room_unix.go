//go:build linux || darwin || freebsd

package local

import "syscall"

// roomOf asks the system for the free bytes and files of a folder's disk.
func roomOf(dir string) (r room, ok bool) {
	var s syscall.Statfs_t
	if err := syscall.Statfs(dir, &s); err != nil {
		return r, false
	}
	return room{int64(s.Bavail) * int64(s.Bsize), int64(s.Ffree)}, true
}
