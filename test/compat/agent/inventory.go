package main

import (
	"fmt"
	"net"
	"os"
	"regexp"
	"strings"
	"time"

	"github.com/jaypipes/ghw"
	"github.com/jaypipes/ghw/testdata"
)

// inventory is what the contract calls so, as far as ghw knows of it.
type inventory struct {
	Hostname     string        `json:"hostname"`
	Timestamp    int64         `json:"timestamp"`
	CPU          cpu           `json:"cpu"`
	Memory       memory        `json:"memory"`
	Disks        []disk        `json:"disks"`
	Interfaces   []nic         `json:"interfaces"`
	Gpus         []gpu         `json:"gpus"`
	SystemVendor *systemVendor `json:"system_vendor"`
}

type cpu struct {
	Count        int64    `json:"count"`
	ModelName    string   `json:"model_name"`
	Architecture string   `json:"architecture"`
	Flags        []string `json:"flags"`
}

type memory struct {
	PhysicalBytes int64 `json:"physical_bytes"`
	UsableBytes   int64 `json:"usable_bytes"`
}

type disk struct {
	Name        string      `json:"name"`
	Path        string      `json:"path"`
	DriveType   string      `json:"drive_type"`
	SizeBytes   int64       `json:"size_bytes"`
	Eligibility eligibility `json:"installation_eligibility"`
}

type eligibility struct {
	Eligible           bool     `json:"eligible"`
	NotEligibleReasons []string `json:"not_eligible_reasons"`
}

type nic struct {
	Name       string   `json:"name"`
	MacAddress string   `json:"mac_address"`
	IPV4       []string `json:"ipv4_addresses"`
	IPV6       []string `json:"ipv6_addresses"`
}

type gpu struct {
	Address  string `json:"address"`
	VendorID string `json:"vendor_id"`
	DeviceID string `json:"device_id"`
	Vendor   string `json:"vendor"`
	Name     string `json:"name"`
}

type systemVendor struct {
	Manufacturer string `json:"manufacturer"`
	ProductName  string `json:"product_name"`
	SerialNumber string `json:"serial_number"`
}

// notHardware are devices in memory or made of others.
var notHardware = regexp.MustCompile(`^(dm-|loop|ram|zram|md|nbd|fd)`)

// readInventory reads a machine by ghw alone; addresses, which ghw does not read, come from Go's own library for the running machine.
func readInventory(m machine) (*inventory, error) {
	// The list of PCI ids is the one that comes with the captured machines.
	os.Setenv("PCIDB_PATH", testdata.PCIDBChroot())
	options := []any{ghw.WithChroot(m.root), ghw.WithDisableWarnings(), ghw.WithDisableTools()}
	processors, err := ghw.CPU(options...)
	if err != nil {
		return nil, fmt.Errorf("CPU: %w", err)
	}
	installed, err := ghw.Memory(options...)
	if err != nil {
		return nil, fmt.Errorf("memory: %w", err)
	}
	read := &inventory{
		Hostname:     strings.ToLower(strings.NewReplacer(" ", "-", "_", "-").Replace(m.name)),
		Timestamp:    time.Now().Unix(),
		CPU:          cpu{Count: int64(processors.TotalHardwareThreads), Architecture: "x86_64", Flags: []string{}},
		Memory:       memory{PhysicalBytes: installed.TotalPhysicalBytes, UsableBytes: installed.TotalUsableBytes},
		Disks:        []disk{},
		Interfaces:   []nic{},
		Gpus:         []gpu{},
		SystemVendor: &systemVendor{},
	}
	if len(processors.Processors) > 0 {
		read.CPU.ModelName = processors.Processors[0].Model
		read.CPU.Flags = processors.Processors[0].Capabilities
	}
	if product, err := ghw.Product(options...); err == nil && product.Name != "unknown" {
		read.SystemVendor = &systemVendor{Manufacturer: product.Vendor, ProductName: product.Name, SerialNumber: product.SerialNumber}
	}
	if read.Disks, err = readDisks(options); err != nil {
		return nil, err
	}
	if read.Gpus, err = readGpus(options); err != nil {
		return nil, err
	}
	if m.root == "/" {
		read.Interfaces = readInterfaces()
	}
	return read, nil
}

func readDisks(options []any) ([]disk, error) {
	block, err := ghw.Block(options...)
	if err != nil {
		// A capture without its disks.
		return []disk{}, nil
	}
	disks := []disk{}
	for _, found := range block.Disks {
		if notHardware.MatchString(found.Name) || found.SizeBytes == 0 {
			continue
		}
		judged := eligibility{Eligible: !found.IsRemovable, NotEligibleReasons: []string{}}
		if found.IsRemovable {
			judged.NotEligibleReasons = []string{"Disk is removable"}
		}
		disks = append(disks, disk{Name: found.Name, Path: "/dev/" + found.Name, DriveType: found.DriveType.String(), SizeBytes: int64(found.SizeBytes), Eligibility: judged})
	}
	return disks, nil
}

// readGpus are the display controllers, co-processors and accelerators among the PCI devices. ghw.GPU, which asks for a loaded driver, finds none
// in most captures.
func readGpus(options []any) ([]gpu, error) {
	bus, err := ghw.PCI(options...)
	if err != nil {
		return nil, fmt.Errorf("PCI: %w", err)
	}
	gpus := []gpu{}
	for _, device := range bus.Devices {
		class := device.Class.ID + device.Subclass.ID
		if strings.HasPrefix(class, "03") || class == "0b40" || class == "1200" {
			gpus = append(gpus, gpu{Address: device.Address, VendorID: device.Vendor.ID, DeviceID: device.Product.ID, Vendor: device.Vendor.Name, Name: device.Product.Name})
		}
	}
	return gpus, nil
}

func readInterfaces() []nic {
	found := []nic{}
	links, _ := net.Interfaces()
	for _, link := range links {
		if _, err := os.Stat("/sys/class/net/" + link.Name + "/device"); err != nil {
			continue
		}
		one := nic{Name: link.Name, MacAddress: link.HardwareAddr.String(), IPV4: []string{}, IPV6: []string{}}
		addresses, _ := link.Addrs()
		for _, address := range addresses {
			network, isNetwork := address.(*net.IPNet)
			switch {
			case !isNetwork || network.IP.IsLinkLocalUnicast():
			case network.IP.To4() != nil:
				one.IPV4 = append(one.IPV4, network.String())
			default:
				one.IPV6 = append(one.IPV6, network.String())
			}
		}
		found = append(found, one)
	}
	return found
}
