import { z } from 'zod';
import { familyOf, parseCidr } from '../../domain/network/address';

const text = z.string();
const cidr = text.refine((value) => parseCidr(value) !== undefined, 'must be a network such as 10.0.0.0/16');
const address = text.refine((value) => familyOf(value) !== undefined && !value.includes('/'), 'must be an IP address');
const hostPrefix = z.int().min(1).max(128);

const machinePool = z.object({
  name: text,
  architecture: z.enum(['amd64', 'arm64', 'ppc64le', 's390x']),
  hyperthreading: z.enum(['Enabled', 'Disabled']),
  replicas: z.int().min(0),
}).partial();

const bareMetalHost = z.object({
  name: text,
  role: z.enum(['master', 'worker']),
  bmc: z.object({ address: text, username: text, password: text, disableCertificateVerification: z.boolean() }).partial(),
  bootMACAddress: text,
  bootMode: z.enum(['UEFI', 'UEFISecureBoot', 'legacy']),
  hardwareProfile: text,
  rootDeviceHints: z.object({
    deviceName: text, hctl: text, model: text, vendor: text, serialNumber: text, minSizeGigabytes: z.int().min(0), wwn: text, wwnWithExtension: text,
    wwnVendorExtension: text, rotational: z.boolean(),
  }).partial(),
}).partial();

const bareMetal = z.object({
  provisioningNetwork: z.enum(['Managed', 'Unmanaged', 'Disabled']),
  provisioningNetworkCIDR: cidr,
  provisioningNetworkInterface: text,
  provisioningDHCPRange: text,
  provisioningBridge: text,
  externalBridge: text,
  bootstrapProvisioningIP: address,
  clusterProvisioningIP: address,
  bootstrapOSImage: text,
  clusterOSImage: text,
  apiVIP: address,
  apiVIPs: z.array(address),
  ingressVIP: address,
  ingressVIPs: z.array(address),
  hosts: z.array(bareMetalHost),
}).partial();

const mirrors = z.array(z.object({ source: text.min(1), mirrors: z.array(text.min(1)) }));

/**
 * What may be laid over an install-config: its fields (those of openshift-install for bare metal and for no platform), each optional, of the types they
 * have there. Fields it does not know are left out, at every depth.
 */
export const overridesSchema = z.object({
  apiVersion: z.literal('v1'),
  baseDomain: text,
  metadata: z.object({ name: text }).partial(),
  proxy: z.object({ httpProxy: text, httpsProxy: text, noProxy: text }).partial(),
  networking: z.object({
    networkType: text.min(1),
    clusterNetwork: z.array(z.object({ cidr, hostPrefix }).partial()),
    clusterNetworkMTU: z.int().min(1),
    machineNetwork: z.array(z.object({ cidr })),
    serviceNetwork: z.array(cidr),
  }).partial(),
  compute: z.array(machinePool),
  controlPlane: machinePool,
  platform: z.object({ baremetal: bareMetal, none: z.object({}) }).partial(),
  bootstrapInPlace: z.object({ installationDisk: text.min(1) }).partial(),
  fips: z.boolean(),
  pullSecret: text.min(1),
  sshKey: text,
  imageContentSources: mirrors,
  imageDigestSources: mirrors,
  additionalTrustBundle: text,
  additionalTrustBundlePolicy: z.enum(['Proxyonly', 'Always']),
  publish: z.enum(['External', 'Internal']),
  credentialsMode: z.enum(['', 'Mint', 'Passthrough', 'Manual']),
  capabilities: z.object({ baselineCapabilitySet: text, additionalEnabledCapabilities: z.array(text) }).partial(),
  cpuPartitioningMode: z.enum(['None', 'AllNodes']),
  featureSet: text,
}).partial();
