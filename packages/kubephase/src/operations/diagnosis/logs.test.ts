import { describe, expect, it } from 'vitest';
import { createMemoryHost } from '../../host/memory/host.ts';
import { createKubeletLog, readContainerLog } from './logs.ts';
import { readLogLine, withoutDumps } from './log-line.ts';

const error = (second: number, text: string): string => `E1123 02:35:${second}.000000      77 run.go:74] ${text}`;
const info = (second: number): string => `I1123 02:35:${second}.000000      77 a.go:1] fine`;

function following(states: readonly (readonly string[])[]) {
  let turn = -1;
  return createKubeletLog({ log: async () => states[(turn += 1)] ?? [] });
}

describe('readLogLine', () => {
  it.each([
    ['E1123 02:35:31.123456       1 run.go:74] "command failed" err="x"', 'error', '"command failed" err="x"'],
    [
      'E1123 02:35:31.123456       1 pod_workers.go:191] Error syncing pod c2a9 ("etcd-cp1_kube-system(c2a9)"), skipping: failed to "StartContainer"',
      'error',
      'failed to "StartContainer"',
    ],
    ['F1123 02:35:31.123456   12345 server.go:257] gone', 'error', 'gone'],
    ['W1123 02:35:31.123456       1 a.go:1] hm', 'warning', 'hm'],
    ['Nov 23 02:35:31 cp1 kubelet[77]: I1123 02:35:31.123456      77 a.go:1] fine', 'info', 'fine'],
    [
      '{"level":"fatal","ts":"2026","caller":"a.go:1","msg":"discovery failed","error":"address in use"}',
      'error',
      'discovery failed: address in use',
    ],
    ['{"level":"info","msg":"ready"}', 'info', 'ready'],
    ['{"level":"info","msg":', undefined, '{"level":"info","msg":'],
    ['{"other":1}', undefined, '{"other":1}'],
    ['2026-11-23 03:06:25.732370 C | etcdmain: listen tcp: in use', 'error', 'listen tcp: in use'],
    ['2026-11-23 03:06:25.732370 W | no package', 'warning', 'no package'],
    ['  Error: unknown flag', undefined, 'Error: unknown flag'],
  ])('reads %s', (line, severity, text) => {
    expect(readLogLine(line)).toEqual({ severity, text });
  });
});

const dump = `goroutine 1 [running]:
k8s.io/klog/v2.stacks(0xc000122001, 0xc000422780, 0xda)
\t/go/src/k8s.io/klog/v2/klog.go:1026 +0xb9
k8s.io/klog/v2.(*loggingT).print(...)
main.main()
created by k8s.io/klog/v2.init.0

Usage:
  kubelet [flags]

Debugging flags:
      --profiling   Enable profiling
  -v, --v Level     number for the log level
                    and what goes with it`;

it('withoutDumps keeps what is neither a stack nor the list of flags', () => {
  const lines = ['Error: unknown flag: --bind', ...dump.split('\n'), 'panic: failed (again)', '  indented text', error(1, 'x')];
  expect(withoutDumps(lines)).toEqual([lines[0], ...lines.slice(-3)]);
});

