import { describe, expect, it } from 'vitest';
import { imageContentSources } from '../../src/config/image-content-sources';

describe('mirrors', () => {
  it('are read from JSON', () => {
    const sources = [{ source: 'quay.io/openshift', mirrors: ['mirror.example.com/openshift'] }];
    expect(imageContentSources.parse(JSON.stringify(sources))).toEqual(sources);
  });

  it.each(['', '{', '{}', '[{"source":"a"}]', '[{"source":"a","mirrors":[]}]', '[{"source":"a","mirrors":["b"],"other":1}]'])('are refused when they are %s', (text) => {
    expect(imageContentSources.safeParse(text).error?.issues[0]?.message).toContain('JSON list');
  });
});
