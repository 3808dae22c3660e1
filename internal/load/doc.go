// Package load finds the directories that may hold jobs and loads their packages.
//
// A directory is found by the bytes of its Go files: only one with a directive, a
// comment that looks like one, or a jobs struct tag is given to the go command. All
// directories of a module are listed by one run of the go command; their own files
// are read from source and what they import from export data. The packages library
// loads them if the list has errors. A stub replaces the generated
// file, which may be missing, old or broken.
//
// Every Go file is read once, by package snapshot, and all that the run decides
// comes from those bytes.
//
// A package is read whole or not at all. What this build leaves out of it may hold
// jobs, and then the files that the run would write lack them: the package reports
// such files, and how to include them.
package load
