import type { SearchField } from './fields';
import { SearchError } from './search-error';
import type { SearchExpression } from './search-parser';

/** SQL text with $n placeholders, and their values in order. */
export interface SqlCondition {
  text: string;
  parameters: string[];
}

function checkValue(field: SearchField, value: string): void {
  if (field.type === 'boolean' && value !== 'true' && value !== 'false') {
    throw new SearchError('expected true or false');
  }
  if (field.type === 'timestamptz' && !/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:?\d\d)?)?$/.test(value)) {
    throw new SearchError('expected a date such as 2021-05-23T08:00:00Z');
  }
  if (field.type === 'timestamptz' && Number.isNaN(Date.parse(value))) {
    throw new SearchError('expected a date such as 2021-05-23T08:00:00Z');
  }
}

/**
 * Translates a search expression to a parameterised condition on `s` (subscriptions) and `a` (their creators).
 * Placeholders start at $(firstParameter). Values only ever travel as parameters.
 */
export function toSqlCondition(expression: SearchExpression, firstParameter: number): SqlCondition {
  const parameters: string[] = [];

  function placeholder(field: SearchField, value: string): string {
    checkValue(field, value);
    parameters.push(value);
    // Through text, so that the driver sends every value as it is and Postgres converts it.
    return `$${firstParameter + parameters.length - 1}::text::${field.type}`;
  }

  function render(node: SearchExpression): string {
    switch (node.kind) {
      case 'and':
      case 'or':
        return `(${render(node.left)} ${node.kind.toUpperCase()} ${render(node.right)})`;
      case 'not':
        return `(NOT ${render(node.inner)})`;
      case 'in':
        return `(${node.field.sql} IN (${node.values.map((value) => placeholder(node.field, value)).join(', ')}))`;
      case 'compare':
        return `(${node.field.sql} ${node.comparison.toUpperCase()} ${placeholder(node.field, node.value)})`;
    }
  }

  return { text: render(expression), parameters };
}
