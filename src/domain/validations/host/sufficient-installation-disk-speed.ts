import { error, failure, success, type HostValidation } from '../validation';

export const sufficientInstallationDiskSpeed: HostValidation = {
  id: 'sufficient-installation-disk-speed',
  category: 'hardware',
  evaluate: (ctx, host) => {
    const disk = ctx.installationDisk(host);
    if (disk === undefined) return error('The host has no disk whose speed could be measured');
    const speed = host.facts.disksInfo[disk.id]?.disk_speed;
    if (speed?.tested !== true) return success(`The speed of ${disk.path} has not been measured yet`);
    if (speed.exit_code !== 0) return failure(`Measuring the speed of ${disk.path} failed with exit code ${speed.exit_code}`);
    return success(`The speed of ${disk.path} was measured`);
  },
};
