const textLimit = 255;

/** Why a running cluster cannot be registered with this name and this name of its API, undefined when it can. */
export function checkAddHostsCluster({ name, apiVipDnsName }: { name: string; apiVipDnsName: string }): string | undefined {
  if (name.trim() === '' || name.length > textLimit || /[\p{Cc}\p{Cs}]/u.test(name)) return `The name of the cluster must be 1 to ${textLimit} printable characters`;
  if (apiVipDnsName.length > textLimit || !/^[A-Za-z0-9._:-]+$/.test(apiVipDnsName)) return 'api_vip_dnsname must be a DNS name or an IP address';
  return undefined;
}
