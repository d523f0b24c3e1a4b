//go:build !linux

package app

// desktopIsDark is Fyne's business here.
func desktopIsDark() (dark, known bool) { return false, false }

const waitForDesktop = false
