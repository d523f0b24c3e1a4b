package app

import (
	"context"
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"fonds/app/i18n"
	"fonds/app/ingest"
	"fonds/app/intake"
	"fonds/app/session"
	"fonds/storage"
	"fonds/widgets"
	"fonds/widgets/look"
)

func (w *window) newBusyBar() *widgets.BusyBar {
	return w.s.BusyBar(func(done, total int) string {
		if w.count != nil {
			return w.count(done, total)
		}
		if total == 0 {
			return i18n.N("busy.count", done)
		}
		return i18n.T("busy.of", "n", done, "all", total)
	}, session.PerSecond)
}

// importPaths brings in what lies at and under paths, on a worker, and says at
// the end what was not taken and why. Stopping keeps what came in.
func (w *window) importPaths(paths []string) {
	if ro, _ := w.s.ReadOnly(); ro || w.s.Actor() == "" || w.stopWork != nil {
		w.s.Say(i18n.T("cmd.notnow", "command", w.s.Commands.Get("archive.import").Words()))
		return
	}
	cfg, actor := w.s.Config(), w.s.Actor()
	stop, cancel := context.WithCancel(context.Background())
	w.stopWork = cancel
	w.busy.Start(i18n.T("busy.import"), 0, cancel)
	archive := w.s.Path()
	w.s.Background(func(ctx context.Context, a *storage.Archive) {
		defer context.AfterFunc(ctx, cancel)() // the archive is being closed
		tell := w.s.Tells(stop, w.busy)
		report, err := intake.Run(stop, a, actor, paths, intake.Options{}, func(e intake.Event) { tell(e.Done, e.Total) })
		cfg.Do(func() {
			cancel()
			w.stopWork = nil
			w.busy.Finish()
			if w.s.Path() == archive && !w.closing {
				w.imported(report, err)
			}
		})
	})
}

// imported shows what came in, and tells what did not.
func (w *window) imported(r intake.Report, err error) {
	w.s.Refresh()
	stopped := errors.Is(err, context.Canceled)
	lines := []string{i18n.N("report.imported", r.Imported)}
	if r.Duplicates > 0 {
		lines = append(lines, i18n.N("report.duplicates", r.Duplicates))
	}
	if r.Skipped > 0 {
		lines = append(lines, i18n.N("report.skipped", r.Skipped))
	}
	if stopped && r.Left() > 0 {
		lines = append(lines, i18n.N("report.left", r.Left()))
	}
	if err != nil && !stopped {
		w.tell(i18n.T("import.failed"), strings.Join(append(lines, session.Words(err)), "\n"))
		return
	}
	if len(lines) == 1 {
		w.s.Say(lines[0])
		return
	}
	w.report(lines, r.Skips)
}

// report is the list of what was not taken.
func (w *window) report(lines []string, skips []ingest.Skip) {
	var m *modal
	done := widgets.NewPrimaryButton(i18n.T("button.close"), func() { m.close() })
	done.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
	body := container.NewBorder(paragraph(strings.Join(lines, "\n")), buttons(done), nil, nil)
	if len(skips) > 0 {
		list := widgets.NewList()
		list.Covers = session.Covers
		list.SetCount(len(skips), func(i int) widgets.Row {
			return widgets.Row{Title: skips[i].Path, Sub: skipWords(&skips[i]), Known: true}
		})
		list.OnKey = func(k *fyne.KeyEvent) bool { return m.escape(k) }
		room := canvas.NewRectangle(look.Current().Paper)
		room.SetMinSize(fyne.NewSize(0, float32(min(len(skips), 6))*look.TwoRowHeight))
		body.Add(container.NewStack(room, list))
	}
	m = w.open(i18n.T("report.title"), body, 560, func() {}, done)
}
