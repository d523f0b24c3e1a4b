package app

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/storage"
)

func fileURI(path string) fyne.URI { return storage.NewFileURI(path) }

func typeName(v any) string { return fmt.Sprintf("%T", v) }
