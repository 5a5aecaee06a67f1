import type { MonitoredOperator } from '../../domain/cluster/model';
import { factsChangedSignal } from '../../../workflows/cluster/messages';
import type { AgentServiceDeps } from '../agent-deps';
import { NotFound } from '../errors';
import { cutText } from '../facts/cut-text';
import { recordFacts } from '../facts/record-fact';
import { tellWorkflow } from '../facts/tell-workflow';
import { withLockedCluster } from '../facts/with-cluster';

export interface OperatorReport {
  name: string;
  status: NonNullable<MonitoredOperator['status']>;
  statusInfo: string;
}

/** ReportMonitoredOperatorStatus: what the controller sees of an operator on the new cluster. Throws NotFound for an operator that is not monitored. */
export async function reportOperator(deps: AgentServiceDeps, clusterId: string, given: OperatorReport): Promise<void> {
  const report = { ...given, statusInfo: cutText(given.statusInfo) };
  const isToTell = await withLockedCluster(deps, { clusterId }, async ({ tx, snapshot, versions }) => {
    const operator = snapshot.operators.find((candidate) => candidate.name === report.name);
    if (!operator) throw new NotFound(`Operator ${report.name} is not monitored on cluster ${clusterId}.`);
    if (operator.status === report.status && operator.statusInfo === report.statusInfo) return false;
    return recordFacts(tx, versions, [{ kind: 'operatorReported', ...report }], new Date());
  });
  if (isToTell) tellWorkflow(deps, clusterId, factsChangedSignal, { what: `operator ${report.name} is ${report.status}` });
}
