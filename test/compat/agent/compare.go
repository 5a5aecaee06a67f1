package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os/exec"
	"slices"
	"strings"
)

// What the smallest host must have: a worker's processors, memory and disk.
const (
	leastCPUs      = 2
	leastMemory    = 8 << 30
	leastDiskBytes = 120_000_000_000
)

// expectedValidations is the judgement that follows from an inventory.
func expectedValidations(read *inventory) map[string]string {
	judge := func(passes bool) string {
		if passes {
			return "success"
		}
		return "failure"
	}
	fits := slices.ContainsFunc(read.Disks, func(found disk) bool {
		return found.Eligibility.Eligible && (found.DriveType == "HDD" || found.DriveType == "SSD") && found.SizeBytes >= leastDiskBytes
	})
	return map[string]string{
		"has-inventory":       judge(len(read.Disks) > 0),
		"has-min-cpu-cores":   judge(read.CPU.Count >= leastCPUs),
		"has-min-memory":      judge(read.Memory.PhysicalBytes >= leastMemory),
		"has-min-valid-disks": judge(fits),
	}
}

// readByOurAgent has our agent read the same machine.
func readByOurAgent(m machine) (*inventory, error) {
	command := exec.Command("../../../node_modules/.bin/tsx", "read-captured.ts", m.root)
	var failure bytes.Buffer
	command.Stderr = &failure
	output, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("our agent: %w: %s", err, failure.String())
	}
	read := &inventory{}
	return read, json.Unmarshal(output, read)
}

// compare fails where two programs read the same machine differently.
func compare(theirs, ours *inventory) error {
	for _, pair := range []struct {
		what         string
		theirs, ours any
	}{
		{"processors", theirs.CPU.Count, ours.CPU.Count},
		{"flags of the processor", len(theirs.CPU.Flags), len(ours.CPU.Flags)},
		{"physical memory", theirs.Memory.PhysicalBytes, ours.Memory.PhysicalBytes},
		{"usable memory", theirs.Memory.UsableBytes, ours.Memory.UsableBytes},
		{"disks", describeDisks(theirs.Disks), describeDisks(ours.Disks)},
		{"graphics cards and accelerators", describeGpus(theirs.Gpus), describeGpus(ours.Gpus)},
		{"interfaces", describeNics(theirs.Interfaces), describeNics(ours.Interfaces)},
	} {
		if fmt.Sprint(pair.theirs) != fmt.Sprint(pair.ours) {
			return fmt.Errorf("%s: ghw reads %v, ours %v", pair.what, pair.theirs, pair.ours)
		}
	}
	return nil
}

func describeDisks(disks []disk) string {
	return describe(disks, func(found disk) string {
		return fmt.Sprintf("%s %s %d removable=%t", found.Name, found.DriveType, found.SizeBytes, slices.Contains(found.Eligibility.NotEligibleReasons, "Disk is removable"))
	})
}

func describeGpus(gpus []gpu) string {
	return describe(gpus, func(found gpu) string {
		return fmt.Sprintf("%s %s:%s %s %s", found.Address, found.VendorID, found.DeviceID, found.Vendor, found.Name)
	})
}

func describeNics(nics []nic) string {
	return describe(nics, func(found nic) string {
		return fmt.Sprintf("%s %s %v %v", found.Name, found.MacAddress, found.IPV4, found.IPV6)
	})
}

func describe[T any](items []T, text func(T) string) string {
	lines := []string{}
	for _, item := range items {
		lines = append(lines, text(item))
	}
	slices.Sort(lines)
	return strings.Join(lines, "; ")
}
