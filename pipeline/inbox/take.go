package inbox

import (
	"context"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"syscall"
)

// one takes a file that stands still, and moves it away.
func (b *Box) one(ctx context.Context, root *os.Root, info fs.FileInfo) error {
	name := info.Name()
	switch was, ok := b.taken[name]; {
	case ok && settled(was.info, info):
		return b.away(root, info, was.answer) // it could not be moved before
	case info.Mode()&fs.ModeSymlink != 0:
		return b.away(root, info, Answer{Refused: true, Text: textLink})
	case info.Size() > b.Limit:
		return b.away(root, info, Answer{Refused: true, Text: fmt.Sprintf(textLarge, info.Size()>>20, b.Limit>>20)})
	}
	answer, still, err := b.handOver(ctx, root, info)
	if err != nil || !still {
		return err
	}
	if b.taken == nil {
		b.taken = map[string]taken{}
	}
	b.taken[name] = taken{info, answer}
	return b.away(root, info, answer)
}

const (
	textLink  = "Это ссылка на другой файл, такие не принимаются.\nЧто делать: положите сюда сам файл.\n"
	textLarge = "Файл слишком велик: %d МиБ, принимаются файлы до %d МиБ (web.upload_mib).\n" +
		"Что делать: сохраните в нём только листы списка, без картинок и чужих данных, и положите сюда снова.\n"
)

// handOver opens the very file that was seen and has it taken; still is false when
// it has changed since.
func (b *Box) handOver(ctx context.Context, root *os.Root, info fs.FileInfo) (a Answer, still bool, err error) {
	f, err := root.OpenFile(info.Name(), os.O_RDONLY|syscall.O_NONBLOCK, 0) // what became a pipe must not hold us
	if err != nil {
		return Answer{}, false, err
	}
	defer f.Close()
	if now, err := f.Stat(); err != nil || !settled(info, now) {
		return Answer{}, false, err
	}
	if a, err = b.Take(ctx, info.Name(), f); err != nil {
		return Answer{}, false, fmt.Errorf("take it over: %w", err)
	}
	now, err := f.Stat()
	return a, err == nil && settled(info, now), err
}

// away moves a file into the folder of its kind and of today, with the text first:
// one that was killed between the two is written over.
func (b *Box) away(root *os.Root, info fs.FileInfo, a Answer) error {
	kind, word := Done, "taken"
	if a.Refused {
		kind, word = Refused, "refused"
	}
	folder := kind + "/" + b.Now().In(b.Zone).Format("2006-01-02")
	if err := root.MkdirAll(folder, 0o700); err != nil {
		return fmt.Errorf("%s, but not moved away: %w", word, err)
	}
	to, err := free(root, folder, info.Name())
	if err != nil {
		return fmt.Errorf("%s, but not moved away: %w", word, err)
	}
	if a.Text != "" {
		if err := root.WriteFile(to+".txt", []byte(a.Text), 0o600); err != nil {
			return fmt.Errorf("%s, but the answer cannot be written: %w", word, err)
		}
	}
	if err := root.Rename(info.Name(), to); err != nil {
		return fmt.Errorf("%s, but not moved away: %w", word, err)
	}
	delete(b.taken, info.Name())
	delete(b.seen, info.Name())
	b.Log.Info("inbox", slog.String("file", info.Name()), slog.String("state", word), slog.String("now", to))
	return nil
}
