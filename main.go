// Fonds is a workbench for archivists. Without a verb it opens the window; with
// one it does the same work without a window.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"fonds/app/command"
)

// version is set when the program is built.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl+C ends it at once
	os.Exit(command.Run(ctx, os.Args[1:], command.System(version)))
}
