import { z } from 'zod';
import { defaultDeadlines } from '../domain/deadlines/default-deadlines';
import { parseDuration } from './duration';

const defaults = defaultDeadlines.stage;

/** HOST_STAGE_TIMEOUTS: a comma list of `stage=duration` over the defaults; `default` is of the stages that have none of their own. */
export const stageTimeouts = z.string().transform((text, context): Record<string, number> => {
  const limits = { ...defaults };
  for (const entry of text.split(',').map((part) => part.trim()).filter((part) => part !== '')) {
    const [name = '', duration = ''] = entry.split('=', 2).map((part) => part.trim());
    const limit = parseDuration(duration);
    if (!Object.hasOwn(defaults, name) || limit === undefined || limit === 0) {
      context.addIssue({ code: 'custom', message: `"${entry}" must be one of ${Object.keys(defaults).join(', ')} with =duration, such as Rebooting=70m` });
      return z.NEVER;
    }
    limits[name] = limit;
  }
  return limits;
});
