import type { Role } from './actor';
import { AnswerCache } from './answer-cache';

export interface RoleFinderOptions {
  adminUsers: readonly string[];
  /**
   * Asks AMS whether the user is a read-only admin; see isRefusal for how it fails. Answers are cached for 10 minutes,
   * and used longer while AMS is out of order.
   */
  isReadOnlyAdmin: (userName: string) => Promise<boolean>;
  now: () => number;
}

export interface RoleFinder {
  /** The role if it is known without asking. */
  peek(userName: string): Role | undefined;
  /** The role. Rejects with AuthError. */
  find(userName: string): Promise<Role>;
}

export function createRoleFinder({ adminUsers, isReadOnlyAdmin, now }: RoleFinderOptions): RoleFinder {
  const admins = new Set(adminUsers);
  const capabilities = new AnswerCache<boolean>({
    ask: isReadOnlyAdmin,
    messages: { refused: 'the account of the user is not known', unavailable: 'the role of the user can\'t be determined now' },
    now,
  });

  function roleOf(readOnlyAdmin: boolean): Role {
    return readOnlyAdmin ? 'read-only-admin' : 'user';
  }

  return {
    peek(userName) {
      if (admins.has(userName)) return 'admin';
      const known = capabilities.peek(userName);
      return known === undefined ? undefined : roleOf(known.value);
    },
    async find(userName) {
      return admins.has(userName) ? 'admin' : roleOf(await capabilities.get(userName));
    },
  };
}
