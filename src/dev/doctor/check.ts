/** What the doctor found: `warn` hinders only a part of the work, `missing` hinders `npm start`. */
export interface Check {
  name: string;
  state: 'ok' | 'warn' | 'missing';
  detail: string;
  /** A command, or an instruction, that mends it. */
  fix?: string;
}
