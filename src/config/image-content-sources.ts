import { z } from 'zod';

const sources = z.array(z.strictObject({ source: z.string().min(1), mirrors: z.array(z.string().min(1)).min(1) }));

/** Mirrors of registries: a JSON list of `{"source": "quay.io/openshift", "mirrors": ["mirror.example.com/openshift"]}`. */
export const imageContentSources = z.string().transform((text, context) => {
  try {
    const parsed = sources.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
  } catch {
    // Told below.
  }
  context.addIssue({ code: 'custom', message: 'must be a JSON list of {"source", "mirrors": […]}' });
  return z.NEVER;
});
