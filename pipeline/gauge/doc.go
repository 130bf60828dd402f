// Package gauge shows how the program fares to Prometheus: what came of the last
// night, what the server does, what lies on disk. It has a registry of its own.
//
// Values of labels are few and known beforehand: names of sources, stages, pools,
// patterns of routes, codes of HTTP. None is a person's, an address or a company.
// Names keep to https://prometheus.io/docs/practices/naming/: ages are told by the
// moment of what they are the age of.
package gauge
