import { proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../../activities/create-activities';
import { activityPolicies as policies } from '../policies';

const remote = {
  reserve: proxyActivities<Pick<Activities, 'reserveSubscription'>>(policies.reserveSubscription),
  push: proxyActivities<Pick<Activities, 'pushSubscription'>>(policies.pushSubscription),
  prepare: proxyActivities<Pick<Activities, 'prepareArtefacts'>>(policies.prepareArtefacts),
  createDns: proxyActivities<Pick<Activities, 'createDnsRecords'>>(policies.createDnsRecords),
  removeDns: proxyActivities<Pick<Activities, 'removeDnsRecords'>>(policies.removeDnsRecords),
  image: proxyActivities<Pick<Activities, 'buildImage'>>(policies.buildImage),
  hostIgnitions: proxyActivities<Pick<Activities, 'storeHostIgnitions'>>(policies.storeHostIgnitions),
  storeState: proxyActivities<Pick<Activities, 'storeState'>>(policies.storeState),
  restore: proxyActivities<Pick<Activities, 'restoreCluster'>>(policies.restoreCluster),
  remove: proxyActivities<Pick<Activities, 'removeImage' | 'removeInstallation' | 'purgeCluster'>>(policies.removeObjects),
};
const local = proxyLocalActivities<Pick<Activities, 'refreshCluster'>>(policies.refreshCluster);

/** The activities of a cluster's workflow; each call carries a summary for the timeline. */
export const activities = {
  refreshCluster: local.refreshCluster,
  reserveSubscription: remote.reserve.reserveSubscription,
  pushSubscription: remote.push.pushSubscription,
  prepareArtefacts: remote.prepare.prepareArtefacts,
  createDnsRecords: remote.createDns.createDnsRecords,
  removeDnsRecords: remote.removeDns.removeDnsRecords,
  buildImage: remote.image.buildImage,
  storeHostIgnitions: remote.hostIgnitions.storeHostIgnitions,
  storeState: remote.storeState.storeState,
  restoreCluster: remote.restore.restoreCluster,
  removeImage: remote.remove.removeImage,
  removeInstallation: remote.remove.removeInstallation,
  purgeCluster: remote.remove.purgeCluster,
};
