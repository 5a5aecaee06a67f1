/** A way in to an operation, as the contract's security names it by roles. */
export type Way = 'users read' | 'users write' | 'agents' | 'signed';

/** What a caller is to the cluster of the request. */
export type Standing =
  | 'bad credential' | 'owner' | 'admin' | 'read-only admin' | 'other tenant' | 'own agent' | 'agent of another cluster' | 'signed for this file';

/** The status a caller must meet at the door of an operation; `in` = let in, whatever comes then. */
export function expectedStatus(ways: readonly Way[], ofCluster: boolean, standing: Standing): number | 'in' {
  const users = ways.find((way) => way.startsWith('users'));
  switch (standing) {
    case 'bad credential':
      return 401;
    case 'owner':
    case 'admin':
      return users ? 'in' : 401;
    case 'read-only admin':
      return users ? (users === 'users read' ? 'in' : 403) : 401;
    case 'other tenant':
      return users ? (ofCluster ? 404 : 'in') : 401;
    case 'own agent':
      return ways.includes('agents') ? 'in' : 401;
    case 'agent of another cluster':
      return ways.includes('agents') ? 404 : 401;
    case 'signed for this file':
      return ways.includes('signed') ? 'in' : 401;
  }
}
