// Package output is the one place that writes files.
//
// It takes what the generator made, looks at what is there, and decides per
// file: create it, update it, leave it as it is, or remove it. A Plan is that
// decision. It can be carried out (Apply), listed (Stale, for -check) or shown
// as a diff (Diff, for -diff, with what it means in the cloud).
//
// # Whose file is it
//
// A file is jobgen's own if its header, model.Header, stands in a comment of
// its first lines (in JSON in the field generatedBy). Such a file is replaced
// freely, and removed once its package has no jobs any more. A file without the
// header is never removed, and is overwritten only if nothing in it can be
// lost: if it is empty, or isn't what its name says (a .go file that doesn't
// parse, a .yaml file that holds no more than a word). Anything else is
// someone's own: a *ForeignFileError names it, and nothing at all is written.
//
// # All or nothing
//
// Apply writes every new file as a temporary file beside its target first, and
// renames them only when all of them are whole and on the disk. If a rename
// fails all the same, those that were done are undone. A reader sees the old
// file or the new one, never a part. Links are followed, a file's mode is kept,
// and a file whose bytes don't change isn't touched.
package output