describe('readContainerLog', () => {
  const path = '/var/log/pods/kube-system_etcd-cp1_1/etcd/3.log';
  const at = '2026-11-23T02:35:31.123456789Z';
  const tail = (content: string, count = 3) => readContainerLog(createMemoryHost({ files: { [path]: content } }).files, path, count);

  it('gives the last lines without the headers of the runtime, partial rows joined', async () => {
    const content = `${at} stdout F one\n${at} stderr P two, \n${at} stderr F its end\n${at} stderr F \nodd\n${at} stdout F last`;
    expect(await tail(content)).toEqual({ lines: ['two, its end', 'odd', 'last'] });
  });

  it('takes secrets out, also where they stretch over lines', async () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'c2VjcmV0', '-----END RSA PRIVATE KEY-----', 'token abcdef.0123456789abcdef'];
    expect(await tail(key.map((line) => `${at} stderr F ${line}\n`).join(''))).toEqual({ lines: ['<masked PEM>', 'token <masked token>'] });
  });

  it('begins with a whole line when the file is long', async () => {
    const result = await tail(`${at} stdout F ${'x'.repeat(1000)}\n`.repeat(400), 1000);
    const lines = 'lines' in result ? result.lines : [];
    expect(lines.length).toBeGreaterThan(200);
    expect(new Set(lines)).toEqual(new Set(['x'.repeat(1000)]));
  });

  it.each([
    ['the runtime tells no path', undefined, {}, 'does not tell where'],
    ['there is no file', path, {}, `${path} does not exist`],
    ['the file cannot be read', path, { [path]: { directory: true } }, path],
    ['a device stands there', path, { [path]: { device: true } }, path],
  ] as const)('says why there are no lines when %s', async (...[, logPath, files, reason]) => {
    expect(await readContainerLog(createMemoryHost({ files }).files, logPath, 3)).toEqual({ missing: expect.stringContaining(reason) });
  });
});

describe('the log of the kubelet', () => {
  it('gives the errors since the mark', async () => {
    const log = following([
      [error(10, 'old'), info(11)],
      [error(10, 'old'), info(11), error(20, 'new'), info(21), 'Error: plain'],
    ]);
    await log.mark();
    expect(await log.read()).toMatchObject({ errors: [error(20, 'new'), 'Error: plain'], found: true });
  });

  it('gives older errors when there are no new ones', async () => {
    const log = following([
      [error(10, 'old'), info(11)],
      [error(10, 'old'), info(11)],
    ]);
    await log.mark();
    expect(await log.read()).toMatchObject({ errors: [error(10, 'old')], found: true });
  });

  it('finds the fatal line before a dump, also when the same dump comes again', async () => {
    const log = following([
      [error(10, 'old'), ...dump.split('\n')],
      [error(10, 'old'), ...dump.split('\n'), error(20, 'new'), ...dump.split('\n')],
    ]);
    await log.mark();
    expect(await log.read()).toMatchObject({ errors: [error(20, 'new')], found: true });
  });

  it('starts from the whole log without a mark, and when the mark was rotated away', async () => {
    expect(await following([[error(10, 'a')]]).read()).toMatchObject({ errors: [error(10, 'a')], found: true });
    const rotated = following([[error(10, 'a')], [error(20, 'b')]]);
    await rotated.mark();
    expect(await rotated.read()).toMatchObject({ errors: [error(20, 'b')], found: true });
  });

  it.each([
    ['older releases', 'I1123 04:01:31.932038     476 server.go:416] Version: v1.20.2'],
    ['newer releases', 'I1123 02:35:12.000000      77 server.go:212] "Kubelet version" kubeletVersion="v1.36.0"'],
    ['releases that log JSON', '{"ts":1.5,"caller":"app/server.go:212","msg":"Kubelet version","kubeletVersion":"v1.36.0"}'],
    ['a start that came as far as its end', 'I1123 04:01:37.469998     476 server.go:1176] Started kubelet'],
  ])('tells what was said since the last start, also before the mark, in the words of %s', async (_, start) => {
    const lines = [start, error(10, 'earlier'), start, info(12), error(13, 'now')];
    const log = following([lines, [...lines, error(20, 'new')]]);
    await log.mark();
    expect(await log.read()).toEqual({ errors: [error(20, 'new')], sinceStart: [error(13, 'now'), error(20, 'new')], found: true });
  });

  it('does not take for said since the start what may be older', async () => {
    expect((await following([[error(10, 'a')]]).read()).sinceStart).toEqual([]);
  });

  it('says when there is none', async () => {
    expect(await createKubeletLog(createMemoryHost().services).read()).toMatchObject({ errors: [], found: false });
  });

  it('takes secrets out', async () => {
    expect((await following([['token abcdef.0123456789abcdef']]).read()).errors).toEqual(['token <masked token>']);
  });
});
