import { searchFields } from './fields';
import type { SearchField } from './fields';
import { SearchError } from './search-error';
import { tokenizeSearch } from './search-lexer';
import type { SearchToken } from './search-lexer';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=' | 'like' | 'ilike';

export type SearchExpression =
  | { kind: 'and' | 'or'; left: SearchExpression; right: SearchExpression }
  | { kind: 'not'; inner: SearchExpression }
  | { kind: 'compare'; field: SearchField; comparison: Comparison; value: string }
  | { kind: 'in'; field: SearchField; values: string[] };

const comparisons: ReadonlyMap<string, Comparison> = new Map([
  ['=', '='], ['<>', '<>'], ['!=', '<>'], ['<', '<'], ['<=', '<='], ['>', '>'], ['>=', '>='],
  ['like', 'like'], ['ilike', 'ilike'],
]);
const maxDepth = 50;

/** Recursive descent over: or := and ("or" and)*; and := unary ("and" unary)*; unary := "not" unary | "(" or ")" | test. */
class SearchParser {
  private position = 0;
  private depth = 0;

  constructor(private readonly tokens: SearchToken[]) {}

  parse(): SearchExpression {
    const expression = this.parseOr();
    const rest = this.tokens[this.position];
    if (rest !== undefined) throw new SearchError(`unexpected input at position ${rest.at + 1}`);
    return expression;
  }

  private parseOr(): SearchExpression {
    let left = this.parseAnd();
    while (this.accept('or')) left = { kind: 'or', left, right: this.parseAnd() };
    return left;
  }

  private parseAnd(): SearchExpression {
    let left = this.parseUnary();
    while (this.accept('and')) left = { kind: 'and', left, right: this.parseUnary() };
    return left;
  }

  private parseUnary(): SearchExpression {
    this.depth += 1;
    if (this.depth > maxDepth) throw new SearchError(`search is nested deeper than ${maxDepth} levels`);
    const expression = this.parseNested();
    this.depth -= 1;
    return expression;
  }

  private parseNested(): SearchExpression {
    if (this.accept('not')) return { kind: 'not', inner: this.parseUnary() };
    if (this.accept('(')) {
      const inner = this.parseOr();
      this.expect(')');
      return inner;
    }
    return this.parseTest();
  }

  private parseTest(): SearchExpression {
    const token = this.next();
    const field = token.kind === 'word' ? searchFields.get(token.text.toLowerCase()) : undefined;
    if (field === undefined) throw new SearchError(`expected the name of a field at position ${token.at + 1}`);
    const negated = this.accept('not');
    const test = this.accept('in') ? this.parseList(field) : this.parseComparison(field, negated);
    return negated ? { kind: 'not', inner: test } : test;
  }

  private parseList(field: SearchField): SearchExpression {
    this.expect('(');
    const values = [this.value()];
    while (this.accept(',')) values.push(this.value());
    this.expect(')');
    return { kind: 'in', field, values };
  }

  private parseComparison(field: SearchField, patternOnly: boolean): SearchExpression {
    const token = this.next();
    const comparison = token.kind === 'text' ? undefined : comparisons.get(token.text.toLowerCase());
    const isPattern = comparison === 'like' || comparison === 'ilike';
    if (comparison === undefined || (patternOnly && !isPattern)) {
      throw new SearchError(`expected an operator at position ${token.at + 1}`);
    }
    if (isPattern && field.type !== 'text') throw new SearchError(`${comparison} needs a text field`);
    return { kind: 'compare', field, comparison, value: this.value() };
  }

  private value(): string {
    const token = this.next();
    if (token.kind === 'text') return token.value;
    const word = token.text.toLowerCase();
    if (word === 'true' || word === 'false') return word;
    throw new SearchError(`expected a quoted value at position ${token.at + 1}`);
  }

  private next(): SearchToken {
    const token = this.tokens[this.position];
    if (token === undefined) throw new SearchError('search ends too early');
    this.position += 1;
    return token;
  }

  private accept(text: string): boolean {
    const token = this.tokens[this.position];
    if (token === undefined || token.kind === 'text' || token.text.toLowerCase() !== text) return false;
    this.position += 1;
    return true;
  }

  private expect(text: string): void {
    if (this.accept(text)) return;
    const token = this.tokens[this.position];
    throw new SearchError(token === undefined ? 'search ends too early' : `expected '${text}' at position ${token.at + 1}`);
  }
}

/** Parses a search expression such as `cluster_id = 'x' and status in ('Active', 'Stale')`. Throws SearchError. */
export function parseSearch(source: string): SearchExpression {
  return new SearchParser(tokenizeSearch(source)).parse();
}
