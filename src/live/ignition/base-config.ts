import type { IgnitionConfig } from '../../domain/ignition/ignition-config';
import { rootFile } from '../../domain/ignition/root-file';

const chronyConfig = `makestep 1.0 3
rtcsync
driftfile /var/lib/chrony/drift
`;

const chronyUnit = `[Service]
ExecStart=/usr/sbin/chronyd -d -u root -f /etc/chrony.conf
Restart=always
RestartSec=5
`;

/** What the live system has before its ignition says more: no name of its own, names from its hosts file first, and a clock daemon without a source. */
export const baseConfig: IgnitionConfig = {
  ignition: { version: '3.1.0' },
  storage: {
    files: [
      rootFile('/etc/hostname', 0o644, 'localhost'),
      rootFile('/etc/nsswitch.conf', 0o644, 'hosts: files dns\n'),
      rootFile('/etc/chrony.conf', 0o644, chronyConfig),
    ],
  },
  systemd: { units: [{ name: 'chronyd.service', enabled: true, contents: chronyUnit }] },
};
