/** Longest explanation that is kept of what an agent or a controller says, in UTF-16 code units. */
const longest = 4_000;

/** What is kept of an explanation: it becomes a status or an event, which many read, so it must not be of any length. */
export const cutText = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
