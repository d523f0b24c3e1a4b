package app

import "github.com/rymdport/portal/settings/appearance"

// desktopIsDark asks the desktop for its colours; known is false where it does
// not say. It may take its time: call it on a worker.
func desktopIsDark() (dark, known bool) {
	scheme, err := appearance.GetColorScheme()
	return scheme == appearance.Dark, err == nil
}

// waitForDesktop says that Fyne takes a desktop that says nothing for a dark
// one, so that its word is waited for.
const waitForDesktop = true
