import { describe, expect, test } from 'vitest';
import { authorizationWarnings, etcdClientDirectories } from './kube-apiserver.ts';

const args = (...pairs: readonly string[]) =>
  pairs.map((pair) => ({ name: pair.slice(0, pair.indexOf('=')), value: pair.slice(pair.indexOf('=') + 1) }));

describe('authorization modes', () => {
  test.each<[readonly string[], readonly RegExp[]]>([
    [[], []],
    [['authorization-mode=Node,RBAC'], []],
    [['authorization-mode=RBAC', 'authorization-mode=Node,RBAC'], []],
    [['authorization-mode=RBAC,Node'], [/"RBAC,Node" instead of "Node,RBAC"/]],
    [['authorization-mode=Webhook,Bogus,Node'], [/no authorization mode "Bogus"/, /"Webhook,Node" instead of/]],
    [['authorization-mode=Bogus'], [/no authorization mode "Bogus"/]],
    [['authorization-mode=Node,RBAC,Bogus'], [/no authorization mode "Bogus"/]],
    [['authorization-mode=AlwaysAllow', 'authorization-config=/a.yaml'], []],
  ])('%j', (given, expected) => {
    const warnings = authorizationWarnings(args(...given));
    expect(warnings).toHaveLength(expected.length);
    for (const [index, pattern] of expected.entries()) expect(warnings[index]).toMatch(pattern);
  });
});

describe('folders of an external etcd', () => {
  const mounted = ['/etc/ssl/certs', '/etc/pki/ca-trust', '/etc/kubernetes/pki'];
  const paths = (caFile: string, certFile: string, keyFile: string) =>
    etcdClientDirectories({ endpoints: [], httpEndpoints: [], caFile, certFile, keyFile }, mounted).map(({ name, hostPath }) => [
      name,
      hostPath,
    ]);

  test.each<[readonly [string, string, string], readonly string[]]>([
    [['', '', ''], []],
    [['/etc/etcd/ca.crt', '/etc/etcd/c.crt', '/etc/etcd/c.key'], ['/etc/etcd']],
    [
      ['/z/ca.crt', '/a/c.crt', '/m/c.key'],
      ['/a', '/m', '/z'],
    ],
    [['/etc/etcd/a/ca.crt', '/etc/etcd/c.crt', '/etc/etcd/b/c.key'], ['/etc/etcd']],
    [
      ['/etc/etcd/ca.crt', '/etc/etcd2/c.crt', '/etc/etcd2/c.key'],
      ['/etc/etcd', '/etc/etcd2'],
    ],
    [['/etc/kubernetes/pki/etcd/ca.crt', '/etc/kubernetes/pki2/c.crt', ''], ['/etc/kubernetes/pki2']],
    [['/etc/ssl/certs/ca.crt', '/etc/pki/ca-trust/x/c.crt', ''], []],
    [['/ca.crt', '/a/c.crt', ''], ['/']],
  ])('%j need %j', (files, expected) => {
    expect(paths(...files)).toEqual(expected.map((path, index) => [`etcd-certs-${index}`, path]));
  });
});
