// Registers machines with a running stack as an agent does that shares nothing with ours: what they are is read by ghw, a hardware
// library of the field, from the machine this runs on and from the real machines that were captured for that library's own tests.
// The service's judgement of each has to be the one that follows from ghw's figures, and our agent has to read the same machine alike.
package main

import (
	"flag"
	"fmt"
	"os"
	"slices"
)

func main() {
	data := flag.String("data", "../../../.data", "data folder of the development stack")
	flag.Parse()
	if err := run(*data); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(data string) error {
	folder, err := os.MkdirTemp("", "captured-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	machines, err := findMachines(folder)
	if err != nil {
		return err
	}
	service, err := connect(data)
	if err != nil {
		return err
	}
	cluster, err := service.registerCluster("inventories-by-others")
	if err != nil {
		return err
	}
	defer service.removeCluster(cluster)
	faults := 0
	for _, machine := range machines {
		if err := check(service, cluster, machine); err != nil {
			faults++
			fmt.Printf("%s: %v\n", machine.name, err)
		}
	}
	fmt.Printf("%d machines, %d with faults\n", len(machines), faults)
	if faults > 0 {
		return fmt.Errorf("the service or our agent judges differently")
	}
	return nil
}

func check(service *service, cluster string, machine machine) error {
	theirs, err := readInventory(machine)
	if err != nil {
		return err
	}
	ours, err := readByOurAgent(machine)
	if err != nil {
		return err
	}
	if err := compare(theirs, ours); err != nil {
		return fmt.Errorf("our agent: %w", err)
	}
	host, err := runAgent(service, cluster, machine, theirs)
	if err != nil {
		return err
	}
	found, err := service.hardwareValidations(cluster, host)
	if err != nil {
		return err
	}
	for id, want := range expectedValidations(theirs) {
		if found[id] != want {
			return fmt.Errorf("%s is %q, and ghw's figures say %q", id, found[id], want)
		}
	}
	failed := []string{}
	for id, status := range found {
		if status != "success" {
			failed = append(failed, id)
		}
	}
	slices.Sort(failed)
	fmt.Printf("%s: %d CPUs, %d MiB, %d disks, %d cards; does not pass %v\n", machine.name, theirs.CPU.Count, theirs.Memory.PhysicalBytes>>20, len(theirs.Disks), len(theirs.Gpus), failed)
	return nil
}
