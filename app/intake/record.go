package intake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"fonds/app/ingest/records"
	"fonds/storage"
	"fonds/storage/archive"
)

// ErrLater as the cause of a context that ended: the import is not over but
// interrupted, and is offered for continuing when the archive is opened again.
var ErrLater = errors.New("the import is continued later")

// ErrNotHere is said of an import that is to be continued where what it takes is not:
// in another copy of the archive, or after it has ended.
var ErrNotHere = errors.New("what this import was made of is not known here: import the same again, and what is there is passed over")

// kept is what it takes to continue an import; see storage.KeepImport.
type kept struct {
	Paths     []string                `json:"paths"`
	Encoding  string                  `json:"encoding,omitempty"`
	Encodings map[string]string       `json:"encodings,omitempty"`
	LeftOut   []string                `json:"left_out,omitempty"`
	Gone      []string                `json:"gone,omitempty"` // of Paths
	Plain     bool                    `json:"plain,omitempty"`
	Records   map[string]records.Plan `json:"records,omitempty"`
	Host      string                  `json:"host"`
	PID       int                     `json:"pid"` // of the program that is at it
}

// begin records that an import begins, or takes up one that was interrupted.
func begin(ctx context.Context, a *storage.Archive, actor string, paths []string, o *Options) (archive.ID, error) {
	k := kept{Encoding: o.Encoding, Encodings: o.Encodings, Plain: o.Plain, Records: o.Records, PID: os.Getpid()}
	k.Host, _ = os.Hostname()
	b := archive.ImportBegin{Encoding: o.Encoding, Plain: o.Plain}
	for _, p := range paths {
		gone := o.Gone[p]
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		k.Paths = append(k.Paths, p)
		if gone {
			k.Gone = append(k.Gone, p)
			continue
		}
		if info, err := os.Stat(p); err == nil && !info.IsDir() {
			b.Files++
			p = filepath.Dir(p)
		}
		if !slices.Contains(b.From, p) {
			b.From = append(b.From, p)
		}
	}
	for key, out := range o.LeftOut {
		if out {
			k.LeftOut = append(k.LeftOut, key)
		}
	}
	slices.Sort(k.LeftOut)
	b.LeftOut = len(k.LeftOut)
	if len(o.Encodings) > 0 {
		b.Encodings = map[string]int{}
		for _, enc := range o.Encodings {
			b.Encodings[enc]++
		}
	}
	id := o.Continue
	if id == "" {
		r, err := a.Apply(ctx, actor, &archive.Edit{Do: archive.ImportBeginKind, ImportBegin: &b})
		if err != nil {
			return "", err
		}
		id = r[0].Item
	}
	text, err := json.Marshal(k)
	if err == nil {
		err = a.KeepImport(context.WithoutCancel(ctx), id, string(text)) // it has begun: whatever stops it finds this
	}
	if err != nil { // as on a disk that has filled: it began, and came to nothing
		return "", errors.Join(err, end(context.WithoutCancel(ctx), a, actor, id, o, &Report{}, archive.ImportFailed))
	}
	return id, nil
}

// before counts what had come in before an import was interrupted that is continued
// now: found again, those files are no duplicates.
func before(ctx context.Context, a *storage.Archive, actor string, id archive.ID, r *Report) error {
	self, err := a.Self(ctx)
	if err != nil {
		return err
	}
	it := self.Item(id)
	if it == nil {
		return nil // ending it says so
	}
	n, err := a.ImportedSince(ctx, it.At, it.By, archive.PersonName(actor))
	if err != nil {
		return err
	}
	r.Before = min(max(0, n-r.Imported), r.Duplicates)
	r.Imported, r.Duplicates = r.Imported+r.Before, r.Duplicates-r.Before
	return nil
}

// end records what became of an import.
func end(ctx context.Context, a *storage.Archive, actor string, id archive.ID, o *Options, r *Report, how string) error {
	e := archive.ImportEnd{Of: id, How: how, Continued: o.Continue != "", Imported: r.Imported, Before: r.Before, Duplicates: r.Duplicates, Skipped: r.Skipped,
		Left: r.Left(), Beside: r.Beside, Dropped: slices.Concat(r.Dropped, r.Notes)}
	for why, n := range r.Reasons {
		if e.Reasons == nil {
			e.Reasons = map[string]int{}
		}
		e.Reasons[string(why)] = n
	}
	for _, s := range r.Skips[:min(len(r.Skips), archive.MostSkips)] {
		e.Skips = append(e.Skips, archive.ImportSkip{Path: s.Path, Reason: string(s.Reason), Detail: s.Detail})
	}
	if _, err := a.Apply(ctx, actor, &archive.Edit{Do: archive.ImportEndKind, ImportEnd: &e}); err != nil {
		return fmt.Errorf("recording how the import ended: %w", err)
	}
	return a.ForgetImport(ctx, id)
}

// howEnded says how an import ended that gave err; "" where it is to be continued.
func howEnded(ctx context.Context, err error) string {
	switch {
	case err == nil:
		return archive.ImportFinished
	case errors.Is(context.Cause(ctx), ErrLater):
		return ""
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return archive.ImportStopped
	}
	return archive.ImportFailed
}

// GiveUp records of an import that was interrupted that it is left so.
func GiveUp(ctx context.Context, a *storage.Archive, actor string, id archive.ID) error {
	if _, err := a.Apply(ctx, actor, &archive.Edit{Do: archive.ImportEndKind, ImportEnd: &archive.ImportEnd{Of: id, How: archive.ImportGivenUp}}); err != nil {
		return err
	}
	return a.ForgetImport(ctx, id)
}

// Kept gives what an import was made of that was interrupted, for Run: its paths, and
// options that continue it. ErrNotHere where that is not known.
func Kept(ctx context.Context, a *storage.Archive, id archive.ID) ([]string, Options, error) {
	k, err := keptOf(ctx, a, id)
	if err != nil {
		return nil, Options{}, err
	}
	o := Options{Continue: id, Encoding: k.Encoding, Encodings: k.Encodings, Plain: k.Plain, Records: k.Records}
	for _, key := range k.LeftOut {
		if o.LeftOut == nil {
			o.LeftOut = map[string]bool{}
		}
		o.LeftOut[key] = true
	}
	for _, path := range k.Gone {
		if o.Gone == nil {
			o.Gone = map[string]bool{}
		}
		o.Gone[path] = true
	}
	return k.Paths, o, nil
}

func keptOf(ctx context.Context, a *storage.Archive, id archive.ID) (k kept, err error) {
	text, err := a.KeptImport(ctx, id)
	if err != nil {
		return k, err
	}
	if text == "" || json.Unmarshal([]byte(text), &k) != nil {
		return k, ErrNotHere
	}
	return k, nil
}

// Interrupted gives the latest import of the archive that began and did not end, if
// it can be continued here: it is known what it was made of, and no program is at it.
func Interrupted(ctx context.Context, a *storage.Archive) (*archive.Item, error) {
	self, err := a.Self(ctx)
	if err != nil {
		return nil, err
	}
	host, _ := os.Hostname()
	for _, it := range archive.Interrupted(self) {
		switch k, err := keptOf(ctx, a, it.ID); {
		case errors.Is(err, ErrNotHere):
		case err != nil:
			return nil, err
		case k.Host == host && atWork(k.PID):
		default:
			return it, nil
		}
	}
	return nil, nil
}

// atWork says whether another process of that number runs.
func atWork(pid int) bool { return pid != os.Getpid() && pid > 0 && alive(pid) }
