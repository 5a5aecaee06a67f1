import { allHostsAreReadyToInstall } from './cluster/all-hosts-are-ready-to-install';
import { apiVipDefined } from './cluster/api-vip-defined';
import { apiVipValid } from './cluster/api-vip-valid';
import { clusterCidrDefined } from './cluster/cluster-cidr-defined';
import { cnvRequirementsSatisfied } from './cluster/cnv-requirements-satisfied';
import { dnsDomainDefined } from './cluster/dns-domain-defined';
import { ingressVipDefined } from './cluster/ingress-vip-defined';
import { ingressVipValid } from './cluster/ingress-vip-valid';
import { lsoRequirementsSatisfied } from './cluster/lso-requirements-satisfied';
import { machineCidrDefined } from './cluster/machine-cidr-defined';
import { machineCidrEqualsToCalculatedCidr } from './cluster/machine-cidr-equals-to-calculated-cidr';
import { networkPrefixValid } from './cluster/network-prefix-valid';
import { noCidrsOverlapping } from './cluster/no-cidrs-overlapping';
import { ntpServerConfigured } from './cluster/ntp-server-configured';
import { ocsRequirementsSatisfied } from './cluster/ocs-requirements-satisfied';
import { pullSecretSet } from './cluster/pull-secret-set';
import { serviceCidrDefined } from './cluster/service-cidr-defined';
import { sufficientMastersCount } from './cluster/sufficient-masters-count';
import type { ValidationContext } from './context';
import type { ValidationResult, ValidationsInfo } from './result';
import type { ClusterCategory, ClusterValidation } from './validation';

/** In the order of their ids, which is the order of the results within a category. */
export const clusterValidations: readonly ClusterValidation[] = [
  allHostsAreReadyToInstall, apiVipDefined, apiVipValid, clusterCidrDefined, cnvRequirementsSatisfied, dnsDomainDefined,
  ingressVipDefined, ingressVipValid, lsoRequirementsSatisfied, machineCidrDefined, machineCidrEqualsToCalculatedCidr,
  networkPrefixValid, noCidrsOverlapping, ntpServerConfigured, ocsRequirementsSatisfied, pullSecretSet, serviceCidrDefined,
  sufficientMastersCount,
];

const categories: readonly ClusterCategory[] = ['configuration', 'hosts-data', 'network', 'operators'];

/** All validations of a cluster by category. Whether its status calls for an evaluation is for the caller to decide. */
export function evaluateClusterValidations(ctx: ValidationContext): ValidationsInfo {
  const results: Record<ClusterCategory, ValidationResult[]> = { configuration: [], 'hosts-data': [], network: [], operators: [] };
  for (const { id, category, evaluate } of clusterValidations) {
    const { status, message } = evaluate(ctx);
    results[category].push({ id, status, message });
  }
  return Object.fromEntries(categories.map((category) => [category, results[category]]));
}
