package main

import (
	"crypto/md5"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"

	"github.com/jaypipes/ghw/testdata"
)

// machine is one that ghw reads: the running one, or a captured one in a folder.
type machine struct {
	name string
	root string
}

// hostID is the one of a machine with this serial number on its motherboard: captured machines keep theirs to themselves.
func (m machine) hostID() string {
	hash := fmt.Sprintf("%x", md5.Sum([]byte(m.name)))
	return strings.Join([]string{hash[:8], hash[8:12], hash[12:16], hash[16:20], hash[20:]}, "-")
}

// findMachines unpacks the captured machines that come with ghw's source into folders of their own.
func findMachines(folder string) ([]machine, error) {
	place, err := testdata.SnapshotsDirectory()
	if err != nil {
		return nil, err
	}
	archives, err := filepath.Glob(filepath.Join(place, "*.tar.gz"))
	if err != nil || len(archives) == 0 {
		return nil, fmt.Errorf("no captured machine in %s: %w", place, err)
	}
	sort.Strings(archives)
	machines := []machine{{name: "this machine", root: "/"}}
	for _, archive := range archives {
		name := strings.TrimSuffix(filepath.Base(archive), ".tar.gz")
		root := filepath.Join(folder, name)
		if err := os.Mkdir(root, 0o755); err != nil {
			return nil, err
		}
		if output, err := exec.Command("tar", "--extract", "--gzip", "--no-same-owner", "--file", archive, "--directory", root).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("%s: %w: %s", archive, err, output)
		}
		if err := addPciIDs(root); err != nil {
			return nil, err
		}
		machines = append(machines, machine{name: name, root: root})
	}
	return machines, nil
}

// addPciIDs gives a captured machine the list of PCI ids that comes with the captures: for ghw and our agent to name its devices.
func addPciIDs(root string) error {
	list, err := os.ReadFile(testdata.PCIDBChroot())
	if err != nil {
		return err
	}
	folder := filepath.Join(root, "usr/share/hwdata")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "pci.ids"), list, 0o644)
}
