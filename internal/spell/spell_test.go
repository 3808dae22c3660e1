package spell

import (
	"slices"
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	states := []string{"pending", "running", "shutting-down", "stopped", "stopping", "terminated"}
	properties := []string{"id", "description", "name", "state", "event_bus", "retry", "dlq", "input", "input_path", "input_transformer", "tags"}
	tests := []struct {
		name       string
		word       string
		candidates []string
		want       string // "" for none
	}{
		{"a letter dropped", "stoping", states, "stopping"},
		{"a letter doubled", "runnning", states, "running"},
		{"two letters swapped", "pednign", states, "pending"},
		{"a letter replaced", "terminatad", states, "terminated"},
		{"case", "RUNNING", states, "running"},
		{"camel for dashes", "shuttingDown", states, "shutting-down"},
		{"spaces for dashes", "shutting down", states, "shutting-down"},
		{"no separator and a typo", "eventbuss", properties, "event_bus"},
		{"camel for underscores", "inputTransformer", properties, "input_transformer"},
		{"short words allow one edit", "stat", properties, "state"},
		{"two letters allow style alone", "ID", properties, "id"},
		{"two letters allow no edit", "ip", properties, ""},
		{"three letters allow one", "dql", properties, "dlq"},
		{"another word in one place is no typo", "GetBucketPolicy", []string{"PutBucketPolicy"}, ""},
		{"nor is it between spaces", "CodeBuild Build State Change", []string{"CodeBuild Build Phase Change"}, ""},
		{"typos in several words", "AuthorizeSecurtyGroupIngres", []string{"AuthorizeSecurityGroupIngress", "AuthorizeSecurityGroupEgress"}, "AuthorizeSecurityGroupIngress"},
		{"two edits in a long word", "DescribInstanzes", []string{"DescribeInstances"}, "DescribeInstances"},
		{"an edit in a word of two letters", "instanceI", []string{"instanceId"}, "instanceId"},
		{"words can't be compared without their style", "gettobucketpolcy", []string{"GetBucketPolicy"}, "GetBucketPolicy"},
		{"an unrelated word", "unknown", states, ""},
		{"more than a third", "stxxng", states, ""},
		{"empty word", "", properties, ""},
		{"nothing but style", "- _", properties, ""},
		{"no candidates", "name", nil, ""},
		{"an empty candidate is never meant", "a", []string{"", "-"}, ""},
		{"beyond ASCII", "Größen", []string{"größe", "grosse"}, "größe"},
		{"a word that is right is its own nearest", "name", properties, "name"},
		{"style comes before letters", "instance_id", []string{"instance-ids", "instance-id"}, "instance-id"},
		{"the style of the word decides among names that fold alike", "eventSourc", []string{"EventSource", "eventSource", "event-source"}, "eventSource"},
		{"the longest common beginning breaks a tie", "CreateTabel", []string{"CreateLabel", "CreateTable"}, "CreateTable"},
		{"then the alphabet", "aws.ec", []string{"aws.ecs", "aws.ecr", "aws.ec2"}, "aws.ec2"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := Nearest(tt.word, tt.candidates)
			if got != tt.want || ok != (tt.want != "") {
				t.Errorf("Nearest(%q) = %q, %v; want %q", tt.word, got, ok, tt.want)
			}
		})
	}
}

func TestFindTellsTies(t *testing.T) {
	sources := []string{"aws.ecs", "aws.ecr", "aws.ec2", "aws.ecs", "aws.s3"}
	m, ok := Find("aws.ecx", slices.Values(sources))
	if !ok || m.Word != "aws.ec2" || m.Distance != 1 || !slices.Equal(m.Ties, []string{"aws.ecr", "aws.ecs"}) {
		t.Errorf("Find = %+v, %v", m, ok)
	}
	m, _ = Find("aws-S3", slices.Values(sources))
	if m.Word != "aws.s3" || len(m.Ties) != 0 {
		t.Errorf("a nearest that stands alone has no ties: %+v", m)
	}
	m, _ = Find("detailtype", slices.Values([]string{"detail-type", "detail_type"}))
	if m.Distance != 0 || m.Word != "detail-type" || !slices.Equal(m.Ties, []string{"detail_type"}) {
		t.Errorf("two styles of one name tie: %+v", m)
	}
}

