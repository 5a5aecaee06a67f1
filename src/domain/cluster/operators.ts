import type { DomainSettings } from '../settings';
import type { MonitoredOperator } from './model';

interface OperatorDefinition {
  operatorType: MonitoredOperator['operatorType'];
  namespace: string;
  subscriptionName: string;
  timeoutSeconds: number;
  dependencies: string[];
}

const builtin = (timeoutSeconds: number): OperatorDefinition =>
  ({ operatorType: 'builtin', namespace: '', subscriptionName: '', timeoutSeconds, dependencies: [] });
const olm = (namespace: string, subscriptionName: string, timeoutMinutes: number, dependencies: string[]): OperatorDefinition =>
  ({ operatorType: 'olm', namespace, subscriptionName, timeoutSeconds: timeoutMinutes * 60, dependencies });

const definitions: Record<string, OperatorDefinition> = {
  console: builtin(3600),
  cvo: builtin(3600),
  lso: olm('openshift-local-storage', 'local-storage-operator', 70, []),
  ocs: olm('openshift-storage', 'ocs-operator', 30, ['lso']),
  cnv: olm('openshift-cnv', 'hco-operatorhub', 60, ['lso']),
};

/** Names a user may ask for. */
export const olmOperatorNames: readonly string[] = Object.keys(definitions).filter((name) => definitions[name]?.operatorType === 'olm');

/** Operators that one of them needs; none for a name that is not known. */
export const dependenciesOf = (name: string): readonly string[] => definitions[name]?.dependencies ?? [];

function createOperator(name: string, definition: OperatorDefinition, properties: string): MonitoredOperator {
  const { dependencies: _dependencies, ...fixed } = definition;
  return { name, ...fixed, properties, status: null, statusInfo: '', statusUpdatedAt: null };
}

/** The operators every cluster is watched for. */
export function builtinOperators(settings: DomainSettings): MonitoredOperator[] {
  const names = settings.checkClusterVersion ? ['console', 'cvo'] : ['console'];
  return names.flatMap((name) => (definitions[name] ? [createOperator(name, definitions[name], '')] : []));
}

/** The requested operators and what they depend on, by name, without status; a name that is not offered is skipped. */
export function olmOperators(requested: readonly { name: string; properties: string }[], settings: Pick<DomainSettings, 'operatorNamespaces'>): MonitoredOperator[] {
  const properties = new Map(requested.map((operator) => [operator.name, operator.properties]));
  const names = new Set(requested.flatMap(({ name }) => [name, ...(definitions[name]?.dependencies ?? [])]));
  return [...names].filter((name) => olmOperatorNames.includes(name)).sort()
    .flatMap((name) => (definitions[name] ? [createOperator(name, definitions[name], properties.get(name) ?? '')] : []))
    .map((operator) => (operator.name === 'cnv' ? { ...operator, namespace: settings.operatorNamespaces.cnv } : operator));
}

/** True when nothing more is expected of the operator: only those of the user may fail. */
export function isOperatorSettled(operator: MonitoredOperator): boolean {
  return operator.status === 'available' || (operator.operatorType === 'olm' && operator.status === 'failed');
}
