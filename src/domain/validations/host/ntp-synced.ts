import { failure, success, type HostValidation } from '../validation';

export const ntpSynced: HostValidation = {
  id: 'ntp-synced',
  category: 'network',
  evaluate: (_ctx, { facts: { ntpSources = [] } }) => {
    const synced = ntpSources.find((source) => source.source_state === 'synced');
    if (synced !== undefined) return success('The clock of the host is synchronised');
    return failure(ntpSources.length === 0 ? 'The host has no NTP source' : `The host is synchronised with none of its ${ntpSources.length} NTP sources`);
  },
};
