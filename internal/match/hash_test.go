package match

import (
	"fmt"
	"testing"
)

// TestHashTellsKeysApart counts the keys that have their place in a hash table, and what
// is compared there, in common with another. Names with numbers are what programs have.
func TestHashTellsKeysApart(t *testing.T) {
	for _, format := range []string{
		"%04d", "a%04d", "JobM%04d", "ERR-%04d", "rule%04d", "code-%03d", "ERROR-%04d", "%04d-service", "%08d", "x%07d",
		"service.%04d.orders", "%04d.service.orders.eu", "arn:aws:iam::%012d:role/x", "a%db", "%d",
	} {
		slots, places := map[uint32]int{}, map[[2]uint64]int{}
		const keys, mask = 1000, 2047
		for i := range keys {
			h := hash(fmt.Appendf(nil, format, i))
			slots[slotOf(h)&mask]++
			places[[2]uint64{uint64(slotOf(h) & mask), tagOf(h)}]++
		}
		longest := 0
		for _, n := range slots {
			longest = max(longest, n)
		}
		if len(places) < keys || longest > 8 {
			t.Errorf("%s: %d keys have %d places, and %d have one slot", format, keys, len(places), longest)
		}
	}
}
