package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
)

func main() {
	file := flag.String("file", "internal/questions/questions.json", "file of questions")
	all := flag.Bool("all", false, "also ask questions that have an answer")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := record(ctx, *file, *all, flag.Args(), os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "questions:", err)
		os.Exit(1)
	}
}

// record asks questions and writes the answers to the file, also if a later question fails.
func record(ctx context.Context, file string, all bool, names []string, out io.Writer) error {
	questions, err := read(file)
	if err != nil {
		return err
	}
	for _, name := range names {
		if !slices.ContainsFunc(questions, func(q question) bool { return q.Name == name }) {
			return fmt.Errorf("there is no question %q in %s", name, file)
		}
	}
	for i := range questions {
		q := &questions[i]
		if names != nil && !slices.Contains(names, q.Name) || names == nil && !all && q.Answer != "" {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if q.Answer, q.Message, err = ask(*q); err != nil {
			return fmt.Errorf("%s: %w", q.Name, err)
		}
		if err := os.WriteFile(file, format(questions), 0o644); err != nil {
			return err
		}
		verdict := "as jobgen's choice"
		if q.Answer != q.Choice {
			verdict = "but jobgen's choice is " + string(q.Choice)
		}
		fmt.Fprintf(out, "%s: %s, %s\n", q.Name, q.Answer, verdict)
	}
	return nil
}
