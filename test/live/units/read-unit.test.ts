import { expect, it } from 'vitest';
import { readUnit } from '../../../src/live/units/read-unit';

it('a service has its commands, environment and restarts', () => {
  const contents = [
    '[Unit]', 'Description=x', 'ExecStart=/not/this', '[Service]', 'Type=simple', 'Restart=always', 'RestartSec=3', 'Environment=TOKEN=a=b%%c', 'Environment="A=one two" B=2',
    'ExecStartPre=-/usr/local/bin/fix quay.io/image:tag', 'ExecStartPre=podman run --rm x', "ExecStart=/usr/local/bin/agent --url 'http://a' --flag=true", '[Install]', 'WantedBy=multi-user.target',
  ].join('\n');
  expect(readUnit({ name: 'agent.service', contents })).toEqual({
    name: 'agent.service',
    before: [['/usr/local/bin/fix', 'quay.io/image:tag'], ['podman', 'run', '--rm', 'x']],
    command: ['/usr/local/bin/agent', '--url', 'http://a', '--flag=true'],
    environment: { TOKEN: 'a=b%c', A: 'one two', B: '2' },
    restartSeconds: 3,
  });
});

it('one that does not restart, and one that is empty', () => {
  expect(readUnit({ name: 'once.service', contents: '[Service]\nType=oneshot\nExecStart=true' })).toMatchObject({ command: ['true'], before: [], restartSeconds: undefined });
  expect(readUnit({ name: 'masked.service' })).toMatchObject({ command: undefined });
  expect(readUnit({ name: 'quick.service', contents: '[Service]\nExecStart=true\nRestart=on-failure' })).toMatchObject({ restartSeconds: 0.1 });
});
