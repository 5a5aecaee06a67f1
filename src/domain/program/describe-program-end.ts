import type { ProgramResult } from './program';

const toldLines = 10;

/** The end of a run in words, to go after the program's name: `ended with code 1: …` with the last lines of its error output. */
export function describeProgramEnd(result: ProgramResult): string {
  const lines = result.stderr.trim().split('\n').slice(-toldLines).join('\n');
  return `${inWords(result)}${lines === '' ? '' : `: ${lines}`}`;
}

function inWords(result: ProgramResult): string {
  switch (result.end) {
    case 'exited':
      return `ended with code ${result.code}`;
    case 'signalled':
      return `was ended by ${result.signal}`;
    case 'timed-out':
      return `did not end within ${result.afterMs / 1000} s`;
    case 'too-much-output':
      return `wrote more than ${result.maxBytes} bytes`;
    case 'cancelled':
      return 'was cancelled';
    case 'not-started':
      return `could not be started (${result.reason})`;
  }
}
