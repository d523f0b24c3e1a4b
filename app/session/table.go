package session

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"fonds/app/i18n"
)

// Menu is a menu of the window, by the key of its words; "" is none.
type Menu string

// The menus, in their order.
var (
	FileMenu     = Menu(i18n.K("menu.file"))
	EditMenu     = Menu(i18n.K("menu.edit"))
	DocumentMenu = Menu(i18n.K("menu.document"))
	MarkMenu     = Menu(i18n.K("menu.mark"))
	ReviewMenu   = Menu(i18n.K("menu.review"))
	TagMenu      = Menu(i18n.K("menu.tag"))
	ViewMenu     = Menu(i18n.K("menu.view"))
	HelpMenu     = Menu(i18n.K("menu.help"))
)

// Menus lists them.
func Menus() []Menu {
	return []Menu{FileMenu, EditMenu, DocumentMenu, MarkMenu, ReviewMenu, TagMenu, ViewMenu, HelpMenu}
}

func ctrl(k fyne.KeyName) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault}
}

func ctrlShift(k fyne.KeyName) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift}
}

// altShift is for what the fields of the inspector have another use for with Alt
// alone: Alt+N is another value there, Alt+W the place of a value in the text.
func altShift(k fyne.KeyName) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt | fyne.KeyModifierShift}
}

func alt(k fyne.KeyName) desktop.CustomShortcut {
	return desktop.CustomShortcut{KeyName: k, Modifier: fyne.KeyModifierAlt}
}

func keys(k ...desktop.CustomShortcut) []desktop.CustomShortcut { return k }

