import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What programs and people need to use a running stack; the content of DATA/stack.json. */
export interface StackFile {
  api_url: string;
  worker_url: string;
  temporal_address: string;
  temporal_namespace: string;
  temporal_ui_url: string;
  s3_url: string;
  s3_region: string;
  s3_bucket: string;
  s3_bucket_public: string;
  s3_access_key_id: string;
  s3_secret_access_key: string;
  ams_url: string;
  token_url: string;
  /** Token endpoint, account services and the service behind one address. */
  gateway_url: string;
  database_url: string;
  user_token: string;
  other_user_token: string;
  admin_token: string;
  read_only_admin_token: string;
  agent_token: string;
  pull_secret: string;
  offline_token: string;
  ocm_client_id: string;
  ocm_client_secret: string;
  pids: Record<'api' | 'worker' | 'temporal' | 'postgres' | 's3' | 'ams' | 'launcher', number>;
}

/** Writes DATA/stack.json in one step, readable by its owner only. */
export function writeStackFile(dataDir: string, content: StackFile): void {
  const file = stackFilePath(dataDir);
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

export function removeStackFile(dataDir: string): void {
  rmSync(stackFilePath(dataDir), { force: true });
}

export const stackFilePath = (dataDir: string): string => join(dataDir, 'stack.json');
