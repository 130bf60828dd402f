package people

import (
	"strings"
)

// postHeads are the beginnings of the words that make a text the post of a
// person.
const postHeads = `
	директор гендиректор замдиректор руководител начальник управляющ заведующ завед завгар завхоз завскладом заместител менеджер
	специалист инженер механик энергетик электрик агроном зоотехник ветврач ветеринар технолог бухгалтер главбух экономист юрист
	юрисконсульт мастер бригадир прораб снабженец снабженц закупщик логист диспетчер секретар помощник ассистент администратор консультант
	продавец кладовщик председател глава президент вице-президент предприниматель владелец владелиц собственник конструктор координатор представител
	куратор товаровед эксперт аналитик программист маркетолог метролог лаборант оператор кассир врач стоматолог ортодонт
	терапевт хирург ортопед тренер преподаватель ректор советник референт геолог маркшейдер сварщик слесар водител
	экспедитор оценщик сметчик архитектор проектировщик риелтор риэлтор агент ответственн делопроизводител
	приемщик мастер-приемщик автомеханик автоэлектрик нотариус адвокат аудитор паспортист табельщик нормировщик крановщик
	фрезеровщик монтажник электромонт электромеханик наладчик стропальщик весовщик учетчик тракторист супервайзер мерчендайзер
	фельдшер эколог геодезист землеустроител дефектоскопист архивариус казначей ревизор инспектор редактор корреспондент тестировщик упаковщик`

// postWords are whole words that do the same.
const postWords = `зам нач зав рук ио врио гип химик сантехник комендант комендантша токарь плотник вахтер охранник контролер повар`

// placeHeads are the beginnings of words that make a text the name of a
// department or a place with a telephone.
const placeHeads = `
	отдел управлени департамент служб бюро цех склад бухгалтери приемн секретариат дирекци канцеляри диспетчерск снабжени закуп
	тендер магазин офис администраци производств лаборатори касс кадр сбыт продаж логистик доставк гараж мастерск автосервис
	шиномонтаж стоянк автостоянк штрафстоянк гостиниц филиал представительств ресепш регистратур справочн автомойк столов
	хостел эвакуатор маркетинг ремзон техподдержк сервисн подразделени руководств поставщик пресс-служб участк участок
	групп сектор контакт-центр колл-центр call-центр автоцентр автосалон комплектаци`

// placeWords are whole words that do the same.
const placeWords = `мто омтс омто пто огм огэ отк ахо вэд сто отиз пэо окс ктц hr`

// departments name one behind a hyphen.
var departments = of("служб", "отдел.", "департамент", "дирекци")

// isHead tells a word that makes a text a post or a department.
func isHead(low string) bool { return classOf(dictionary(), low)&head != 0 }

// headClass tells the words that begin as posts and places do.
func headClass(low string) class {
	if len(low) < stemKey {
		return 0
	}
	var c class
	if strings.HasPrefix(low, "исполняющ") || low == "временно" || low == "врио" {
		c |= standIn
	}
	if s, ok := heads[low[:stemKey]]; ok {
		first, _, _ := strings.Cut(low, "-")
		if startsOne(low, s.posts) && !falseHead(first) && !falseHead(low) {
			c |= postWord
		}
		if startsOne(low, s.places) && (!falseHead(low) || strings.HasPrefix(low, "мастерск") || strings.HasPrefix(low, "руководств")) {
			c |= placeWord
		}
	}
	if i := strings.IndexByte(low, '-'); i >= 0 { // «вице-президент»
		second := low[i+1:]
		if len(second) >= stemKey && startsOne(second, heads[second[:stemKey]].posts) && !falseHead(second) {
			c |= postWord
		}
		if hasStem([]string{second}, departments) { // «HR-служба»
			c |= placeWord
		}
	}
	return c
}

// stems are the beginnings of words that have their first three letters in
// common.
type stems struct{ posts, places []string }

const stemKey = 6 // bytes of three Russian letters

// heads finds stems by those letters.
var heads = func() map[string]stems {
	m := map[string]stems{}
	for s := range strings.FieldsSeq(postHeads) {
		of := m[s[:stemKey]]
		of.posts = append(of.posts, s)
		m[s[:stemKey]] = of
	}
	for s := range strings.FieldsSeq(placeHeads) {
		of := m[s[:stemKey]]
		of.places = append(of.places, s)
		m[s[:stemKey]] = of
	}
	return m
}()

func startsOne(low string, stems []string) bool {
	for _, s := range stems {
		if strings.HasPrefix(low, s) {
			return true
		}
	}
	return false
}

// falseHead tells words that only begin as heads do: things, and surnames.
func falseHead(low string) bool {
	for _, h := range falseHeads {
		if strings.HasPrefix(low, h) {
			return true
		}
	}
	for _, root := range [...]string{"мастер", "секретар", "агроном", "кассир", "столяр", "юрист", "казначе", "монтажник", "весовщик", "упаковщик", "крановщик", "ревизор"} {
		if rest, ok := strings.CutPrefix(low, root); ok && surnameTails[rest] {
			return true
		}
	}
	return false
}

var falseHeads = []string{
	"отделк", "отделоч", "отделен", "отделан", "агентств", "экспертиз", "инженерн", "мастер-класс", "мастерск", "ответственност",
	"кассет", "складн", "складчин", "кадров-", "цеховк", "участни", "участв", "участие", "производственн", "офисная", "офисные", "механиче", "механиз",
	"технологи", "стоматологи", "хирурги", "метрологи", "экологи", "геологи", "электрик-", "экономич", "руководств", "управляем", "тендерно", "врачебн",
}

var surnameTails = wordSet("ов ова ев ева ёв ский ская енко овский овская")
