//go:build !(linux || darwin || freebsd)

package local

func roomOf(string) (room, bool) { return room{}, false }
