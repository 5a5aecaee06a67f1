import type { DeadlineSettings } from '../settings';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The service's durations in milliseconds where the configuration says nothing else. */
export const defaultDeadlines: DeadlineSettings = {
  agentSilence: 3 * minute,
  prepareForInstallation: 10 * minute,
  hostInstallationStart: 20 * minute,
  stage: {
    'Starting installation': 30 * minute,
    'Waiting for control plane': hour,
    'Waiting for bootkube': hour,
    'Waiting for controller': hour,
    Installing: hour,
    'Writing image to disk': 30 * minute,
    Rebooting: 70 * minute,
    'Waiting for ignition': 24 * hour,
    Configuring: hour,
    Joined: hour,
    default: hour,
  },
  imageExpiration: 4 * hour,
  inactivity: 21 * day,
  inactivityWarnings: [7 * day, day],
  inactivityPostponed: day,
  permanentDeletion: 3 * day,
  logPending: 10 * minute,
  logCollection: hour,
  hostLogPending: 2 * minute,
  hostLogCollection: 10 * minute,
  reset: 3 * minute,
  dhcpLease: 2 * minute,
};
