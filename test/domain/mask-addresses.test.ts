import { expect, it } from 'vitest';
import { maskAddresses } from '../../src/domain/mask-addresses';

it.each([
  ['Request cannot be constructed from a URL that includes credentials: https://user:pass@mirror.example/live.iso', 'Request cannot be constructed from a URL that includes credentials: https://mirror.example/live.iso'],
  ['{"rhcos_image":"https://token@mirror.example/live.iso?X-Amz-Signature=abc&x=1","rhcos', '{"rhcos_image":"https://mirror.example/live.iso","rhcos'],
  ['sent to HTTP://a:b%40c@[::1]:80/x#secret and s3://key@bucket/a@b', 'sent to HTTP://[::1]:80/x and s3://bucket/a@b'],
  ['https://user:pass@mirror.ex', 'https://mirror.ex'],
  ['ENOENT: no such file, open \'/srv/live.iso\'; is it a?b', 'ENOENT: no such file, open \'/srv/live.iso\'; is it a?b'],
])('%s', (text, shown) => {
  expect(maskAddresses(text)).toBe(shown);
});
