// Package output writes the generated files, and the files of jobgen init. The other packages of
// the command write only temporary files.
//
// It compares the generated files with those on the disk, and decides for each one:
// create it, update it, leave it as it is, or remove it. A Plan is that decision. It can
// be carried out (Apply), listed (Stale, for -check) or shown as a diff (Diff, for -diff,
// with what the changes mean in the cloud).
//
// # Which files are jobgen's
//
// A file is jobgen's if one of the comment lines at its top is the header,
// model.Header, and nothing else (see IsOurs). Such a file is replaced freely,
// and removed once its package no longer has jobs. A file without the header
// is never removed, and never overwritten unless it holds nothing but white
// space: a *ForeignFileError names it, and nothing at all is written. For a file
// that is not text, Dir.Recognise decides.
//
// An output is a regular file in its package's directory, or nothing yet. A
// symbolic link, a directory, a device, a pipe or a socket in its place is
// refused with a *PlaceError; a link is never followed, wherever it leads. The
// directories on the way to a package may be links.
//
// Names are compared without regard to letter case, since a package may be checked out
// on a disk where a.yaml and A.yaml are one file.
//
// # Files of the user
//
// jobgen init writes files that belong to the user. They have no header. A Draft writes them,
// and makes the directories that they need. It never replaces a file. Undo removes the files
// and directories again.
//
// # All or nothing
//
// Apply writes every new file as a temporary file beside its target first, and
// renames them only when all of them are complete and on the disk. If a rename fails,
// Apply undoes the renames before it. A reader sees the old
// file or the new one, never a part. A file's mode is kept, and a file whose
// bytes don't change isn't touched.
//
// # Several runs at once
//
// Apply holds an advisory lock on each directory that it writes to. The kernel
// releases it when the process ends, so that no run can leave a lock behind.
// Under the lock Apply removes the temporary files of runs that were killed,
// looks at every target again, and writes. So two runs write to a package one after
// the other. Planning takes no lock, since renames are atomic.
package output
