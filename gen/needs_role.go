package gen

import "slices"

// collectRoleNeeds finds what the roles that exist must have. Several functions may have the
// same role.
func (s *stack) collectRoleNeeds() error {
	var roles []string
	for _, f := range s.Functions {
		role := f.Role.String()
		if f.Role == nil || slices.Contains(roles, role) {
			continue
		}
		roles = append(roles, role)
		var statements []stackStatement
		for _, other := range s.Functions {
			if other.Role.String() == role {
				statements = joinStatements(statements, other.Statements)
			}
		}
		has := []string{"a trust policy that allows lambda.amazonaws.com to do sts:AssumeRole"}
		for _, st := range statements {
			text, err := s.statementText(st)
			if err != nil {
				return err
			}
			has = append(has, "the statement "+text)
		}
		s.addNeed(stackNeed{Of: "the role " + shown(f.Role), Has: has, Pos: f.RolePos})
	}
	s.collectKeyNeeds()
	return nil
}

// collectKeyNeeds finds what the policies of the keys that the stack uses must have. Several
// functions may have the same key. An identity policy has an effect only if the key's policy
// allows that (KMS developer guide, key-policy-overview).
func (s *stack) collectKeyNeeds() {
	var keys []string
	for _, f := range s.Made() {
		key := f.KMSKey.String()
		if f.KMSKey == nil || slices.Contains(keys, key) {
			continue
		}
		keys = append(keys, key)
		has := []string{"a policy that lets IAM policies of the account allow its use (the policy of a new key does)", logsStatement}
		if slices.ContainsFunc(s.Queues(), func(q *stackQueue) bool { return q.Sender != nil && q.Key.String() == key }) {
			has = append(has, sendStatement)
		}
		s.addNeed(stackNeed{Of: "the key " + shown(f.KMSKey), Has: has, Pos: f.KMSKeyPos})
	}
}

// The statements of a key's policy for a log group (CloudWatch Logs user guide,
// encrypt-log-data-kms), and for a queue to which EventBridge sends (SQS developer guide,
// sqs-key-management). The principal is a service, which no identity policy can allow.
const (
	logsStatement = `the statement {"Effect":"Allow","Principal":{"Service":"logs.<Region>.amazonaws.com"},"Action":["kms:Encrypt","kms:Decrypt","kms:ReEncrypt*","kms:GenerateDataKey*","kms:Describe*"],"Resource":"*",` +
		`"Condition":{"ArnLike":{"kms:EncryptionContext:aws:logs:arn":"arn:aws:logs:<Region>:<Account>:*"}}}`
	sendStatement = `the statement {"Effect":"Allow","Principal":{"Service":"events.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey"],"Resource":"*"}`
)

// joinStatements adds statements to others. Statements with the same actions become one with the
// resources of all.
func joinStatements(to, statements []stackStatement) []stackStatement {
	for _, st := range statements {
		i := slices.IndexFunc(to, func(o stackStatement) bool { return slices.Equal(o.Actions, st.Actions) })
		if i < 0 {
			st.Resources = slices.Clone(st.Resources)
			to = append(to, st)
			continue
		}
		for _, r := range st.Resources {
			if !slices.ContainsFunc(to[i].Resources, r.equal) {
				to[i].Resources = append(to[i].Resources, r)
			}
		}
	}
	return to
}

// equal reports whether two ARNs are of the same resource.
func (a stackARN) equal(b stackARN) bool {
	return a.LogGroup == b.LogGroup && a.Queue == b.Queue && a.Function == b.Function && a.Text.String() == b.Text.String()
}
