const maxLength = 191;
const maxLabelLength = 63;
const label = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';
const domainForm = new RegExp(`^(${label}\\.)*[a-z]{2,}$`);

/** Why a domain can't be the base domain of the cluster, undefined when it can. Measured on the longest name below it, that of the applications. */
export function checkBaseDnsDomain(domain: string, clusterName: string): string | undefined {
  if (!domainForm.test(domain)) return `The base domain "${domain}" must consist of lower-case DNS labels and end in a top-level domain of at least 2 letters`;
  const longLabel = domain.split('.').find((part) => part.length > maxLabelLength);
  if (longLabel !== undefined) return `The label "${longLabel}" of the base domain is longer than ${maxLabelLength} characters`;
  const full = `apps.${clusterName}.${domain}`;
  if (full.length > maxLength) return `The domain "${full}" has ${full.length} characters, at most ${maxLength} are allowed`;
  return undefined;
}
