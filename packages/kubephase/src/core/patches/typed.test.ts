import { describe, expect, test } from 'vitest';
import { fieldTypes } from './field-types.ts';
import { readTyped } from './typed.ts';

const container = (fields: object) => ({ spec: { containers: [{ name: 'a', ...fields }] } });

describe('field types', () => {
  test('every type that a field names is in the tables', () => {
    const scalars = new Set(['string', 'bool', 'integer', 'quantity', 'intOrString', 'time', 'any']);
    const seen = new Set<string>();
    const visit = (type: string) => {
      const base = type.replace(/^(\[\]|\{\})+/, '');
      if (scalars.has(base) || seen.has(base)) return;
      seen.add(base);
      expect(fieldTypes(base), base).toBeDefined();
      for (const inner of fieldTypes(base)!.values()) visit(inner);
    };
    visit('Pod');
    visit('Deployment');
    expect(seen.size).toBeGreaterThan(100);
  });

  test('an object without faults comes back unchanged', () => {
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { labels: { a: 'b' }, creationTimestamp: '2026-01-01T00:00:00Z' },
      spec: {
        hostNetwork: true,
        priority: 1,
        containers: [
          {
            name: 'a',
            command: ['x'],
            resources: { requests: { cpu: '250m', memory: '1' } },
            livenessProbe: { httpGet: { port: 'probe-port' } },
          },
        ],
        volumes: [{ name: 'v', emptyDir: {} }],
      },
      status: { anything: [1] },
    };
    expect(readTyped(pod, 'Pod')).toEqual({ object: pod, unknown: [], faults: [] });
  });

  test('unknown fields are left out and named', () => {
    const result = readTyped({ spec: { hostNetwerk: true, containers: [{ name: 'a', imag: 'x' }] }, extra: 1 }, 'Pod');
    expect(result.object).toEqual({ spec: { containers: [{ name: 'a', resources: {} }] } });
    expect(result.unknown).toEqual(['spec.hostNetwerk', 'spec.containers[0].imag', 'extra']);
  });

  test('nulls are left out', () => {
    expect(readTyped({ spec: { priority: null, containers: [] } }, 'Pod').object).toEqual({ spec: { containers: [] } });
  });

  test('amounts get the one form in which the API prints them', () => {
    const resources = { requests: { cpu: 1, memory: '1024Mi' }, limits: { cpu: '1000m' } };
    expect(readTyped(container({ resources }) as never, 'Pod').object).toEqual(
      container({ resources: { requests: { cpu: '1', memory: '1Gi' }, limits: { cpu: '1' } } }),
    );
  });

  test('empty texts, lists and mappings vanish, and zeros where the API has no other word for unset', () => {
    const fields = {
      args: [],
      workingDir: '',
      tty: false,
      env: [{ name: 'A', value: '' }],
      resources: { requests: {} },
      volumeMounts: [{ name: 'v', mountPath: '/v', readOnly: false, subPath: '' }],
      livenessProbe: { httpGet: { port: 1, host: '' }, initialDelaySeconds: 0 },
      securityContext: {},
    };
    expect(readTyped(container(fields) as never, 'Pod').object).toEqual(
      container({
        env: [{ name: 'A' }],
        resources: {},
        volumeMounts: [{ name: 'v', mountPath: '/v' }],
        livenessProbe: { httpGet: { port: 1 } },
        securityContext: {},
      }),
    );
  });

  test('zeros that differ from unset stay, as does what a static Pod always has', () => {
    const pod = {
      metadata: { creationTimestamp: null },
      spec: { containers: [], priority: 0, hostUsers: false, volumes: [{ name: 'v', hostPath: { path: '/', type: '' } }] },
      status: {},
    };
    expect(readTyped(pod, 'Pod').object).toEqual(pod);
  });

  test.each<[object, string, string]>([
    [{ metadata: { labels: { a: true } } }, 'metadata.labels.a', 'text'],
    [{ metadata: [] }, 'metadata', 'an object'],
    [{ metadata: { annotations: 'x' } }, 'metadata.annotations', 'an object'],
    [{ metadata: { creationTimestamp: 'yesterday' } }, 'metadata.creationTimestamp', 'a time such as 2026-01-31T12:00:00Z'],
    [{ spec: { hostNetwork: 'true' } }, 'spec.hostNetwork', 'true or false'],
    [{ spec: { priority: 1.5 } }, 'spec.priority', 'a whole number'],
    [{ spec: { containers: {} } }, 'spec.containers', 'a list'],
    [container({ ports: [{ containerPort: '80' }] }), 'spec.containers[0].ports[0].containerPort', 'a whole number'],
    [container({ command: [1] }), 'spec.containers[0].command[0]', 'text'],
    [container({ livenessProbe: { httpGet: { port: true } } }), 'spec.containers[0].livenessProbe.httpGet.port', 'a whole number or text'],
    [
      container({ resources: { requests: { cpu: 'much' } } }),
      'spec.containers[0].resources.requests.cpu',
      'an amount such as 100m or 512Mi',
    ],
  ])('%j has a value of the wrong type', (object, path, expected) => {
    expect(readTyped(object as never, 'Pod').faults).toEqual([expect.objectContaining({ path, expected })]);
  });
});
