// Caller runs a function that hangs, until it is interrupted. It prints the
// function's process id first, and why the invoke ended last.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"time"

	"github.com/jobgen/jobgen/internal/runtimeapi"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	fn := runtimeapi.Function{Binary: os.Args[1], Timeout: time.Minute}
	in, err := runtimeapi.Start(ctx, fn, runtimeapi.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	defer in.Close()
	result, err := in.Invoke(ctx, []byte(`{"Do":"report"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	var report struct{ PID int }
	if err := json.Unmarshal(result.Payload, &report); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(report.PID)
	_, err = in.Invoke(ctx, []byte(`{"Do":"hang"}`))
	fmt.Println(err)
}
