import { isConnected } from '../../host/connected';
import { failure, success, type HostValidation } from '../validation';

export const connected: HostValidation = {
  id: 'connected',
  category: 'network',
  evaluate: ({ now, settings }, host) =>
    isConnected(host, now, settings)
      ? success('The host is connected')
      : failure(`The host has not been heard of for more than ${Math.round(settings.deadlines.agentSilence / 1000)} seconds`),
};
