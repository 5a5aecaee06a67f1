/** Roles of a host (contract: host-role). `bootstrap` appears only on the agent's command line: a stored host is `master` with `bootstrap: true`. */
export const hostRoles = ['auto-assign', 'master', 'worker', 'bootstrap'] as const;
export type HostRole = (typeof hostRoles)[number];
