//go:build unix

package legacy

import (
	"os/exec"
	"syscall"
)

// usualPlaces are where LibreOffice is when it is not on the path.
var usualPlaces = []string{"/Applications/LibreOffice.app/Contents/MacOS/soffice"}

// together makes a command and all that it starts end together: soffice is a script that starts the program.
func together(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
