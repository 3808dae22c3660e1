package gen_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/jobgen/jobgen/internal/model"
)

// timetable is a receiver with schedules of EventBridge Scheduler.
func timetable() *model.Receiver {
	text := func(name string) model.Text { return model.Text{{Param: name}} }
	year := func(n int) time.Time { return time.Date(n, 1, 2, 3, 4, 5, 0, time.UTC) }
	attempts, age := 3, time.Hour
	r := &model.Receiver{Type: "Timetable", Field: "Timetable"}
	add := func(method string, rules ...*model.Rule) {
		j := &model.Job{Receiver: r, Method: method, Rules: rules, Signature: model.Signature{Pointer: true}}
		for _, rule := range rules {
			rule.Job = j
		}
		r.Jobs = append(r.Jobs, j)
	}
	add("Full",
		&model.Rule{
			ID: "full-schedule", Name: model.Literal("nine.o-clock"), Description: "At nine # \"sharp\"", State: model.Literal(model.Disabled),
			Schedule: model.Literal("cron(0 9 ? * MON-FRI *)"), Retry: &model.Retry{Attempts: &attempts, MaxAge: &age}, DLQ: &model.DLQ{Create: true},
			Scheduler: &model.Scheduler{
				Group: "nightly", Timezone: text("Zone"), Window: 15 * time.Minute, Start: year(2098), End: year(2099), KMSKey: text("Key"),
				Detail: model.ObjectValue(model.ValueField{Key: "mode", Value: model.StringValue(`full "of" ${x} größe`)}),
			},
		},
		&model.Rule{ID: "TimetableOnce", Schedule: model.Literal("at(2099-12-31T23:00:00)"), Scheduler: &model.Scheduler{Delete: true}, DLQ: &model.DLQ{ARN: text("Undelivered")}})
	add("Plain", &model.Rule{ID: "TimetablePlain", Schedule: model.Literal("rate(10 minutes)"), Scheduler: &model.Scheduler{}})
	return r
}

// createSchedules creates the schedules with the AWS CLI and the inputs in jobs.rules.json, and
// compares what AWS then has with the model. Through CloudFormation, moto makes no schedules.
func createSchedules(t *testing.T, aws awsCLI, s sample) {
	t.Helper()
	document := readJSON(t, read(t, s.file("jobs.rules.json")))
	place := motoPlace(t, document)
	got := map[string]scheduleFacts{}
	for _, item := range items(document["schedules"]) {
		d := object(item)
		create := object(d["createSchedule"])
		group := scalar(create["GroupName"])
		if group == "" {
			group = "default"
		}
		aws(t, "scheduler", "create-schedule", "--cli-input-json", place(create))
		t.Cleanup(func() {
			aws(t, "scheduler", "delete-schedule", "--group-name", group, "--name", scalar(create["Name"]))
		})
		p := aws(t, "scheduler", "get-schedule", "--group-name", group, "--name", scalar(create["Name"]))
		f := apiSchedule(t, p, object(p["Target"]), scalar)
		if f.Name == d["id"] { // the user gave no name
			f.Name = ""
		}
		f.Start, f.End = utc(t, f.Start), utc(t, f.End)
		for _, item := range items(document["functions"]) {
			fn := object(item)
			if target := object(p["Target"]); place(fn["arn"]) == quote(scalar(target["Arn"])) && place(object(fn["schedulerRole"])["arn"]) == quote(scalar(target["RoleArn"])) {
				f.Function = scalar(fn["handler"])
			}
		}
		key := scheduleKey(d["id"].(string))
		if deleted := scalar(p["ActionAfterCompletion"]) == "DELETE"; deleted != (key == "TimetableOnce") {
			t.Errorf("%s is deleted after its completion: %t", key, deleted)
		}
		got[key] = f
	}
	if diff := cmp.Diff(motoSchedules(t, s.model, document, place), got); diff != "" {
		t.Errorf("the schedules differ from the model (-model +moto):\n%s", diff)
	}
}

// utc returns a time that the AWS CLI prints in the form that facts have. The first version of
// the AWS CLI prints the seconds since 1970.
func utc(t *testing.T, text string) string {
	t.Helper()
	if text == "" {
		return ""
	}
	at, err := time.Parse(time.RFC3339, text)
	if seconds, isNumber := strconv.ParseInt(text, 10, 64); isNumber == nil {
		at, err = time.Unix(seconds, 0), nil
	}
	if err != nil {
		t.Fatal(err)
	}
	return at.UTC().Format("2006-01-02T15:04:05Z")
}

// motoSchedules returns the model's schedules as AWS has them: with the values of the
// parameters, and with the defaults of AWS. It leaves out the facts of the role, which are not in
// the schedule.
func motoSchedules(t *testing.T, p *model.Package, document map[string]any, place func(any) string) map[string]scheduleFacts {
	t.Helper()
	data, err := json.Marshal(modelFacts(t, p).Schedules)
	if err != nil {
		t.Fatal(err)
	}
	text := strings.NewReplacer("⟦account⟧", motoAccount, "⟦region⟧", "us-east-1", "⟦partition⟧", "aws").Replace(string(data))
	for name, value := range motoParameters {
		text = strings.ReplaceAll(text, paramMark(name), value)
	}
	for _, item := range items(document["queues"]) {
		if q := object(item); q["schedule"] != nil {
			text = strings.ReplaceAll(text, "‹queue: undelivered of "+scheduleKey(q["schedule"].(string))+"›", strings.Trim(place(q["arn"]), `"`))
		}
	}
	var want map[string]scheduleFacts
	if err := json.Unmarshal([]byte(text), &want); err != nil {
		t.Fatal(err)
	}
	for _, key := range slices.Collect(maps.Keys(want)) {
		f := want[key]
		f.Trust, f.Rights = "", ""
		for field, value := range map[*string]string{&f.Group: "default", &f.Timezone: "UTC", &f.Attempts: "185", &f.MaxAge: "86400"} {
			if *field == "" {
				*field = value
			}
		}
		want[key] = f
	}
	return want
}

// motoPlace returns a function that writes a part of the document as JSON, with values for its
// placeholders.
func motoPlace(t *testing.T, document map[string]any) func(any) string {
	t.Helper()
	at := object(document["place"])
	values := []string{scalar(at["account"]), motoAccount, scalar(at["region"]), "us-east-1", scalar(at["partition"]), "aws"}
	for _, p := range items(document["parameters"]) {
		values = append(values, object(p)["placeholder"].(string), motoParameters[object(p)["name"].(string)])
	}
	for i, item := range items(document["functions"]) {
		values = append(values, object(item)["arn"].(string), fmt.Sprintf("arn:aws:lambda:us-east-1:%s:function:reader%.0d", motoAccount, i))
		if role := object(object(item)["schedulerRole"]); role != nil {
			values = append(values, role["arn"].(string), fmt.Sprintf("arn:aws:iam::%s:role/scheduler%d", motoAccount, i))
		}
	}
	for kind, form := range map[string]string{"queues": "sqs:us-east-1:%s:queue%d", "rules": "events:us-east-1:%s:rule/rule%d"} {
		for i, item := range items(document[kind]) {
			values = append(values, object(item)["arn"].(string), fmt.Sprintf("arn:aws:"+form, motoAccount, i))
		}
	}
	replacer := strings.NewReplacer(values...)
	return func(v any) string {
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return replacer.Replace(string(data))
	}
}
