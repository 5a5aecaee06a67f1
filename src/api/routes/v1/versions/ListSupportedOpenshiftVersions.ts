import { defineOperation } from '../../../operation';
import { presentReleases } from '../../../presenters/openshift-version';
import { jsonReply } from '../../../reply';
import { openshiftVersionsSchema } from '../../../schemas/versions';
import { userReads } from '../../../security';

export const listSupportedOpenshiftVersionsOperation = defineOperation({
  method: 'get',
  path: '/openshift_versions',
  operationId: 'ListSupportedOpenshiftVersions',
  summary: 'Lists the versions that clusters can be installed with.',
  tags: ['versions'],
  security: [userReads],
  answer: { status: 200, schema: openshiftVersionsSchema },
  errors: [503],
  async handle(_input, { deps }) {
    const { releases, cannotBeOffered } = deps.services;
    const offered = Object.entries(releases).filter(([, release]) => !cannotBeOffered(release.rhcos_version));
    return jsonReply(presentReleases(Object.fromEntries(offered)));
  },
});
