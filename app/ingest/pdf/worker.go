package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/klippa-app/go-pdfium"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"

	"fonds/app/ingest/content"
)

// errPassword is PDFium's for a file that wants a password, or one by other means.
var errPassword = errors.New("it wants a password")

// errBroken is of an instance that is not to be used again; what it was given may be why.
var errBroken = errors.New("PDFium broke off")

// errSlow is of work that was stopped because its time was over.
var errSlow = errors.New("it took too long")

// A worker has one instance of PDFium, which does one thing at a time. Who has taken its turn may use what is below it.
type worker struct {
	e    *Engine
	docs int           // documents that are open here or will be; e.mu
	turn chan struct{} // holds one while nobody works

	inst   pdfium.Pdfium // nil: none is running
	pool   pdfium.Pool
	memory *atomic.Uint64 // bytes of the instance
	gen    int            // counts instances: a document that was opened in another is opened again
	open   int            // documents that are open in it

	hold   sync.Mutex
	cancel context.CancelFunc // stops the instance, also while it works; hold
	dead   []*Doc             // closed, and still open in the instance; hold
}

// do waits for its turn and has the instance do something, for at most so long. An error of the instance discards it.
func (w *worker) do(ctx context.Context, limit time.Duration, f func(pdfium.Pdfium) error) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case <-w.turn:
	case <-ctx.Done():
		return ctx.Err()
	}
	defer func() { w.turn <- struct{}{} }()
	w.tidy()
	if err := w.begin(); err != nil {
		return err
	}
	return w.timed(ctx, limit, f)
}

// timed runs f, and stops the instance when the time is over or ctx is done.
func (w *worker) timed(ctx context.Context, limit time.Duration, f func(pdfium.Pdfium) error) error {
	timeout, stop := context.WithTimeoutCause(ctx, limit, errSlow)
	defer stop()
	off := context.AfterFunc(timeout, w.cancel) // of this instance: none that comes after it is stopped
	err := safely(w.inst, f)
	if !off() {
		w.discard()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("%w (%v)", errSlow, limit)
	}
	if err != nil && broke(err) {
		w.discard()
		return fmt.Errorf("%w: %s", errBroken, firstLine(err))
	}
	return err
}

// safely turns a panic into an error of a broken instance.
func safely(inst pdfium.Pdfium, f func(pdfium.Pdfium) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("%w: %v", errBroken, r)
		}
	}()
	return f(inst)
}

// broke says whether an error is of the machine and not of the document.
func broke(err error) bool {
	s := err.Error()
	return errors.Is(err, errBroken) || strings.Contains(s, "wasm error") || strings.Contains(s, "panic occurred") ||
		strings.Contains(s, "module closed") || strings.Contains(s, "wasm stack trace") || strings.Contains(s, "closed with")
}

// firstLine is an error without the trace below it.
func firstLine(err error) string {
	s, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), errBroken.Error()+": "), "\n")
	return s
}

// begin starts an instance where none is running.
func (w *worker) begin() error {
	if w.inst != nil {
		return nil
	}
	cache, err := w.e.compiled()
	if err != nil {
		return err
	}
	w.memory = new(atomic.Uint64)
	ctx, cancel := context.WithCancel(experimental.WithMemoryAllocator(context.Background(), allocator(w.memory)))
	pool, err := webassembly.Init(webassembly.Config{
		Context: ctx, MaxIdle: 1, MaxTotal: 1,
		FSConfig: wazero.NewFSConfig().WithFSMount(fontFS(w.e.o.Font), "/"),
		RuntimeConfig: wazero.NewRuntimeConfig().
			WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
			WithMemoryLimitPages(w.e.o.MemoryPages).
			WithCloseOnContextDone(true).
			WithCompilationCache(cache),
		Stdout: io.Discard, Stderr: io.Discard,
	})
	if err != nil {
		cancel()
		return fmt.Errorf("pdf: start PDFium: %w", err)
	}
	inst, err := pool.GetInstance(time.Minute)
	if err != nil {
		cancel()
		_ = pool.Close()
		return fmt.Errorf("pdf: start PDFium: %w", err)
	}
	w.inst, w.pool = inst, pool
	w.gen, w.open = w.gen+1, 0
	w.hold.Lock()
	w.cancel, w.dead = cancel, nil
	w.hold.Unlock()
	return nil
}

// interrupt stops the instance, whatever it does. Who works with it gets an error and discards it.
func (w *worker) interrupt() {
	w.hold.Lock()
	defer w.hold.Unlock()
	if w.cancel != nil {
		w.cancel()
	}
}

// discard ends the instance; nobody works with it.
func (w *worker) discard() {
	if w.inst == nil {
		return
	}
	w.interrupt()
	_ = w.pool.Close()
	w.inst, w.pool = nil, nil
	w.hold.Lock()
	w.cancel, w.dead = nil, nil
	w.hold.Unlock()
}

// errorOfOpening sorts what PDFium says when it opens a document.
func errorOfOpening(err error, data []byte) error {
	if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
		err = errPassword
	}
	if broke(err) {
		return err
	}
	return refuse(err, data)
}

// reason turns an error of the machine into one that says what is wrong with the file.
func reason(err error) error {
	switch {
	case errors.Is(err, errSlow):
		return content.Refuse(content.TooMuch, "%v", err)
	case errors.Is(err, errBroken):
		return content.Refuse(content.Damaged, "%v", err)
	}
	return err
}
