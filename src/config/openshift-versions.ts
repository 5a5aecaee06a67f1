import { z } from 'zod';

/** What is said of an image ends up in notes, logs and the configuration of machines, its address with it. */
const hasNoCredentials = (address: string): boolean => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url === undefined || (url.username === '' && url.password === '');
};
const credentialsRefused = 'must not hold a user or password: use an address that needs none (a presigned one, s3://bucket/key with the credentials of the service, or a mirror)';

/** One supported version (contract: openshift-version), with the checksum of its base image where it is known. */
const openshiftVersion = z.object({
  display_name: z.string().min(1),
  release_version: z.string().min(1),
  release_image: z.string().min(1),
  rhcos_image: z.url().refine(hasNoCredentials, credentialsRefused),
  rhcos_image_sha256: z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256 in lower-case hex').optional(),
  rhcos_rootfs: z.string().min(1).refine(hasNoCredentials, credentialsRefused),
  rhcos_version: z.string().min(1),
  support_level: z.enum(['beta', 'production', 'custom']),
  default: z.boolean().optional(),
});
export type OpenshiftVersion = z.infer<typeof openshiftVersion>;

/** OPENSHIFT_VERSIONS: JSON object `major.minor` → version. */
export const openshiftVersions = z.string().transform((text, context): Record<string, OpenshiftVersion> => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'must be a JSON object of versions, like {"4.8": {"display_name": …}}' });
    return z.NEVER;
  }
  const parsed = z.record(z.string().regex(/^\d+\.\d+$/, 'must be major.minor'), openshiftVersion).safeParse(json);
  if (parsed.success && Object.keys(parsed.data).length > 0) return parsed.data;
  const issue = parsed.error?.issues[0];
  context.addIssue({ code: 'custom', message: issue ? `${issue.path.join('.')}: ${issue.message}` : 'must name at least one version' });
  return z.NEVER;
});
