package deploys

import (
	"log/slog"
	"os"
	"testing"

	"github.com/jobgen/jobgen/jobs/jobstest"
)

func TestFailed(t *testing.T) {
	event, err := os.ReadFile("testdata/pipeline-failed.json")
	if err != nil {
		t.Fatal(err)
	}
	d := NewDispatcher(Jobs{PipelineJob: &PipelineJob{Log: slog.New(slog.DiscardHandler)}})
	fired := jobstest.Fire(t, d, event)
	fired.Ran(HandlerPipelineJobFailed)

	var pipeline string
	fired.Answer(HandlerPipelineJobFailed, &pipeline)
	if pipeline != "shop" {
		t.Errorf("the job answered %q, want shop", pipeline)
	}
}

func TestNotFailed(t *testing.T) {
	d := NewDispatcher(Jobs{PipelineJob: &PipelineJob{Log: slog.New(slog.DiscardHandler)}})
	event := jobstest.Event("aws.codepipeline", "CodePipeline Pipeline Execution State Change",
		Execution{Pipeline: "shop", State: "SUCCEEDED"})
	jobstest.Fire(t, d, event).Ran() // no job
}
