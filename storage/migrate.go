package storage

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

//go:embed migrations/*.sql
var migrations embed.FS

// newest is the format that this program writes: the number of the last
// migration, kept in the file as SQLite's user_version.
func newest() int {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		panic(err) // the pattern is a constant
	}
	return len(files)
}

// migrate brings the file up to newest, each step in a transaction of its own.
func migrate(ctx context.Context, db *sql.DB) error {
	var at int
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&at); err != nil {
		return err
	}
	for n := at + 1; n <= newest(); n++ {
		text, err := migrations.ReadFile(fmt.Sprintf("migrations/%04d.sql", n))
		if err != nil {
			return err
		}
		tx, err := db.BeginTx(ctx, nil)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, string(text)+fmt.Sprintf(";PRAGMA user_version=%d;", n))
		if err != nil {
			tx.Rollback()
			return fmt.Errorf("bringing the archive to format %d: %w", n, err)
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}
