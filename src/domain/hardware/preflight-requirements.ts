import { dependenciesOf, olmOperatorNames } from '../cluster/operators';
import type { HardwareRequirements, VersionedRequirements } from '../settings';
import { cnvFigures } from './cnv-requirements';
import { ocsCompactHosts, ocsFigures, ocsMinDiskGb } from './ocs-requirements';
import type { OperatorRequirements } from './operator-requirements';

/** Figures of a role, and what cannot be said in figures before the hosts are known. */
export interface PreflightOfRole<Figures> {
  figures: Figures;
  remarks: string[];
}

export interface PreflightOfOperator {
  operator: string;
  dependencies: readonly string[];
  master: PreflightOfRole<OperatorRequirements>;
  worker: PreflightOfRole<OperatorRequirements>;
}

/** What the platform asks of masters and workers; the only host of a single-node cluster is a master with figures of its own. */
export function figuresByRole(requirements: VersionedRequirements, singleNode: boolean): { master: HardwareRequirements; worker: HardwareRequirements } {
  return { master: singleNode ? requirements.sno : requirements.master, worker: requirements.worker };
}

const nothing: PreflightOfRole<OperatorRequirements> = { figures: { cpuCores: 0, ramMib: 0 }, remarks: [] };

const virtualization = 'A CPU with hardware virtualization (flag vmx or svm)';
const extraDisk = `A hard disk or solid-state disk of at least ${ocsMinDiskGb} GB beside the installation disk, on 3 hosts`;
const perDisk = `For each such disk ${ocsFigures.perDisk.cpuCores} more CPU cores and ${ocsFigures.perDisk.ramMib / 1024} GiB more RAM`;

const byOperator: Record<string, Pick<PreflightOfOperator, 'master' | 'worker'>> = {
  cnv: {
    master: { figures: cnvFigures.master, remarks: [virtualization] },
    worker: {
      figures: cnvFigures.worker,
      remarks: [virtualization, `For each supported GPU and SR-IOV network device ${cnvFigures.ramMibPerDevice / 1024} GiB more RAM`],
    },
  },
  lso: { master: nothing, worker: nothing },
  ocs: {
    master: { figures: ocsFigures.compact, remarks: [`Only in a cluster of ${ocsCompactHosts} hosts, all of them masters`, extraDisk, perDisk] },
    worker: { figures: ocsFigures.standard, remarks: ['Only in a cluster of 6 hosts or more', 'At least 3 workers', extraDisk, perDisk] },
  },
};

/** What each operator that users can ask for takes of a host before any host is known, by name. */
export function preflightOfOperators(): PreflightOfOperator[] {
  return [...olmOperatorNames].sort().map((operator) => ({ operator, dependencies: dependenciesOf(operator), ...(byOperator[operator] ?? { master: nothing, worker: nothing }) }));
}
