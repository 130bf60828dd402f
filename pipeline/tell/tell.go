// Package tell words what an operator should hear of: nights that failed or fell
// short, backups, room on disk, a config that cannot be read. Texts are plain
// Russian, name no person and no number of one, and end with what to do.
package tell

import (
	"fmt"
	"time"

	"obzvon/pipeline"
	"obzvon/pipeline/company"
)

// Teller words notices of one machine.
type Teller struct {
	Good  bool             // tell of nights without fault too
	Host  string           // the machine's name
	Link  string           // the page with the runs; "" = there is none
	Clock func() time.Time // for the time of a notice
}

func (t Teller) notice(kind pipeline.NoticeKind, day company.Date, title string) pipeline.Notice {
	return pipeline.Notice{Kind: kind, Title: title, Day: day, At: t.Clock(), Host: t.Host, Link: t.Link}
}

// Backup tells that a backup was not made.
func (t Teller) Backup(why error) pipeline.Notice {
	n := t.notice(pipeline.NoticeBackup, 0, "Резервная копия не сделана")
	n.Lines = []string{
		"Причина: " + cleanError(why) + ".",
		"Прежние копии на месте. Списки и результаты звонков не пострадали, но новой копии у них нет.",
	}
	n.Advice = []string{
		"Проверьте папку копий (backups.dir): есть ли она, можно ли в неё писать, есть ли место.",
		"Сделайте копию вручную: obzvon backup ФАЙЛ",
	}
	return n
}

// Disk tells that less room is left in a folder than is needed; bytes.
func (t Teller) Disk(folder string, free, need int64) pipeline.Notice {
	n := t.notice(pipeline.NoticeDisk, 0, "Мало места на диске")
	n.Lines = []string{
		fmt.Sprintf("В папке %s свободно %s, а нужно %s.", folder, size(free), size(need)),
		"Если место кончится, ближайшая ночь остановится. То, что уже записано, останется целым.",
	}
	n.Advice = []string{
		"Удалите или перенесите лишнее, например старые резервные копии: новые останутся (backups.keep).",
		"Сожмите хранилище: obzvon compact",
		"Проверьте: obzvon doctor",
	}
	return n
}

// Config tells that a changed config cannot be read and the last good one holds.
func (t Teller) Config(why error) pipeline.Notice {
	n := t.notice(pipeline.NoticeConfig, 0, "Ошибка в настройках, действуют прежние")
	n.Lines = []string{
		"Изменённый файл настроек не читается: " + cleanError(why) + ".",
		"Сервер работает с теми настройками, что были до изменения. После перезапуска он с этой ошибкой не запустится.",
	}
	n.Advice = []string{
		"Исправьте названную строку и сохраните файл.",
		"Проверьте: obzvon doctor",
	}
	return n
}

// Logins tells of many logins that were refused within a while.
func (t Teller) Logins(refused int, within time.Duration) pipeline.Notice {
	n := t.notice(pipeline.NoticeLogin, 0, "Много неудачных входов")
	n.Lines = []string{
		fmt.Sprintf("Отклонено входов: %d за %s. Кто-то забыл пароль или подбирает чужой.", refused, span(within)),
		"После нескольких ошибок вход замедляется сам; адреса и учётные записи названы в журнале действий.",
	}
	n.Advice = []string{
		"Спросите сотрудников; забытый пароль меняет команда: obzvon user password ИМЯ",
		"Если это не они, закройте страницу снаружи (web.listen) или ограничьте адреса на прокси.",
	}
	return n
}
