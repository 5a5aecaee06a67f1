import { describe, expect, it } from 'vitest';
import { toSqlOrder } from '../../../src/ams-standin/subscriptions/order';
import { SearchError } from '../../../src/ams-standin/subscriptions/search-error';
import { parseSearch } from '../../../src/ams-standin/subscriptions/search-parser';
import { toSqlCondition } from '../../../src/ams-standin/subscriptions/search-sql';

function translate(search: string, first = 1) {
  return toSqlCondition(parseSearch(search), first);
}

describe('search', () => {
  it('turns values into parameters', () => {
    expect(translate(`cluster_id = 'a''b'`, 2)).toEqual({ text: '(s.cluster_id = $2::text::text)', parameters: ['a\'b'] });
  });

  it('binds not before and before or, and knows parentheses', () => {
    expect(translate(`not status = 'a' and status = 'b' or status = 'c'`).text)
      .toBe('(((NOT (s.status = $1::text::text)) AND (s.status = $2::text::text)) OR (s.status = $3::text::text))');
    expect(translate(`not (status = 'a' and (status = 'b' or status = 'c'))`).text)
      .toBe('(NOT ((s.status = $1::text::text) AND ((s.status = $2::text::text) OR (s.status = $3::text::text))))');
  });

  it('knows the operators in any case', () => {
    expect(translate(`display_name ILIKE '%x%' AND plan.id LIKE 'OCP%'`).parameters).toEqual(['%x%', 'OCP%']);
    expect(translate(`Status NOT IN ('a', 'b')`).text).toBe('(NOT (s.status IN ($1::text::text, $2::text::text)))');
    expect(translate(`display_name not like 'x'`).text).toBe('(NOT (s.display_name LIKE $1::text::text))');
    expect(translate(`status != 'x'`).text).toBe('(s.status <> $1::text::text)');
    expect(translate(`managed = false`)).toEqual({ text: '(s.managed = $1::text::boolean)', parameters: ['false'] });
    expect(translate(`created_at >= '2021-05-23T08:00:00Z'`).text).toBe('(s.created_at >= $1::text::timestamptz)');
  });

  it.each([
    ['', 'ends too early'],
    [`cluster_id`, 'ends too early'],
    [`cluster_id = `, 'ends too early'],
    [`cluster_id = x`, 'quoted value'],
    [`cluster_id = 'x`, 'unexpected character'],
    [`cluster_id ~ 'x'`, 'unexpected character'],
    [`cluster_id = 'x' status = 'y'`, 'unexpected input'],
    [`(cluster_id = 'x'`, 'ends too early'],
    [`cluster_id = 'x')`, 'unexpected input'],
    [`cluster_id in ()`, 'quoted value'],
    [`cluster_id in ('a',)`, 'quoted value'],
    [`cluster_id not = 'a'`, 'operator'],
    [`private_key_pem = 'x'`, 'name of a field'],
    [`constructor = 'x'`, 'name of a field'],
    [`cluster_id constructor 'x'`, 'operator'],
    [`'a' = 'a'`, 'name of a field'],
    [`managed = 'maybe'`, 'true or false'],
    [`managed like 'x'`, 'text field'],
    [`created_at > 'now()'`, 'date'],
    [`created_at > '2021-99-99'`, 'date'],
    [`cluster_id = 'a\0b'`, 'NUL'],
    [`cluster_id = 'x'; drop table ams.subscriptions`, 'unexpected character'],
    [`cluster_id = 'x' -- comment`, 'unexpected character'],
    [`cluster_id = 'x' /* */`, 'unexpected character'],
    [`cluster_id = $1`, 'unexpected character'],
    [`cluster_id = 'x' union select kid`, 'unexpected input'],
    [`id in (select kid from ams.signing_keys)`, 'quoted value'],
  ])('refuses %j', (search, message) => {
    const attempt = () => translate(search);
    expect(attempt).toThrow(SearchError);
    expect(attempt).toThrow(message);
  });

  it('bounds depth and length', () => {
    expect(() => translate(`${'('.repeat(60)}cluster_id = 'x'${')'.repeat(60)}`)).toThrow('nested deeper');
    expect(() => translate(`${'not '.repeat(60)}cluster_id = 'x'`)).toThrow('nested deeper');
    expect(() => translate(`cluster_id = '${'x'.repeat(9000)}'`)).toThrow('longer than');
    expect(translate(Array(250).fill(`cluster_id = 'x'`).join(' or ')).parameters).toHaveLength(250);
  });
});

describe('order', () => {
  it('ends with the id, and starts with the oldest by default', () => {
    expect(toSqlOrder(undefined)).toBe('s.created_at ASC, s.id ASC');
    expect(toSqlOrder('display_name desc, created_at')).toBe('s.display_name DESC, s.created_at ASC, s.id ASC');
  });

  it.each(['nothing', 'id sideways', 'id desc; drop table x', 'id desc nulls'])('refuses %j', (order) => {
    expect(() => toSqlOrder(order)).toThrow(SearchError);
  });
});