// table is every command of the program. Ctrl+Space, Shift+Space and Ctrl+Period
// belong to input methods and are taken by none.
func table() []*Command {
	list := []*Command{
		{ID: "archive.new", Label: i18n.K("cmd.new"), Menu: FileMenu, Shortcuts: keys(ctrl(fyne.KeyN))},
		{ID: "archive.open", Label: i18n.K("cmd.open"), Menu: FileMenu, Shortcuts: keys(ctrl(fyne.KeyO))},
		{ID: "archive.reopen", Label: i18n.K("cmd.reopen"), Menu: FileMenu},
		{ID: "archive.sample", Label: i18n.K("cmd.sample"), Menu: FileMenu},
		{ID: "archive.close", Label: i18n.K("cmd.close"), Menu: FileMenu, Shortcuts: keys(ctrl(fyne.KeyW))},
		{ID: "save.again", Label: i18n.K("cmd.saveagain"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyS))},
		{ID: "archive.import", Label: i18n.K("cmd.import"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyI))},
		{ID: "importing.open", Label: i18n.K("cmd.importing"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyI))},
		{ID: "importing.run", Label: i18n.K("cmd.importing.run"), Menu: FileMenu, Group: 1},
		{ID: "importing.pause", Label: i18n.K("cmd.importing.pause"), Menu: FileMenu, Group: 1},
		{ID: "importing.stop", Label: i18n.K("cmd.importing.stop"), Menu: FileMenu, Group: 1},
		{ID: "importing.encoding", Label: i18n.K("cmd.importing.encoding"), Menu: FileMenu, Group: 1, Rune: 'e', On: "importing"},
		{ID: "importing.records", Label: i18n.K("cmd.importing.records"), Menu: FileMenu, Group: 1, Rune: 'r', On: "importing"},
		{ID: "importing.one", Label: i18n.K("cmd.importing.one"), Menu: FileMenu, Group: 1, Rune: 'd', On: "importing"},
		{ID: "importing.sheet", Label: i18n.K("cmd.importing.sheet"), Menu: FileMenu, Group: 1, Rune: 's', On: "importing"},
		{ID: "importing.head", Label: i18n.K("cmd.importing.head"), Menu: FileMenu, Group: 1, Rune: 'h', On: "importing"},
		{ID: "importing.split", Label: i18n.K("cmd.importing.split"), Menu: FileMenu, Group: 1, Rune: 'p', On: "importing"},
		{ID: "importing.leaveout", Label: i18n.K("cmd.importing.leaveout"), Menu: FileMenu, Group: 1, Rune: 'x', On: "importing"},
		{ID: "importing.continue", Label: i18n.K("cmd.importing.continue"), Menu: FileMenu, Group: 1},
		{ID: "importing.leave", Label: i18n.K("cmd.importing.leave"), Menu: FileMenu, Group: 1},
		{ID: "catalogue.open", Label: i18n.K("cmd.catalogue"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyT))},
		{ID: "catalogue.choose", Label: i18n.K("cmd.catalogue.choose"), Menu: FileMenu, Group: 1, Rune: 'o', On: "catalogue"},
		{ID: "catalogue.reading", Label: i18n.K("cmd.catalogue.reading"), Menu: FileMenu, Group: 1, Rune: 'e', On: "catalogue"},
		{ID: "catalogue.match", Label: i18n.K("cmd.catalogue.match"), Menu: FileMenu, Group: 1, Rune: 'm', On: "catalogue"},
		{ID: "catalogue.split", Label: i18n.K("cmd.catalogue.split"), Menu: FileMenu, Group: 1, Rune: 's', On: "catalogue"},
		{ID: "catalogue.beside", Label: i18n.K("cmd.catalogue.beside"), Menu: FileMenu, Group: 1, Rune: 'b', On: "catalogue"},
		{ID: "catalogue.out", Label: i18n.K("cmd.catalogue.out"), Menu: FileMenu, Group: 1, Rune: 'x', On: "catalogue"},
		{ID: "catalogue.desk", Label: i18n.K("cmd.catalogue.desk"), Menu: FileMenu, Group: 1, Rune: 'd', On: "catalogue"},
		{ID: "catalogue.take", Label: i18n.K("cmd.catalogue.take"), Menu: FileMenu, Group: 1, Rune: 't', On: "catalogue"},
		{ID: "publish.open", Label: i18n.K("cmd.publish"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyE))},
		{ID: "publish.write", Label: i18n.K("publish.do"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyW))},
		{ID: "print.document", Label: i18n.K("cmd.print"), Menu: FileMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyP))},
		{ID: "print.list", Label: i18n.K("cmd.print.list"), Menu: FileMenu, Group: 1},
		{ID: "archive.backup", Label: i18n.K("cmd.backup"), Menu: FileMenu, Group: 1},
		{ID: "archive.recover", Label: i18n.K("cmd.recover"), Menu: FileMenu, Group: 1},
		{ID: "archive.erase", Label: i18n.K("cmd.erase"), Menu: FileMenu, Group: 1},
		{ID: "archive.people", Label: i18n.K("cmd.people"), Menu: FileMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.KeyP))},
		{ID: "archive.template", Label: i18n.K("cmd.template"), Menu: FileMenu, Group: 2},
		{ID: "archive.labels", Label: i18n.K("cmd.labels"), Menu: FileMenu, Group: 2},
		{ID: "person", Label: i18n.K("cmd.person"), Menu: FileMenu, Group: 2},
		{ID: "settings", Label: i18n.K("cmd.settings"), Menu: FileMenu, Group: 2, Shortcuts: keys(ctrl(fyne.KeyComma))},
		{ID: "quit", Label: i18n.K("cmd.quit"), Menu: FileMenu, Group: 3, Shortcuts: keys(ctrl(fyne.KeyQ))},

		{ID: "undo", Label: i18n.K("cmd.undo"), Menu: EditMenu, Shortcuts: keys(ctrl(fyne.KeyZ))},
		{ID: "redo", Label: i18n.K("cmd.redo"), Menu: EditMenu, Shortcuts: keys(ctrl(fyne.KeyY), ctrlShift(fyne.KeyZ))},
		{ID: "text.find", Label: i18n.K("cmd.find"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyF))},
		{ID: "text.next", Label: i18n.K("cmd.findnext"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyG)), Key: fyne.KeyF3},
		{ID: "text.previous", Label: i18n.K("cmd.findprevious"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyG))},
		{ID: "search", Label: i18n.K("cmd.search"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyF))},
		{ID: "search.narrow", Label: i18n.K("cmd.narrow"), Menu: EditMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyF))},
		{ID: "search.exact", Label: i18n.K("cmd.search.exact"), Menu: EditMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyEqual))},
		{ID: "text.copyfull", Label: i18n.K("cmd.copyfull"), Menu: EditMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.KeyC))},
		{ID: "menu.here", Label: i18n.K("cmd.menuhere"), Menu: EditMenu, Group: 3, Shortcuts: keys(ctrl(fyne.KeyF10)), Key: desktop.KeyMenu},
		{ID: "palette", Label: i18n.K("cmd.palette"), Menu: EditMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyK))},

		{ID: "doc.next", Label: i18n.K("cmd.next"), Menu: DocumentMenu, Shortcuts: keys(alt(fyne.KeyDown)), Rune: 'j'},
		{ID: "doc.previous", Label: i18n.K("cmd.previous"), Menu: DocumentMenu, Shortcuts: keys(alt(fyne.KeyUp)), Rune: 'k'},
		{ID: "list.find", Label: i18n.K("cmd.listfind"), Menu: DocumentMenu, Shortcuts: keys(alt(fyne.KeySlash)), Rune: '/'},
		{ID: "draft.next", Label: i18n.K("cmd.draft"), Menu: DocumentMenu},
		{ID: "proposal.take", Label: i18n.K("cmd.take"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyA)), Document: true},
		{ID: "proposal.refuse", Label: i18n.K("cmd.refuse"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyR)), Document: true},
		{ID: "proposal.amend", Label: i18n.K("cmd.amend"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyM)), Document: true},
		{ID: "proposal.withdraw", Label: i18n.K("cmd.withdraw"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyB)), Document: true},
		{ID: "proposal.takeall", Label: i18n.K("cmd.takeall"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(ctrlShift(fyne.KeyReturn), ctrlShift(fyne.KeyA)), Rune: 'A', Document: true},
		{ID: "field.from", Label: i18n.K("cmd.fieldfrom"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyF)), Rune: 'f', Document: true},
		{ID: "field.copy", Label: i18n.K("cmd.fieldcopy"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyU)), Rune: 'u', Document: true},
		{ID: "field.notstated", Label: i18n.K("cmd.notstated"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(alt(fyne.Key0)), Document: true},
		{ID: "doc.split", Label: i18n.K("cmd.split"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyS)), Document: true},
		{ID: "doc.kin", Label: i18n.K("cmd.kin"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyO)), Document: true},
		{ID: "doc.belong", Label: i18n.K("cmd.belong"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyU)), Document: true},
		{ID: "doc.apart", Label: i18n.K("cmd.apart"), Menu: DocumentMenu, Group: 2, Document: true},
		{ID: "doc.reread", Label: i18n.K("cmd.reread"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyT)), Document: true},
		{ID: "part.up", Label: i18n.K("cmd.part.up"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyUp)), Document: true},
		{ID: "part.down", Label: i18n.K("cmd.part.down"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyDown)), Document: true},
		{ID: "part.places", Label: i18n.K("cmd.part.places"), Menu: DocumentMenu, Group: 2, Document: true},
		{ID: "furniture.none", Label: i18n.K("cmd.furniture.none"), Menu: DocumentMenu, Group: 2, Document: true},
		{ID: "note.add", Label: i18n.K("cmd.note"), Menu: DocumentMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyN)), Rune: 'n', Document: true},
		{ID: "tab.talk", Label: i18n.K("cmd.tab.talk"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(ctrl(fyne.Key5))},
		{ID: "thread.ask", Label: i18n.K("cmd.ask"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyQ)), Rune: 'q', Document: true},
		{ID: "doc.check", Label: i18n.K("cmd.check"), Menu: ReviewMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyReturn)), Document: true},
		{ID: "review.open", Label: i18n.K("cmd.review"), Menu: ReviewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.KeyR))},
		{ID: "review.approve", Label: i18n.K("cmd.review.approve"), Menu: ReviewMenu, Group: 2, Rune: 'a', On: "review"},
		{ID: "review.reject", Label: i18n.K("cmd.review.reject"), Menu: ReviewMenu, Group: 2, Rune: 'x', On: "review"},
		{ID: "review.amend", Label: i18n.K("cmd.review.amend"), Menu: ReviewMenu, Group: 2, Rune: 'e', On: "review"},
		{ID: "review.ask", Label: i18n.K("cmd.review.ask"), Menu: ReviewMenu, Group: 2, Rune: 'q', On: "review"},
		{ID: "review.approveall", Label: i18n.K("cmd.review.approveall"), Menu: ReviewMenu, Group: 2, Rune: 'A', On: "review"},
		{ID: "review.rejectall", Label: i18n.K("cmd.review.rejectall"), Menu: ReviewMenu, Group: 2, Rune: 'X', On: "review"},
		{ID: "review.document", Label: i18n.K("cmd.review.document"), Menu: ReviewMenu, Group: 2, Rune: 'd', On: "review"},
		{ID: "review.return", Label: i18n.K("cmd.review.return"), Menu: ReviewMenu, Group: 2, Rune: 'D', On: "review"},
		{ID: "review.filter", Label: i18n.K("cmd.review.filter"), Menu: ReviewMenu, Group: 2, Rune: 'f', On: "review"},
		{ID: "review.goto", Label: i18n.K("cmd.review.goto"), Menu: ReviewMenu, Group: 2, Rune: 'o', On: "review"},
		{ID: "review.next", Label: i18n.K("cmd.review.next"), Menu: ReviewMenu, Group: 2, Rune: 'j', On: "review"},
		{ID: "review.previous", Label: i18n.K("cmd.review.previous"), Menu: ReviewMenu, Group: 2, Rune: 'k', On: "review"},

		{ID: "doc.submit", Label: i18n.K("cmd.submit"), Menu: ReviewMenu, Shortcuts: keys(ctrl(fyne.KeyReturn), ctrl(fyne.KeyEnter)), Document: true},
		{ID: "doc.recall", Label: i18n.K("cmd.recall"), Menu: ReviewMenu, Shortcuts: keys(altShift(fyne.KeyB)), Document: true},
		{ID: "doc.return", Label: i18n.K("cmd.return"), Menu: ReviewMenu, Shortcuts: keys(altShift(fyne.KeyR)), Document: true},
		{ID: "doc.approve", Label: i18n.K("cmd.approve"), Menu: ReviewMenu, Shortcuts: keys(altShift(fyne.KeyA)), Document: true},

		{ID: "doc.stars", Label: i18n.K("cmd.stars"), Menu: ReviewMenu, Group: 4, Document: true},
		{ID: "sample.sound", Label: i18n.K("cmd.sample.sound"), Menu: ReviewMenu, Group: 4, Document: true},
		{ID: "sample.faulty", Label: i18n.K("cmd.sample.faulty"), Menu: ReviewMenu, Group: 4, Document: true},
		{ID: "oversight.open", Label: i18n.K("cmd.oversight"), Menu: ReviewMenu, Group: 4, Shortcuts: keys(ctrlShift(fyne.KeyO))},
		{ID: "oversight.report", Label: i18n.K("cmd.oversight.report"), Menu: ReviewMenu, Group: 4},

		{ID: "doc.assign", Label: i18n.K("cmd.assign"), Menu: DocumentMenu, Group: 3, Shortcuts: keys(ctrlShift(fyne.KeyM))},
		{ID: "doc.mine", Label: i18n.K("cmd.assign.mine"), Menu: DocumentMenu, Group: 3},
		{ID: "doc.giveback", Label: i18n.K("cmd.assign.back"), Menu: DocumentMenu, Group: 3},
		{ID: "doc.remove", Label: i18n.K("cmd.docremove"), Menu: DocumentMenu, Group: 4, Document: true},
		{ID: "doc.restore", Label: i18n.K("cmd.docrestore"), Menu: DocumentMenu, Group: 4, Document: true},
		{ID: "doc.destroy", Label: i18n.K("cmd.destroy"), Menu: DocumentMenu, Group: 4, Document: true},

		{ID: "mark.person", Label: i18n.K("cmd.mark.person"), Menu: MarkMenu, Shortcuts: keys(alt(fyne.KeyP)), Rune: 'p', Document: true},
		{ID: "mark.organisation", Label: i18n.K("cmd.mark.organisation"), Menu: MarkMenu, Shortcuts: keys(alt(fyne.KeyO)), Rune: 'o', Document: true},
		{ID: "mark.place", Label: i18n.K("cmd.mark.place"), Menu: MarkMenu, Shortcuts: keys(alt(fyne.KeyL)), Rune: 'l', Document: true},
		{ID: "mark.date", Label: i18n.K("cmd.mark.date"), Menu: MarkMenu, Shortcuts: keys(alt(fyne.KeyD)), Rune: 'd', Document: true},
		{ID: "mark.event", Label: i18n.K("cmd.mark.event"), Menu: MarkMenu, Shortcuts: keys(alt(fyne.KeyV)), Rune: 'v', Document: true},
		{ID: "mark.work", Label: i18n.K("cmd.mark.work"), Menu: MarkMenu, Shortcuts: keys(altShift(fyne.KeyW)), Rune: 'w', Document: true},
		{ID: "mark.every", Label: i18n.K("cmd.mark.every"), Menu: MarkMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyM)), Rune: 'r', Document: true},
		{ID: "mark.comment", Label: i18n.K("cmd.mark.comment"), Menu: MarkMenu, Group: 1, Shortcuts: keys(altShift(fyne.KeyC)), Rune: 'm', Document: true},
		{ID: "mark.start.left", Label: i18n.K("cmd.mark.start.left"), Menu: MarkMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyLeftBracket)), Rune: '[', Document: true},
		{ID: "mark.start.right", Label: i18n.K("cmd.mark.start.right"), Menu: MarkMenu, Group: 2, Shortcuts: keys(alt(fyne.KeyRightBracket)), Rune: ']', Document: true},
		{ID: "mark.end.left", Label: i18n.K("cmd.mark.end.left"), Menu: MarkMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyLeftBracket)), Rune: '{', Document: true},
		{ID: "mark.end.right", Label: i18n.K("cmd.mark.end.right"), Menu: MarkMenu, Group: 2, Shortcuts: keys(altShift(fyne.KeyRightBracket)), Rune: '}', Document: true},
		{ID: "correct", Label: i18n.K("cmd.correct"), Menu: MarkMenu, Group: 3, Shortcuts: keys(alt(fyne.KeyE)), Rune: 'e', Document: true},
		{ID: "correct.every", Label: i18n.K("cmd.correct.every"), Menu: MarkMenu, Group: 3, Shortcuts: keys(altShift(fyne.KeyE)), Rune: 'E', Document: true},
		{ID: "mark.look", Label: i18n.K("cmd.mark.look"), Menu: MarkMenu, Group: 4, Shortcuts: keys(alt(fyne.KeyX)), Rune: 'x', Document: true},
		{ID: "mark.confirm", Label: i18n.K("cmd.confirm"), Menu: MarkMenu, Group: 4, Shortcuts: keys(alt(fyne.KeyC)), Rune: 'c', Document: true},
		{ID: "mark.confirmlike", Label: i18n.K("cmd.confirmlike"), Menu: MarkMenu, Group: 4, Shortcuts: keys(altShift(fyne.KeyX)), Rune: 'C', Document: true},
		{ID: "mark.remove", Label: i18n.K("cmd.remove"), Menu: MarkMenu, Group: 4, Shortcuts: keys(alt(fyne.KeyDelete)), Key: fyne.KeyDelete, Document: true},
	}
	for n := range 9 {
		digit := fyne.KeyName(fmt.Sprint(n + 1))
		list = append(list, &Command{ID: "tag." + string(digit), Label: i18n.K("cmd.tag"), Menu: TagMenu,
			Shortcuts: keys(alt(digit)), Rune: rune('1' + n), Document: true})
	}
	list = append(list,
		&Command{ID: "tag.name", Label: i18n.K("cmd.tagname"), Menu: TagMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyT)), Rune: 't', Document: true},

		&Command{ID: "tab.fields", Label: i18n.K("cmd.tab.fields"), Menu: ViewMenu, Shortcuts: keys(ctrl(fyne.Key1))},
		&Command{ID: "tab.tags", Label: i18n.K("cmd.tab.tags"), Menu: ViewMenu, Shortcuts: keys(ctrl(fyne.Key2))},
		&Command{ID: "tab.marks", Label: i18n.K("cmd.tab.marks"), Menu: ViewMenu, Shortcuts: keys(ctrl(fyne.Key3))},
		&Command{ID: "tab.history", Label: i18n.K("cmd.tab.history"), Menu: ViewMenu, Shortcuts: keys(ctrl(fyne.Key4))},
		&Command{ID: "history.of", Label: i18n.K("cmd.historyof"), Menu: ViewMenu, Shortcuts: keys(alt(fyne.KeyH)), Rune: 'h', Document: true},
		&Command{ID: "pane.next", Label: i18n.K("cmd.pane"), Menu: ViewMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyF6)), Key: fyne.KeyF6},
		&Command{ID: "pane.list", Label: i18n.K("cmd.pane.list"), Menu: ViewMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyL))},
		&Command{ID: "pane.text", Label: i18n.K("cmd.pane.text"), Menu: ViewMenu, Group: 1, Shortcuts: keys(ctrl(fyne.KeyT))},
		&Command{ID: "text.back", Label: i18n.K("cmd.back"), Menu: ViewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyLeft))},
		&Command{ID: "text.forward", Label: i18n.K("cmd.forward"), Menu: ViewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyRight))},
		&Command{ID: "text.outline", Label: i18n.K("cmd.outline"), Menu: ViewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyG)), Rune: 'g'},
		&Command{ID: "text.view", Label: i18n.K("cmd.view"), Menu: ViewMenu, Group: 1, Shortcuts: keys(alt(fyne.KeyS)), Rune: 's'},
		&Command{ID: "filter.all", Label: i18n.K("cmd.filter.all"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key1))},
		&Command{ID: "filter.todo", Label: i18n.K("cmd.filter.todo"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key2))},
		&Command{ID: "filter.progress", Label: i18n.K("cmd.filter.progress"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key3))},
		&Command{ID: "filter.proposals", Label: i18n.K("cmd.filter.proposals"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key4))},
		&Command{ID: "filter.submitted", Label: i18n.K("cmd.filter.submitted"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key5))},
		&Command{ID: "filter.returned", Label: i18n.K("cmd.filter.returned"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key6))},
		&Command{ID: "filter.approved", Label: i18n.K("cmd.filter.approved"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key7))},
		&Command{ID: "filter.mine", Label: i18n.K("cmd.filter.mine"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key9))},
		&Command{ID: "filter.questions", Label: i18n.K("cmd.filter.questions"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key0))},
		&Command{ID: "filter.unassigned", Label: i18n.K("cmd.filter.unassigned"), Menu: ViewMenu, Group: 2},
		&Command{ID: "filter.removed", Label: i18n.K("cmd.filter.removed"), Menu: ViewMenu, Group: 2, Shortcuts: keys(ctrlShift(fyne.Key8))},
		&Command{ID: "duplicates.open", Label: i18n.K("cmd.duplicates"), Menu: DocumentMenu, Group: 5, Shortcuts: keys(ctrlShift(fyne.KeyD))},
		&Command{ID: "duplicates.next", Label: i18n.K("cmd.duplicates.next"), Menu: DocumentMenu, Group: 5, Rune: 'j', On: "duplicates"},
		&Command{ID: "duplicates.previous", Label: i18n.K("cmd.duplicates.previous"), Menu: DocumentMenu, Group: 5, Rune: 'k', On: "duplicates"},
		&Command{ID: "duplicates.other", Label: i18n.K("cmd.duplicates.other"), Menu: DocumentMenu, Group: 5, Rune: 'd', On: "duplicates"},
		&Command{ID: "duplicates.swap", Label: i18n.K("cmd.duplicates.swap"), Menu: DocumentMenu, Group: 5, Rune: 's', On: "duplicates"},
		&Command{ID: "duplicates.difference", Label: i18n.K("cmd.duplicates.difference"), Menu: DocumentMenu, Group: 5, Rune: 'n', On: "duplicates"},
		&Command{ID: "duplicates.differenceback", Label: i18n.K("cmd.duplicates.differenceback"), Menu: DocumentMenu, Group: 5, Rune: 'p', On: "duplicates"},
		&Command{ID: "duplicates.left", Label: i18n.K("cmd.duplicates.left"), Menu: DocumentMenu, Group: 5, Rune: 'o', On: "duplicates"},
		&Command{ID: "duplicates.right", Label: i18n.K("cmd.duplicates.right"), Menu: DocumentMenu, Group: 5, Rune: 'O', On: "duplicates"},
		&Command{ID: "duplicates.copy", Label: i18n.K("cmd.duplicates.copy"), Menu: DocumentMenu, Group: 5, Rune: 'c', On: "duplicates"},
		&Command{ID: "duplicates.copyback", Label: i18n.K("cmd.duplicates.copyback"), Menu: DocumentMenu, Group: 5, Rune: 'C', On: "duplicates"},
		&Command{ID: "duplicates.remove", Label: i18n.K("cmd.duplicates.remove"), Menu: DocumentMenu, Group: 5, Rune: 'x', On: "duplicates"},
		&Command{ID: "duplicates.removeleft", Label: i18n.K("cmd.duplicates.removeleft"), Menu: DocumentMenu, Group: 5, Rune: 'X', On: "duplicates"},
		&Command{ID: "duplicates.again", Label: i18n.K("cmd.duplicates.again"), Menu: DocumentMenu, Group: 5, Rune: 'r', On: "duplicates"},
		&Command{ID: "text.larger", Label: i18n.K("cmd.larger"), Menu: ViewMenu, Group: 3,
			Shortcuts: keys(ctrl(fyne.KeyEqual), ctrlShift(fyne.KeyEqual), ctrl(fyne.KeyPlus), ctrlShift(fyne.KeyPlus))},
		&Command{ID: "text.smaller", Label: i18n.K("cmd.smaller"), Menu: ViewMenu, Group: 3, Shortcuts: keys(ctrl(fyne.KeyMinus))},
		&Command{ID: "text.normal", Label: i18n.K("cmd.normal"), Menu: ViewMenu, Group: 3, Shortcuts: keys(ctrl(fyne.Key0))},
		&Command{ID: "theme.system", Label: i18n.K("cmd.theme.system"), Menu: ViewMenu, Group: 4},
		&Command{ID: "theme.light", Label: i18n.K("cmd.theme.light"), Menu: ViewMenu, Group: 4},
		&Command{ID: "theme.dark", Label: i18n.K("cmd.theme.dark"), Menu: ViewMenu, Group: 4},
		&Command{ID: "theme.contrast", Label: i18n.K("cmd.theme.contrast"), Menu: ViewMenu, Group: 4},
		&Command{ID: "language.system", Label: i18n.K("cmd.language.system"), Menu: ViewMenu, Group: 5},
		&Command{ID: "language.en", Label: i18n.K("cmd.language.en"), Menu: ViewMenu, Group: 5},
		&Command{ID: "language.zh", Label: i18n.K("cmd.language.zh"), Menu: ViewMenu, Group: 5},

		&Command{ID: "shortcuts", Label: i18n.K("cmd.shortcuts"), Menu: HelpMenu, Shortcuts: keys(ctrl(fyne.KeySlash)), Rune: '?', Key: fyne.KeyF1},
		&Command{ID: "about", Label: i18n.K("cmd.about"), Menu: HelpMenu},
	)
	list = append(list, clusterCommands()...)
	list = append(list, pictureCommands()...)
	list = append(list, arrangeCommands()...)
	list = append(list, templateCommands()...)
	list = append(list, checksCommands()...)
	list = append(list, vocabularyCommands()...)
	list = append(list, findCommands()...)
	list = append(list, concordCommands()...)
	return slices.Clip(withSaved(list))
}

