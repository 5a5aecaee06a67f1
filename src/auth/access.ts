import { AnswerCache } from './answer-cache';

export interface AccessReviewOptions {
  /** Asks AMS whether the user may create bare-metal clusters; see isRefusal for how it fails. */
  reviewAccess: (userName: string) => Promise<boolean>;
  /** Clock in milliseconds, for tests. */
  now?: () => number;
}

export interface AccessReview {
  /** The answer if it is known without asking. */
  peek(userName: string): boolean | undefined;
  /** Whether the user may use the service at all. Rejects with AuthError. */
  isAllowed(userName: string): Promise<boolean>;
}

/** The access review of AMS, cached like all its answers: 10 minutes, longer while AMS is out of order. */
export function createAccessReview({ reviewAccess, now = Date.now }: AccessReviewOptions): AccessReview {
  const answers = new AnswerCache<boolean>({
    ask: reviewAccess,
    messages: { refused: 'the account of the user is not known', unavailable: 'the access of the user can\'t be reviewed now' },
    now,
  });
  return {
    peek: (userName) => answers.peek(userName)?.value,
    isAllowed: (userName) => answers.get(userName),
  };
}
