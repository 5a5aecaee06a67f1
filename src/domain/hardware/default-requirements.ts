import type { VersionedRequirements } from '../settings';

/** What a machine must have when the configuration says nothing else: the published minimum of the platform. */
export const defaultRequirements: VersionedRequirements[] = [
  {
    version: 'default',
    master: { cpuCores: 4, ramMib: 16_384, diskSizeGb: 120, diskSpeedThresholdMs: 10, networkLatencyThresholdMs: 100, packetLossPercentage: 0 },
    worker: { cpuCores: 2, ramMib: 8_192, diskSizeGb: 120, diskSpeedThresholdMs: 10, networkLatencyThresholdMs: 1000, packetLossPercentage: 10 },
    sno: { cpuCores: 8, ramMib: 32_768, diskSizeGb: 120, diskSpeedThresholdMs: 10, networkLatencyThresholdMs: 100, packetLossPercentage: 0 },
  },
];
