import { z } from '@hono/zod-openapi';
import { manifestFolders } from '../../services/manifests/manifest-address';

const folder = () => z.enum(manifestFolders);

export const manifestSchema = z.object({ folder: folder().optional(), file_name: z.string().optional() }).openapi('manifest');
export const listManifestsSchema = z.array(manifestSchema).openapi('list-manifests');

/** `content`: base64. */
export const createManifestParamsSchema = z
  .object({
    folder: folder().optional().openapi({ default: 'manifests' }),
    file_name: z.string().regex(/^[^/]*\.(yaml|yml|json)$/),
    content: z.string(),
  })
  .openapi('create-manifest-params');

export const manifestQuery = z.object({ folder: folder().optional().openapi({ default: 'manifests' }), file_name: z.string() });
