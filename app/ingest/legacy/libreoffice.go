package legacy

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"fonds/app/ingest/content"
	"fonds/app/ingest/rtf"
)

// Bounds of one run of LibreOffice. Tests have smaller ones.
var (
	timeLimit       = 60 * time.Second
	maxOutput int64 = 256 << 20 // bytes of what it makes; its folder may have twice as many
)

// watch is how often its folder is looked at.
const watch = 200 * time.Millisecond

// turn lets one LibreOffice run at a time: each takes some 300 MB.
var turn = make(chan struct{}, 1)

// Installed says whether LibreOffice is on this machine.
func Installed() bool { return program() != "" }

// program gives the path of LibreOffice, "" where there is none.
func program() string {
	for _, name := range []string{"soffice", "libreoffice"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	for _, path := range usualPlaces {
		if info, err := os.Stat(path); err == nil && !info.IsDir() {
			return path
		}
	}
	return ""
}

// locked is the profile: no macro and nothing active runs, nothing that a document names elsewhere is fetched.
const locked = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
`

// errTooLarge and errTooLong are why a run was ended.
var (
	errTooLarge = errors.New("too large")
	errTooLong  = errors.New("too long")
)

// convert has LibreOffice turn a file into a format that is read here, and reads that.
func convert(ctx context.Context, data []byte, f *family) (*content.Content, error) {
	select {
	case turn <- struct{}{}:
		defer func() { <-turn }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	made, err := run(ctx, data, f)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case errors.Is(err, errTooLarge):
		return nil, content.Refuse(content.TooMuch, "LibreOffice writes more than %d bytes of it", maxOutput)
	case errors.Is(err, errTooLong):
		return nil, content.Refuse(content.TooMuch, "LibreOffice took more than %v", timeLimit)
	case err != nil:
		return nil, content.Refuse(content.Damaged, "LibreOffice does not read it (%v)", err)
	}
	if f == word {
		c, err := rtf.RTF(ctx, made)
		if err == nil {
			c.Parts = nil // LibreOffice's copies of pictures and objects
		}
		return c, err
	}
	return openDocument(ctx, made)
}

// run runs LibreOffice in a folder of its own, and gives the file that it makes.
func run(ctx context.Context, data []byte, f *family) ([]byte, error) {
	dir, err := os.MkdirTemp("", "fonds-office-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	profile := filepath.Join(dir, "profile")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(locked), 0o600); err != nil {
		return nil, err
	}
	in := filepath.Join(dir, "document."+f.ext)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, timeLimit, errTooLong)
	defer cancel()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	cmd := exec.CommandContext(ctx, program(), "--headless", "--norestore", "--nodefault", "--nolockcheck", "--nologo",
		"--nofirststartwizard", "-env:UserInstallation="+fileURL(profile), "--convert-to", f.to, "--outdir", filepath.Join(dir, "out"), in)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "HOME="+dir, "TMPDIR="+dir, "SAL_USE_VCLPLUGIN=svp", "LC_ALL=C.UTF-8")
	together(cmd)
	cmd.WaitDelay = 2 * time.Second
	watched := make(chan struct{})
	go func() {
		defer close(watched)
		tooLarge(ctx, dir, stop)
	}()
	err = cmd.Run()
	cause := context.Cause(ctx)
	stop(nil)
	<-watched
	if cause != nil {
		return nil, cause
	}
	if err != nil {
		return nil, errors.New("it ended with " + err.Error())
	}
	ext, _, _ := strings.Cut(f.to, ":")
	return result(filepath.Join(dir, "out", "document."+ext))
}

// result reads what was made.
func result(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("it made nothing of it")
	} else if err != nil {
		return nil, err
	}
	if info.Size() > maxOutput {
		return nil, errTooLarge
	}
	return os.ReadFile(path)
}

// tooLarge stops a run whose folder grows beyond its bound.
func tooLarge(ctx context.Context, dir string, stop context.CancelCauseFunc) {
	for tick := time.NewTicker(watch); ; {
		select {
		case <-ctx.Done():
			tick.Stop()
			return
		case <-tick.C:
		}
		var size int64
		_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err == nil {
					size += info.Size()
				}
			}
			return nil // what is gone again is not counted
		})
		if size > 2*maxOutput {
			stop(errTooLarge)
		}
	}
}

// fileURL writes a path as LibreOffice wants it.
func fileURL(path string) string {
	path = filepath.ToSlash(path)
	if runtime.GOOS == "windows" {
		path = "/" + path
	}
	return (&url.URL{Scheme: "file", Path: path}).String()
}
