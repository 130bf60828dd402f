package config

import (
	_ "embed"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/go-viper/mapstructure/v2"
	"github.com/spf13/viper"
	"go.yaml.in/yaml/v3"
)

//go:embed obzvon.yaml
var defaultConfig []byte

//go:embed segments.yaml
var defaultSegments []byte

// The names under which messages speak of the built-in files.
const (
	builtinConfig   = "built-in obzvon.yaml"
	builtinSegments = "built-in segments.yaml"
)

// DefaultFiles returns copies of the two built-in commented files.
func DefaultFiles() (obzvon, segments []byte) {
	return slices.Clone(defaultConfig), slices.Clone(defaultSegments)
}

// Options say what Load reads. The zero value reads the built-in files.
type Options struct {
	Path         string   // the operator's file; "" = the built-in one
	SegmentsPath string   // before segments_file of the config; "" = that one
	Environ      []string // "NAME=value" as os.Environ gives them
	KnownEnv     []string // names that adapters declare: their secrets
}

// Load reads, checks and returns the configuration. Every error is ErrConfig
// and made of *Error.
//
// The operator's file is laid over the built-in one key by key, but a list or
// a map of names (managers, sources, enrich, exports, calendar.holidays) takes
// the place of the built-in one as a whole. A segments file is never merged.
//
// Relative paths count from the folder of the operator's file, those of the
// environment and of Options from the working directory.
func Load(o Options) (*Config, *Segments, error) {
	base, err := readDocument(builtinConfig, defaultConfig, reflect.TypeFor[Config]())
	if err != nil {
		return nil, nil, err
	}
	user := document{}
	if o.Path != "" {
		data, err := readFile(o.Path)
		if err != nil {
			return nil, nil, err
		}
		if user, err = readDocument(o.Path, data, reflect.TypeFor[Config]()); err != nil {
			return nil, nil, err
		}
	}
	l := overlay(base, user)
	if err := l.environment(o); err != nil {
		return nil, nil, err
	}
	cfg, err := l.config(o)
	if err != nil {
		return nil, nil, err
	}
	path := o.SegmentsPath
	if path == "" {
		path = cfg.SegmentsFile
	}
	seg, err := LoadSegments(path)
	if err != nil {
		return nil, nil, err
	}
	return cfg, seg, nil
}

// LoadSegments reads and checks a segments file; "" = the built-in one.
func LoadSegments(path string) (*Segments, error) {
	if path == "" {
		return ParseSegments(builtinSegments, defaultSegments)
	}
	data, err := readFile(path)
	if err != nil {
		return nil, err
	}
	return ParseSegments(path, data)
}

// ParseSegments reads and checks the text of a segments file; name stands in
// messages.
func ParseSegments(name string, data []byte) (*Segments, error) {
	d, err := readDocument(name, data, reflect.TypeFor[Segments]())
	if err != nil {
		return nil, err
	}
	v := newViper()
	if err := v.MergeConfigMap(d.values); err != nil {
		return nil, &Error{File: name, Allowed: err.Error()}
	}
	var s Segments
	if err := v.UnmarshalExact(&s, strict); err != nil {
		return nil, &Error{File: name, Allowed: err.Error()}
	}
	if _, given := d.values["cadence"]; !given { // a file from before there was one
		if s.Cadence, err = defaultCadence(); err != nil {
			return nil, err
		}
	}
	c := checker{where: d.where(name)}
	c.segments(&s)
	if err := c.problems.err(); err != nil {
		return nil, err
	}
	return &s, nil
}

// defaultCadence is that of the built-in file.
func defaultCadence() (Cadence, error) {
	d, err := readDocument(builtinSegments, defaultSegments, reflect.TypeFor[Segments]())
	if err != nil {
		return Cadence{}, err
	}
	values, _ := d.values["cadence"].(map[string]any)
	var c Cadence
	if err := decodeInto(values, &c); err != nil {
		return Cadence{}, &Error{File: builtinSegments, Key: "cadence", Allowed: err.Error()}
	}
	return c, nil
}

func newViper() *viper.Viper { return viper.NewWithOptions(viper.KeyDelimiter("::")) }

// layers are the built-in file, the operator's and the environment.
type layers struct {
	defaults, values map[string]any
	environ          map[string]any // by path
	places           map[string]place
	rests            map[string]*yaml.Node
}

// config puts the layers together.
func (l *layers) config(o Options) (*Config, error) {
	v := newViper()
	setDefaults(v, l.defaults, "")
	if err := v.MergeConfigMap(l.values); err != nil {
		return nil, &Error{File: o.Path, Allowed: err.Error()}
	}
	for path, value := range l.environ {
		v.Set(viperKey(path), value)
	}
	file := o.Path
	if file == "" {
		file = builtinConfig
	}
	var cfg Config
	if err := v.UnmarshalExact(&cfg, strict); err != nil {
		return nil, &Error{File: file, Allowed: err.Error()}
	}
	c := checker{where: document{places: l.places}.where(file)}
	l.finish(&cfg, o)
	c.config(&cfg)
	if err := c.problems.err(); err != nil {
		return nil, err
	}
	return &cfg, nil
}

func (l *layers) finish(cfg *Config, o Options) {
	folder := ""
	if o.Path != "" {
		folder = filepath.Dir(o.Path)
	}
	if _, given := l.environ["data_dir"]; !given {
		cfg.DataDir = under(folder, cfg.DataDir)
	}
	if _, given := l.environ["segments_file"]; !given {
		cfg.SegmentsFile = under(folder, cfg.SegmentsFile)
	}
	for key, path := range map[string]*string{
		"web.tls_cert": &cfg.Web.TLSCert, "fetch.ca_file": &cfg.Fetch.CAFile, "web.tls_key": &cfg.Web.TLSKey, "notices.mail.password_file": &cfg.Notices.Mail.Secret,
	} {
		if _, given := l.environ[key]; !given {
			*path = under(folder, *path)
		}
	}
	for i := range cfg.Managers {
		if cfg.Managers[i].Role == "" {
			cfg.Managers[i].Role = RoleAcquisition
		}
	}
	for kind, sections := range map[SectionKind]map[string]Section{Sources: cfg.Sources, Enrichers: cfg.Enrich, Exports: cfg.Exports} {
		for name, s := range sections {
			key := join(string(kind), name)
			s.finish(name, key, folder, l.places[key], l.rests[key])
			s.places, s.secret = l.places, o.secret
			sections[name] = s
		}
	}
}

// setDefaults gives viper a default for every key.
func setDefaults(v *viper.Viper, values map[string]any, prefix string) {
	for key, value := range values {
		if inner, ok := value.(map[string]any); ok {
			setDefaults(v, inner, prefix+key+"::")
			continue
		}
		v.SetDefault(prefix+key, value)
	}
}

// strict refuses what does not fit a type instead of bending it.
func strict(c *mapstructure.DecoderConfig) {
	c.WeaklyTypedInput = false
	c.ErrorUnused = true
	c.DecodeHook = mapstructure.ComposeDecodeHookFunc(
		refuseNumbers,
		mapstructure.StringToTimeDurationHookFunc(),
		mapstructure.TextUnmarshallerHookFunc(),
	)
}

func decodeInto(values map[string]any, into any) error {
	c := &mapstructure.DecoderConfig{Result: into}
	strict(c)
	d, err := mapstructure.NewDecoder(c)
	if err != nil {
		return err
	}
	return d.Decode(values)
}
