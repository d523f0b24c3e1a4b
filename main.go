// Fonds is a workbench for archivists. Without a verb it opens the window; with
// one it does the same work without a window.
package main

import (
	"context"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"syscall"

	"fonds/app"
	"fonds/app/command"
)

// version is set when the program is built.
var version = "dev"

func main() {
	if path, sample, ok := command.Window(os.Args[1:]); ok {
		if why := command.NoDisplay(runtime.GOOS, os.Getenv); why != "" {
			fmt.Fprintln(os.Stderr, why)
			os.Exit(2)
		}
		if err := app.Run(app.Options{Archive: path, Sample: sample, Version: version}); err != nil {
			fmt.Fprintln(os.Stderr, "fonds:", err)
			os.Exit(3)
		}
		return
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends it at once
	os.Exit(command.Run(ctx, os.Args[1:], command.System(version)))
}
