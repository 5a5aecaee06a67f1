/** A whole block device as the system tells of it. */
export interface BlockDevice {
  name: string;
  kind: 'disk' | 'rom';
  sizeBytes: number;
  rotational: boolean;
  removable: boolean;
  readOnly: boolean;
  /** `sata`, `nvme`, `usb`, `fc`, `iscsi` …; empty when not known. */
  transport: string;
  vendor: string;
  model: string;
  serial: string;
  wwn: string;
  hctl: string;
  /** Names of the device, its partitions and all that is built on them. */
  members: string[];
  /** Kinds of what is built on it, such as `part`, `lvm`, `crypt`, `mpath`, `raid1`. */
  memberKinds: string[];
}
