package legacy

import (
	"os/exec"
	"strconv"
)

// usualPlaces are where LibreOffice is when it is not on the path.
var usualPlaces = []string{
	`C:\Program Files\LibreOffice\program\soffice.com`, `C:\Program Files (x86)\LibreOffice\program\soffice.com`,
}

// together makes a command and all that it starts end together.
func together(cmd *exec.Cmd) {
	cmd.Cancel = func() error {
		_ = exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid)).Run()
		return cmd.Process.Kill()
	}
}
