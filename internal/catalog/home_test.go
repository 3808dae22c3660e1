package catalog

import "testing"

// TestHomesAreOfKnownSources keeps the table free of typos: each source is known, each Region
// is in its partition, and each row says where events arrive.
func TestHomesAreOfKnownSources(t *testing.T) {
	seen := map[string]bool{}
	for _, h := range homes {
		if !HasSource(h.Source) || seen[h.Source] {
			t.Errorf("%s is unknown, or has two rows", h.Source)
		}
		seen[h.Source] = true
		for partition, region := range h.regions {
			if got := PartitionOf(region); got != partition {
				t.Errorf("%s: %s is in the partition %q, not in %q", h.Source, region, got, partition)
			}
		}
		if (h.Certainty == Varies) != (h.Says != "") || (h.Certainty == Varies) != (h.regions["aws"] == "") {
			t.Errorf("%s has a Region, or else a text", h.Source)
		}
	}
}

func TestHomeOf(t *testing.T) {
	for _, test := range []struct{ source, region, want string }{
		{"aws.iam", "eu-west-1", "us-east-1"},
		{"aws.iam", "cn-northwest-1", "cn-north-1"},
		{"aws.organizations", "cn-north-1", "cn-northwest-1"},
		{"aws.route53", "us-gov-east-1", "us-gov-west-1"},
		{"aws.networkmanager", "us-east-1", "us-west-2"},
		{"aws.trustedadvisor", "us-gov-west-1", ""}, // unknown there
		{"aws.iam", "moon-west-1", ""},              // an unknown partition
		{"aws.iam", "eu-west", ""},
		{"aws.sts", "eu-west-1", ""},
	} {
		h, ok := HomeOf(test.source)
		if got := h.In(test.region); got != test.want || !ok {
			t.Errorf("HomeOf(%s).In(%s) = %q, %v; want %q", test.source, test.region, got, ok, test.want)
		}
	}
	if h, ok := HomeOf("aws.ec2"); ok {
		t.Errorf("HomeOf(aws.ec2) = %v", h)
	}
}
