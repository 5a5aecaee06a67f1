import { defineSearchAttributeKey } from '@temporalio/common';

/** Search attributes of clusters' workflows; the namespace must have them (the development stack registers them). */
export const clusterStatusKey = defineSearchAttributeKey('ClusterStatus', 'KEYWORD');
export const orgIdKey = defineSearchAttributeKey('OrgId', 'KEYWORD');
export const openshiftVersionKey = defineSearchAttributeKey('OpenshiftVersion', 'KEYWORD');
export const hostCountKey = defineSearchAttributeKey('HostCount', 'INT');
export const attentionNeededKey = defineSearchAttributeKey('AttentionNeeded', 'BOOL');

export const clusterSearchAttributes = [clusterStatusKey, orgIdKey, openshiftVersionKey, hostCountKey, attentionNeededKey];
