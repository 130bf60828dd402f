package bolt_test

func childDir() string { return "" }
func childMain(string) {}