// bindOwn binds what needs no screen.
func (c *Commands) bindOwn() {
	s := c.s
	writable := func() bool { ro, _ := s.ReadOnly(); return !ro && s.actor != "" }
	onDoc := c.onDoc
	c.Bind("undo", func() { s.Undo(false, nil) }, writable)
	c.Bind("redo", func() { s.Redo(false, nil) }, writable)
	c.Get("undo").words = func() string { return turnLabel(true, s.turns.undo) }
	c.Get("redo").words = func() string { return turnLabel(false, s.turns.redo) }
	c.Bind("save.again", func() {
		s.Settled(func(left int) {
			if left == 0 {
				s.Say(i18n.T("unsaved.none"))
				return
			}
			s.SaveAgain(func(left int) {
				if left == 0 {
					s.Say(i18n.T("unsaved.none"))
				}
			})
		})
	}, s.Open)
	c.Bind("doc.next", func() { s.Move(1) }, func() bool { return s.Rows() > 0 })
	c.Bind("doc.previous", func() { s.Move(-1) }, func() bool { return s.Rows() > 0 })
	c.Bind("draft.next", func() { s.OpenDocument(s.NextDraft()) }, func() bool { return s.NextDraft() != "" })
	for _, l := range Labels {
		c.Bind("mark."+l, func() { s.Mark(l) }, onDoc)
	}
	for n := 1; n <= 9; n++ {
		id := fmt.Sprint("tag.", n)
		c.Bind(id, func() { s.ToggleKey(n) }, onDoc)
		c.Get(id).words = func() string {
			if tag, ok := s.Hotkeys()[fmt.Sprint(n)]; ok {
				return i18n.T("cmd.tag.named", "key", n, "tag", OneLine(tag))
			}
			return i18n.T("cmd.tag", "key", n)
		}
	}
	c.Bind("doc.like", func() {
		s.Say(i18n.T("like.open", "title", OneLine(s.doc.Title())))
		s.SetQuery(Query{Search: "like:" + s.doc.ID.Short()})
	}, func() bool { return s.doc != nil })
	c.Bind("mark.confirm", func() {
		if it := s.MarkAtCaret(); it == nil {
			s.Say(i18n.T("mark.none"))
		} else {
			s.ConfirmMark(it.ID)
		}
	}, onDoc)
	c.Bind("mark.remove", func() {
		if r, has := s.Region(); has && r.Mark != "" {
			s.RemoveMark(r.Mark)
		} else if it := s.MarkAtCaret(); it == nil {
			s.Say(i18n.T("mark.none"))
		} else {
			s.RemoveMark(it.ID)
		}
	}, onDoc)
	for id, f := range filterCommands {
		c.Bind(id, func() { s.SetQuery(Query{Search: s.list.query.Search, Filter: f, Package: s.list.query.Package}) }, s.Open)
	}
}

// filterCommands are the commands that choose a filter.
var filterCommands = map[string]Filter{
	"filter.all":        All,
	"filter.todo":       ToDo,
	"filter.progress":   InProgress,
	"filter.proposals":  WithProposals,
	"filter.submitted":  Submitted,
	"filter.returned":   Returned,
	"filter.approved":   Approved,
	"filter.mine":       Mine,
	"filter.questions":  Questions,
	"filter.unassigned": Unassigned,
	"filter.removed":    Removed,
}

// FilterOf is the filter that a command chooses; ok is false for any other.
func FilterOf(id string) (f Filter, ok bool) {
	f, ok = filterCommands[id]
	return f, ok
}
