package bolt_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"

	"obzvon/pipeline/company"
	"obzvon/pipeline/record"
)

// mixSize is how many different contents a mix has.
const mixSize = 4096

// mix makes records as the registry of small business gives them, any number
// of them in the order of ИНН: three in five are of sole proprietors, short;
// companies have two names; most have few additional codes and some very many.
type mix struct {
	source   string
	contents [mixSize][]byte // with room for the ИНН
	origins  [mixSize]string
	facts    int
}

func newMix(source string) *mix {
	m := &mix{source: source}
	random := rand.New(rand.NewPCG(7, 11))
	for i := range m.contents {
		o := company.Observation{INN: mixINN(i)}
		mixNames(&o, random)
		for range int(random.ExpFloat64() * 6) {
			o.Add(company.FieldOKVEDExtra, fmt.Sprintf("%02d.%02d", 10+random.IntN(80), random.IntN(100)))
		}
		o.Add(company.FieldOKVEDMain, []string{"45.20", "45.31.1", "46.69", "01.11"}[random.IntN(4)])
		o.Add(company.FieldRegion, strconv.Itoa(10+random.IntN(80)))
		o.Add(company.FieldCity, []string{"Пермь", "Набережные Челны", "Санкт-Петербург", "Омск"}[random.IntN(4)])
		if random.IntN(2) == 0 {
			o.Facts = append(o.Facts, company.Fact{Field: company.FieldHeadcount, Key: "2025", Value: strconv.Itoa(random.IntN(90))})
		}
		o.Add(company.FieldSME, "1")
		o.Add(company.FieldSMESince, fmt.Sprintf("20%02d-08-01", 16+random.IntN(10)))
		o.Sort()
		m.facts += len(o.Facts)
		m.contents[i] = record.AppendContent(nil, &o)
		m.origins[i] = fmt.Sprintf("data-20261110-structure-20251010.zip/VO_RRMSPSV_0000_9965_20261110_%08x-34ee-42b5-8496-c732f5458690.xml#%08x-c109-112d-48aa-af71b6740a3a",
			i/100, random.Uint32())
	}
	return m
}

func mixNames(o *company.Observation, random *rand.Rand) {
	name := fmt.Sprintf("ВЫМЫСЕЛ-%d", random.IntN(1_000_000))
	if o.INN.Person() {
		o.Add(company.FieldNameFull, "Вымыслов Вымысел "+name)
		o.Add(company.FieldNameShort, "ИП Вымыслов В.В.")
		o.Add(company.FieldOGRN, fmt.Sprintf("3225900%08d", random.IntN(100_000_000)))
		return
	}
	o.Add(company.FieldNameFull, `ОБЩЕСТВО С ОГРАНИЧЕННОЙ ОТВЕТСТВЕННОСТЬЮ "`+name+`"`)
	o.Add(company.FieldNameShort, `ООО "`+name+`"`)
	o.Add(company.FieldOGRN, fmt.Sprintf("10259%08d", random.IntN(100_000_000)))
}

// mixINN rises with n; its control digits are not valid.
func mixINN(n int) company.INN {
	b := fmt.Appendf(nil, "%010d", 100_000_000+n*1237)
	if n%5 > 1 {
		b = append(b, "17"...)
	}
	return company.INN(b)
}

// record returns the n-th record; turn is part of what it says. Its content
// stays until the next call.
func (m *mix) record(b []byte, n, turn int) record.Packed {
	// The kind of subject must be that of the ИНН, and mixSize is no multiple
	// of five.
	i := (n/5*5)%(mixSize/5*5) + n%5
	inn := mixINN(n)
	b = append(append(b[:0], byte(len(inn))), inn...)
	b = append(b, m.contents[i][1+len(inn):]...)
	if turn > 0 {
		b[len(b)-1] = byte('2' + turn%8) // the last digit of the last value
	}
	return record.Packed{Source: m.source, Key: string(inn), INN: inn, Date: firstDay, Origin: m.origins[i], Content: b}
}

// records yields records of the numbers that pick accepts, in their turn.
func (m *mix) records(n int, pick func(n int) (turn int, ok bool)) iter.Seq2[record.Packed, error] {
	return func(yield func(record.Packed, error) bool) {
		var b []byte
		for i := range n {
			turn, ok := pick(i)
			if !ok {
				continue
			}
			p := m.record(b, i, turn)
			b = p.Content
			if !yield(p, nil) {
				return
			}
		}
	}
}

// bytes is the mean size of a stored record, with key and stamp.
func (m *mix) bytes() float64 {
	total := 0
	for i := range m.contents {
		total += len(m.contents[i]) + len(m.origins[i]) + 8 + len(mixINN(i))
	}
	return float64(total) / mixSize
}
