import { describe, expect, it } from 'vitest';
import { vipMacs } from '../../../src/domain/network/vip-macs';

describe('vipMacs', () => {
  it('gives the known addresses of a known cluster', () => {
    expect(vipMacs('bd9d3b83-80a3-4b94-8b61-c12b2f1a2373')).toEqual({ api: '00:1a:4a:b5:4d:cc', ingress: '00:1a:4a:83:b1:f7' });
  });

  it('does not depend on the case of the id', () => {
    expect(vipMacs('BD9D3B83-80A3-4B94-8B61-C12B2F1A2373')).toEqual(vipMacs('bd9d3b83-80a3-4b94-8b61-c12b2f1a2373'));
  });
});
