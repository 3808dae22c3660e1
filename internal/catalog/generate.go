package catalog

//go:generate go run ./refresh
