import type { MonitoredOperator } from '../../domain/cluster/model';
import type { WireMonitoredOperator } from '../schemas/monitored-operator';
import { formatTime, omitEmpty } from './wire-values';

export function presentOperator(clusterId: string, operator: MonitoredOperator): WireMonitoredOperator {
  return {
    cluster_id: clusterId,
    name: operator.name,
    operator_type: operator.operatorType,
    status_updated_at: formatTime(operator.statusUpdatedAt),
    ...omitEmpty({
      namespace: operator.namespace,
      subscription_name: operator.subscriptionName,
      properties: operator.properties,
      timeout_seconds: operator.timeoutSeconds,
      status: operator.status,
      status_info: operator.statusInfo,
    }),
  };
}
