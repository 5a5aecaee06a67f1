import type { StackFile } from './stack-file';
import { stackFilePath } from './stack-file';

/** What a person sees when the stack is ready: addresses, a token, an example. */
export function makeGreeting(stack: StackFile, dataDir: string): string {
  const api = `${stack.api_url}/api/assisted-install/v1`;
  return `
  API            ${api}
  Temporal Web   ${stack.temporal_ui_url}
  S3             ${stack.s3_url}
  AMS stand-in   ${stack.ams_url}
  Gateway        ${stack.gateway_url}   (API, AMS and tokens behind one address, for the ocm command line)
  Postgres       ${stack.database_url}
  everything     ${stackFilePath(dataDir)}

  A token of the user "user", valid for a day, and an example:

TOKEN=${stack.user_token}
curl -s -H "Authorization: Bearer $TOKEN" ${api}/openshift_versions
curl -s -H "Authorization: Bearer $TOKEN" ${api}/clusters

  Ctrl-C stops the stack.
`;
}
