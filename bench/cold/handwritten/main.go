// Command handwritten is the function that people write, for the same events.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/aws/aws-lambda-go/events"
	"github.com/aws/aws-lambda-go/lambda"
)

type stateChange struct {
	InstanceID string `json:"instance-id"`
	State      string `json:"state"`
}

type object struct {
	Bucket struct {
		Name string `json:"name"`
	} `json:"bucket"`
	Object struct {
		Key  string `json:"key"`
		Size int64  `json:"size"`
	} `json:"object"`
}

func main() { lambda.Start(handle) }

func handle(_ context.Context, e events.EventBridgeEvent) error {
	switch {
	case e.Source == "aws.ec2" && e.DetailType == "EC2 Instance State-change Notification":
		var detail stateChange
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return err
		}
		switch detail.State {
		case "stopping", "stopped", "terminated":
			fmt.Println(detail.InstanceID, detail.State)
			return nil
		}
	case e.Source == "aws.s3" && e.DetailType == "Object Created":
		var detail object
		if err := json.Unmarshal(e.Detail, &detail); err != nil {
			return err
		}
		if strings.HasPrefix(detail.Object.Key, "in/") {
			fmt.Println(detail.Bucket.Name, detail.Object.Key, detail.Object.Size)
			return nil
		}
	}
	return fmt.Errorf("nothing wants %s/%s", e.Source, e.DetailType)
}
