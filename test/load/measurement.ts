/** One figure with its goal. */
export interface Measurement {
  name: string;
  value: number;
  unit: string;
  /** The value must be below it; undefined for figures that only inform. */
  goal?: number;
  /** What else there is to say. */
  note?: string;
}

export const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

const formatNumber = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(3));

/** True unless the figure has a goal and misses it. */
export function meetsGoal({ value, goal }: Measurement): boolean {
  return goal === undefined || value < goal;
}

/** The figures as an aligned table. */
export function formatTable(measurements: readonly Measurement[]): string {
  const rows = measurements.map((measurement) => {
    const { name, value, unit, goal, note = '' } = measurement;
    const verdict = goal === undefined ? '' : meetsGoal(measurement) ? 'ok' : 'over';
    return [name, `${formatNumber(value)} ${unit}`, goal === undefined ? '' : `< ${goal} ${unit}`, verdict, note];
  });
  const all = [['measure', 'value', 'goal', '', 'note'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  return all.map((row) => row.map((cell, column) => (column === 1 || column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}