func TestRank(t *testing.T) {
	var got []string
	for _, near := range rank("stoped", slices.Values([]string{"stopping", "stopped", "stops", "started", "stopped"})) {
		got = append(got, near.word)
	}
	want := []string{"stopped", "stops"}
	if !slices.Equal(got, want) {
		t.Errorf("rank = %q, want %q", got, want)
	}
}

func TestAllowed(t *testing.T) {
	tests := map[int]int{0: 0, 1: 0, 2: 0, 3: 1, 4: 1, 5: 1, 6: 2, 10: 2, 11: 3, 40: 3}
	for n, want := range tests {
		if got := allowed(n); got != want {
			t.Errorf("allowed(%d) = %d, want %d", n, got, want)
		}
		if 3*allowed(n) > n {
			t.Errorf("allowed(%d) is more than a third", n)
		}
	}
}

func TestSplit(t *testing.T) {
	tests := map[string]string{
		"AuthorizeSecurityGroup": "authorize security group", "instance-id": "instance id", "EC2 Instance State-change": "ec2 instance state change",
		"CPUUtilization": "cpuutilization", "snake_case": "snake case", "": "", "--": "", "eventName": "event name",
	}
	for name, want := range tests {
		if got := strings.Join(split(name), " "); got != want {
			t.Errorf("split(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestWithin(t *testing.T) {
	tests := []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"", "abc", 3}, {"abc", "", 3}, {"abc", "abc", 0},
		{"ab", "ba", 1}, {"abcd", "acbd", 1}, {"ca", "abc", 3}, {"kitten", "sitting", 3},
	}
	for _, tt := range tests {
		if got, ok := within([]rune(tt.a), []rune(tt.b), 9); got != tt.want || !ok {
			t.Errorf("within(%q, %q) = %d, %v; want %d", tt.a, tt.b, got, ok, tt.want)
		}
		if _, ok := within([]rune(tt.a), []rune(tt.b), tt.want-1); ok {
			t.Errorf("within(%q, %q) holds under its distance", tt.a, tt.b)
		}
	}
}

// FuzzFind checks what holds for all words: the order of the candidates doesn't
// matter, the answer is a candidate, distance is symmetric, and a limit only
// cuts off, it never changes a distance.
func FuzzFind(f *testing.F) {
	f.Add("stoping", "stopping,stopped,running")
	f.Add("instanceID", "instance-id,instance_id,InstanceId")
	f.Add("\xff", "\xfe,�")
	f.Fuzz(func(t *testing.T, word, list string) {
		candidates := strings.Split(list, ",")
		if len(word) > 64 || len(list) > 256 {
			t.Skip("long words only cost time")
		}
		m, ok := Find(word, slices.Values(candidates))
		slices.Reverse(candidates)
		if again, okAgain := Find(word, slices.Values(candidates)); again.Word != m.Word || ok != okAgain || !slices.Equal(again.Ties, m.Ties) {
			t.Fatalf("the order of the candidates matters: %+v, %+v", m, again)
		}
		if ok && !slices.Contains(candidates, m.Word) {
			t.Fatalf("%q is no candidate", m.Word)
		}
		checkDistances(t, []rune(word), candidates)
	})
}

func checkDistances(t *testing.T, a []rune, candidates []string) {
	for _, c := range candidates {
		b := []rune(c)
		d, ok := within(a, b, max(len(a), len(b)))
		back, _ := within(b, a, max(len(a), len(b)))
		if !ok || d != back {
			t.Fatalf("distance of %q and %q: %d one way, %d the other", string(a), c, d, back)
		}
		for limit := range d + 2 {
			got, ok := within(a, b, limit)
			if ok != (limit >= d) || ok && got != d {
				t.Fatalf("within(%q, %q, %d) = %d, %v; the distance is %d", string(a), c, limit, got, ok, d)
			}
		}
	}
}

func BenchmarkNearest(b *testing.B) {
	var candidates []string
	for _, verb := range []string{"Create", "Delete", "Describe", "Modify", "List"} {
		for i := range 140 {
			candidates = append(candidates, verb+"Resource"+strings.Repeat("x", i%20))
		}
	}
	for b.Loop() {
		Nearest("DescrbeResourcexx", candidates)
	}
}
