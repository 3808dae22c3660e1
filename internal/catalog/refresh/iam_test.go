package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const iamExample = `queue
	job = arn:${Partition}:queue:${Region}:${Account}:job/${JobId}
	old queue = arn:${Partition}:queue:::${Name}, arn:${Partition}:other:${Region}::${Name}
	GetJob: job
	ListJobs
	MoveJob: job, old queue
s3
	bucket = arn:${Partition}:s3:::${BucketName}
	object = arn:${Partition}:s3:::${BucketName}/${ObjectName}
	GetObject: object
	ListBucket: bucket
`

func TestIAMTextIsRead(t *testing.T) {
	if got := parseIAM(iamExample).format(); got != iamExample {
		t.Errorf("got\n%s\nwant\n%s", got, iamExample)
	}
}

func TestIAMPack(t *testing.T) {
	calls := parseCalls("jobs.amazonaws.com\n\tGetJob\n\tListJobs\n\tStopJob\n" + "s3.amazonaws.com\n\tGetObject20260131<GetObject\n")
	want := iamDate + `
queue jobs.amazonaws.com
	=:*:*:job/*
	=:::*,other:*::* old queue
	:- 0 0,1
	>10.
	+2MoveJob
s3 s3.amazonaws.com
	=:::~ bucket
	=:::~/* object
	:0 1
	>1
	+0ListBucket
`
	if got, err := parseIAM(iamExample).pack(calls); err != nil || got != want {
		t.Errorf("%v\n%s\nwant\n%s", err, got, want)
	}
	if _, err := parseIAM("s3\n\tbucket = s3:::${BucketName}\n").pack(calls); err == nil || !strings.Contains(err.Error(), "is no ARN of the known form") {
		t.Errorf("an ARN without arn: gives %v", err)
	}
}

func TestReadIAMFiles(t *testing.T) {
	archive := tarball(t, map[string]string{
		"package/data/actions/s3.json": `{"getobject": {"name": "GetObject", "resourceTypes": [{"name": "object"}]},
			"listallmybuckets": {"name": "ListAllMyBuckets", "resourceTypes": []}}`,
		"package/data/resourceTypes/s3.json": `{"object": {"key": "object", "arn": "arn:${Partition}:s3:::${BucketName}/${ObjectName}"}}`,
		"package/data/conditionKeys/s3.json": `not read`,
	})
	files, list, err := iamFiles(archive)
	if err != nil || strings.Count(list, "\n") != 2 {
		t.Fatalf("%v, %q", err, list)
	}
	table, err := readIAMFiles(files)
	want := "s3\n\tobject = arn:${Partition}:s3:::${BucketName}/${ObjectName}\n\tGetObject: object\n\tListAllMyBuckets\n"
	if err != nil || table.format() != want {
		t.Errorf("%v\n%s\nwant\n%s", err, table.format(), want)
	}
	delete(files, "package/data/resourceTypes/s3.json")
	if _, err := readIAMFiles(files); err == nil || !strings.Contains(err.Error(), `s3:GetObject takes the resource "object"`) {
		t.Errorf("an action with a resource that is missing gives %v", err)
	}
	name := filepath.Join(t.TempDir(), "iam.tgz")
	if err := os.WriteFile(name, archive, 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := readIAM(name, ""); err == nil || !strings.Contains(err.Error(), "the pinned version "+iamVersion) {
		t.Errorf("another package than the pinned one gives %v", err)
	}
}

func tarball(t *testing.T, files map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	archive := tar.NewWriter(zipped)
	for name, content := range files {
		if err := archive.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: int64(len(content))}); err != nil {
			t.Fatal(err)
		}
		if _, err := archive.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	if err := zipped.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
