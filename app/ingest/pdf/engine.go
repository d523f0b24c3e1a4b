// Package pdf reads and draws PDF files with PDFium, which runs as WebAssembly: what a file does to it, it does to memory
// of its own, of a stated size, and a page that takes too long is stopped. It draws JPEG 2000 pictures too, which PDFium
// decodes. It is handed bytes; of the disk it uses one folder, where what was compiled is kept, and of the network nothing.
package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"sync"
	"time"

	"github.com/tetratelabs/wazero"

	"fonds/app/ingest/content"
)

// Version is that of the rules of this package: it goes up when the same bytes would give another text.
const Version = "1"

// Options say how an engine works. The zero value works: without a font for Chinese that a file does not hold itself.
type Options struct {
	CacheDir    string        // where compiled PDFium is kept (some 25 MB, 5 s saved at each start); "" for nowhere
	Font        []byte        // OpenType or TrueType with Han characters, for files that name a font and do not hold it
	MemoryPages uint32        // at most so many times 64 KiB for each instance; 0: 3072, 192 MiB
	Instances   int           // how many work at once; 0: 2
	PageTime    time.Duration // at most so long for the text or the picture of a page; 0: 10 s
	FileTime    time.Duration // at most so long for the text of a file; 0: 10 minutes
}

// What holds where Options say nothing.
const (
	memoryPages = 3072
	instances   = 2
	pageTime    = 10 * time.Second
	fileTime    = 10 * time.Minute
	openTime    = 20 * time.Second // to open a file, however large
)

// An Engine is PDFium, ready to read. It is begun when it is first used. All its methods may be called at once.
type Engine struct {
	o Options

	mu      sync.Mutex
	cache   wazero.CompilationCache // shared by all instances; nil before the first
	workers []*worker
	closed  bool
}

// Open makes an engine. Nothing is started yet, and so nothing but the options can be wrong.
func Open(o Options) (*Engine, error) {
	if o.MemoryPages == 0 {
		o.MemoryPages = memoryPages
	}
	if o.MemoryPages < 512 || o.MemoryPages > 65536 {
		return nil, fmt.Errorf("pdf: %d pages of memory: 512 to 65536 are possible", o.MemoryPages)
	}
	if o.Instances == 0 {
		o.Instances = instances
	}
	if o.Instances < 0 || o.Instances > 64 {
		return nil, fmt.Errorf("pdf: %d instances: 1 to 64 are possible", o.Instances)
	}
	if o.PageTime <= 0 {
		o.PageTime = pageTime
	}
	if o.FileTime <= 0 {
		o.FileTime = fileTime
	}
	e := &Engine{o: o}
	for range o.Instances {
		w := &worker{e: e, turn: make(chan struct{}, 1)}
		w.turn <- struct{}{}
		e.workers = append(e.workers, w)
	}
	return e, nil
}

// errClosed is what an engine says after Close.
var errClosed = errors.New("pdf: the engine is closed")

// Close stops all instances, those that work too, and waits for them. Documents that are open are closed with it.
func (e *Engine) Close() error {
	e.mu.Lock()
	if e.closed {
		e.mu.Unlock()
		return nil
	}
	e.closed = true
	e.mu.Unlock()
	for _, w := range e.workers {
		w.interrupt()
		<-w.turn
		w.discard()
		w.turn <- struct{}{} // who waits is told that the engine is closed
	}
	if e.cache != nil {
		return e.cache.Close(context.Background())
	}
	return nil
}

// compiled is the cache of what is compiled: in the folder of the options, or in memory.
func (e *Engine) compiled() (wazero.CompilationCache, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errClosed
	}
	if e.cache != nil {
		return e.cache, nil
	}
	if e.o.CacheDir != "" {
		c, err := wazero.NewCompilationCacheWithDir(e.o.CacheDir)
		if err == nil {
			e.cache = c
			return c, nil
		} // a folder that cannot be written costs seconds, not the file
	}
	e.cache = wazero.NewCompilationCache()
	return e.cache, nil
}

// least chooses the worker with the fewest open documents and counts one more for it.
func (e *Engine) least() (*worker, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errClosed
	}
	best := e.workers[0]
	for _, w := range e.workers[1:] {
		if w.docs < best.docs {
			best = w
		}
	}
	best.docs++
	return best, nil
}

// IsPDF says whether a file is a PDF by its first 4 KB: junk of at most 1,020 bytes stands before its mark, as readers of
// PDF have always allowed, or it begins with an object and its mark is lost.
func IsPDF(head []byte) bool { return hasMark(head) || lostMark.Match(head) }

var (
	mark     = []byte("%PDF-")
	lostMark = regexp.MustCompile(`^(?:%[^\r\n]{0,40}[\r\n]+)?\d{1,6} \d{1,5} obj\b`)
)

func hasMark(head []byte) bool { return bytes.Contains(head[:min(len(head), 1024)], mark) }

// refuse turns an error of PDFium's on opening into a reason.
func refuse(err error, data []byte) error {
	switch {
	case errors.Is(err, errPassword):
		return content.Refuse(content.Encrypted, "")
	case !IsPDF(data):
		return content.Refuse(content.NotIt, "it does not begin like a PDF")
	}
	return content.Refuse(content.Damaged, "PDFium does not find a document in it (%v)", err)
}
