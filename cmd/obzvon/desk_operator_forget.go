package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"

	"obzvon/exports/web/operator"
	"obzvon/pipeline/calllist"
	"obzvon/pipeline/erasure"
	"obzvon/pipeline/gate"
)

// operatorForget implements operator.Forget. What it works on is in no error that
// could be logged: the page says it, and nothing else does.
type operatorForget struct{ *operatorDesk }

func forgotten(query string) (erasure.Subject, error) {
	subject, err := erasure.ParseSubject(query)
	switch {
	case errors.Is(err, calllist.ErrStopTwoWay):
		return subject, &operator.RefusedError{Text: "Это может быть и ИНН, и телефон. Поставьте перед числом «инн:» или «тел:»."}
	case err != nil:
		return subject, &operator.RefusedError{Text: "Это не ИНН с верной контрольной суммой, не телефон и не e-mail. Проверьте и введите ещё раз."}
	}
	return subject, nil
}

func (d operatorForget) Plan(ctx context.Context, query string) (operator.Erasure, error) {
	var out operator.Erasure
	subject, err := forgotten(query)
	if err != nil {
		return out, err
	}
	h := *d.live()
	w, err := d.app.prepareForget(ctx, &h, subject, forgetFlags{dryRun: true, force: true}) // nothing goes
	if err != nil {
		return out, keyWords(err)
	}
	if out.Unsaved, err = w.lossWords(ctx); err != nil {
		return out, err
	}
	var said bytes.Buffer
	w.writeSubject(&said)
	if err := w.rehearse(ctx, &said); err != nil {
		return out, err
	}
	out.Lines = textLines(said.String())
	return out, nil
}

// keyWords tells a lost key, without which nothing can be forgotten.
func keyWords(err error) error {
	if errors.Is(err, erasure.ErrKey) {
		return &operator.RefusedError{
			Text: "Ключ отпечатков (" + erasure.KeyName + ") пропал или заменён: по прежним отпечаткам стёртое не узнать. Верните свою копию ключа; " +
				"если её нет, остановите сервер, выполните obzvon forget --key-lost и сотрите всех по актам заново.",
		}
	}
	return err
}

func (w *forgetting) lossWords(ctx context.Context) ([]string, error) {
	losses, err := w.losses(ctx)
	var out []string
	for _, l := range losses {
		why := "в нём вписаны результаты, и он не загружен"
		if l.unopened {
			why = "его нельзя просмотреть"
		}
		out = append(out, l.name+": "+why)
	}
	return out, err
}

// textLines are the lines that the command prints, for who has the page in its place.
func textLines(text string) []string {
	text = strings.NewReplacer(
		"; книги дня запишет снова obzvon export --date ДЕНЬ", "; без этого список снова скачивается на странице своего дня",
		"сотрите отдельно: obzvon forget НОМЕР (или E-MAIL)", "сотрите и его на этой странице",
		"Это проба: ничего не изменено.", "Пока ничего не изменено.",
		"повторите команду", "сотрите ещё раз",
		"команду запустил ", "стирал ",
	).Replace(text)
	return strings.Split(strings.TrimSpace(text), "\n")
}

func (d operatorForget) Erase(ctx context.Context, who, query string, force bool) (operator.Erasure, error) {
	var out operator.Erasure
	subject, err := forgotten(query)
	if err != nil {
		return out, err
	}
	err = d.change(ctx, gate.Alone, "forget", who, func(h *house) error {
		w, err := d.app.prepareForget(ctx, h, subject, forgetFlags{force: force})
		if errors.Is(err, errUnsaved) {
			return &operator.RefusedError{Text: "Ничего не стёрто: есть файлы, в которых вписанное людьми больше нигде не сохранено. Загрузите их или поставьте отметку, что их можно удалить."}
		}
		if err != nil {
			return keyWords(err)
		}
		var said bytes.Buffer
		w.writeSubject(&said)
		if err := w.erase(ctx, &said); err != nil {
			return err
		}
		if _, err := h.store.Compact(ctx); err != nil { // others read it meanwhile
			return freePages(err)
		}
		fmt.Fprintln(&said, "Файлы хранилища переписаны: в освободившихся местах стёртого тоже нет.")
		w.writeAfter(&said)
		out.Lines = textLines(said.String())
		return nil
	})
	return out, err
}
