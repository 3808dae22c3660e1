package catalog

// ec2Lists are the lists in the requestParameters and responseElements of EC2's API calls.
// CloudTrail records each as an object with the field items, which holds the list. The names
// are those of records of AuthorizeSecurityGroupIngress, CreateTags, DescribeInstances,
// ModifyNetworkInterfaceAttribute, RunInstances, StartInstances, StopInstances and
// TerminateInstances (CloudTrail user guide, cloudtrail-log-file-examples; EC2 user guide,
// monitor-with-cloudtrail). Lists in the requests of newer calls, such as
// CreateFleetRequest, have another form. The value says whether that is sure: rules that are
// in use have the lists of a security group's permissions without items.
var ec2Lists = map[string]bool{
	"blockDeviceMapping":    true,
	"filterSet":             true,
	"groupSet":              true,
	"groups":                false,
	"imagesSet":             true,
	"instancesSet":          true,
	"ipPermissions":         false,
	"ipRanges":              false,
	"ipv6Ranges":            false,
	"networkInterfaceSet":   true,
	"prefixListIds":         false,
	"privateIpAddressesSet": true,
	"resourcesSet":          true,
	"securityGroupRuleSet":  true,
	"snapshotSet":           true,
	"tagSet":                true,
	"tagSpecificationSet":   true,
	"volumeSet":             true,
}

// ec2Items is the field that holds the elements of EC2's lists.
const ec2Items = "items"

// EC2Path returns the path of a field below the requestParameters or responseElements of an
// EC2 call with the field items behind each list. The result is the same as the path if that
// has them all. Sure says that a list without items is certainly wrong.
func EC2Path(path []string) (right []string, sure bool) {
	for i := 0; i < len(path); i++ {
		right = append(right, path[i])
		isSure, isList := ec2Lists[path[i]]
		if !isList {
			continue
		}
		right = append(right, ec2Items)
		switch {
		case i+1 < len(path) && path[i+1] == ec2Items:
			i++
			continue
		case i+1 < len(path) && path[i+1] == "item":
			i++
		}
		sure = sure || isSure
	}
	return right, sure
}
