import { describe, expect, it } from 'vitest';
import { createFlakyFetch } from '../../../src/sim/network/flaky-fetch';

const rates = { lostRequests: 0.1, lostAnswers: 0.1 };

function send(...draws: number[]) {
  let arrived = 0;
  const flaky = createFlakyFetch(rates, async () => {
    arrived += 1;
    return new Response('ok');
  }, () => draws.shift() ?? 1);
  return { answer: flaky('http://service.example/'), arrived: () => arrived };
}

describe('a flaky network', () => {
  it('loses requests before they arrive, and answers after what was asked for has happened', async () => {
    const lostRequest = send(0.05);
    await expect(lostRequest.answer).rejects.toThrow('request');
    expect(lostRequest.arrived()).toBe(0);
    const lostAnswer = send(0.5, 0.05);
    await expect(lostAnswer.answer).rejects.toThrow('answer');
    expect(lostAnswer.arrived()).toBe(1);
  });

  it('passes on the rest', async () => {
    expect(await (await send(0.5, 0.5).answer).text()).toBe('ok');
  });
});
