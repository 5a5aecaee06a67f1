import type { CapabilitySigner } from '../../auth/capability';

/** A file by the address it is downloaded from. */
export interface LinkedFile {
  /** Below `/clusters/<id>`. */
  path: string;
  query: Record<string, string>;
  /** What the route of the address takes for the name of the file. */
  capability: string;
}

export interface FileLinks {
  /** Where whoever has the address can download the file, for ten minutes. */
  linkTo(clusterId: string, file: LinkedFile): Promise<string>;
}

const validMs = 10 * 60_000;

/**
 * @param baseUrl address of the API without the base path
 */
export function createFileLinks(baseUrl: string, signer: Pick<CapabilitySigner, 'sign'>, now: () => number = Date.now): FileLinks {
  return {
    async linkTo(clusterId, { path, query, capability }) {
      const parameters = new URLSearchParams(query);
      parameters.set('api_key', await signer.sign({ method: 'GET', clusterId, file: capability, expiresAt: new Date(now() + validMs) }));
      return `${baseUrl.replace(/\/$/, '')}/api/assisted-install/v1/clusters/${clusterId}${path}?${parameters.toString()}`;
    },
  };
}
