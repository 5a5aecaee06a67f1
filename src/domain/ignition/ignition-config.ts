/** The parts of an Ignition configuration (specification 3.x) that this project writes or merges by name; others are carried along. */
export interface IgnitionConfig {
  ignition: {
    version: string;
    config?: JsonObject;
    proxy?: { httpProxy?: string; httpsProxy?: string; noProxy?: string[] };
    [section: string]: unknown;
  };
  passwd?: { users?: IgnitionUser[]; [section: string]: unknown };
  storage?: { files?: IgnitionFile[]; [section: string]: unknown };
  systemd?: { units?: IgnitionUnit[] };
  [section: string]: unknown;
}

export interface IgnitionUser {
  name: string;
  passwordHash?: string;
  groups?: string[];
  sshAuthorizedKeys?: string[];
}

export interface IgnitionFile {
  path: string;
  /** Permission bits, as a plain number. */
  mode?: number;
  overwrite?: boolean;
  user?: { name?: string; id?: number };
  contents?: { source?: string; compression?: string };
  append?: { source?: string }[];
}

export interface IgnitionUnit {
  name: string;
  enabled?: boolean;
  contents?: string;
}

export type JsonObject = { [key: string]: unknown };
