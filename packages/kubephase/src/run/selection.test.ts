import { defineWorkflow, type SelectionPart } from 'phaserunner';
import { describe, expect, it } from 'vitest';
import { configuredSelection, type SelectionSources } from './selection.ts';

interface Config {
  readonly skipPhases: readonly string[];
  /** An add-on that the configuration can switch off. */
  readonly dns: boolean;
}

const workflow = defineWorkflow({
  name: 'set-up',
  summary: 'Set up a node',
  phases: [
    { name: 'certs', summary: 'Make certificates', phases: [{ name: 'ca', aliases: ['authority'], summary: 'Make the authority' }] },
    {
      name: 'addon',
      aliases: ['addons'],
      summary: 'Install add-ons',
      phases: [{ name: 'dns', aliases: ['coredns'], summary: 'Install the name server' }],
    },
  ],
});

const place = { file: '/cluster.yaml', line: 4, column: 3 };
const commandLine = (...skip: readonly string[]): readonly SelectionPart[] => [{ origin: '--skip-phases', skip }];

/** A skipped add-on is switched off, and one that is switched off is skipped. */
const dnsSwitch: SelectionSources<Config>['switches'] = (config, skippedPaths) => {
  const skipped = skippedPaths.includes('addon') || skippedPaths.includes('addon/dns');
  return {
    config: { ...config, dns: config.dns && !skipped },
    skippedPaths: config.dns || skipped ? skippedPaths : [...skippedPaths, 'addon/dns'],
  };
};

type Sources = Partial<Config> & Partial<Omit<SelectionSources<Config>, 'config'>>;

function select({ skipPhases = [], dns = true, ...sources }: Sources) {
  return configuredSelection(workflow, {
    config: { skipPhases, dns },
    switches: undefined,
    place,
    commandLine: [],
    named: [],
    ...sources,
  });
}

describe('phases that the configuration skips', () => {
  it('are a part whose origin is their place in the file', () => {
    expect(select({ skipPhases: ['certs', 'addon/dns'] })).toEqual({
      config: { skipPhases: ['certs', 'addon/dns'], dns: true },
      parts: [{ origin: 'skipPhases in /cluster.yaml:4:3', skip: ['certs', 'addon/dns'] }],
      notices: [],
    });
  });

  it.each([
    ['no place', undefined, 'the configuration'],
    ['a place without a file', { object: '--skip-phases' }, 'the configuration'],
    ['a file without a line', { file: '/cluster.yaml' }, '/cluster.yaml'],
    ['a line without a column', { file: '<stdin>', line: 2 }, '<stdin>:2:1'],
  ])('are told of with %s', (_, where, expected) => {
    expect(select({ skipPhases: ['certs'], place: where }).parts[0]?.origin).toBe(`skipPhases in ${expected}`);
  });

  it('are no part when there are none', () => {
    expect(select({})).toEqual({ config: { skipPhases: [], dns: true }, parts: [], notices: [] });
  });

  it('give way to those of the command line, which is a part already', () => {
    expect(select({ skipPhases: ['certs'], commandLine: commandLine('addon') }).parts).toEqual([]);
  });

  it('stay beside parts of the command line that skip nothing', () => {
    const parts = [...commandLine(), { origin: '--only', only: ['certs'] }, { origin: '--from', from: 'certs' }];
    expect(select({ skipPhases: ['addon'], commandLine: parts }).parts).toEqual([
      { origin: 'skipPhases in /cluster.yaml:4:3', skip: ['addon'] },
    ]);
  });

  it('keep names that no phase has, for the engine to refuse with their origin', () => {
    expect(select({ skipPhases: ['cert', 'addon'], switches: dnsSwitch }).parts).toEqual([
      { origin: 'skipPhases in /cluster.yaml:4:3', skip: ['cert', 'addon'] },
    ]);
  });
});

describe('a phase that was asked for by its own command', () => {
  const named = ['addon/dns'];

  it('runs although the file skips it, and the user is told', () => {
    expect(select({ skipPhases: ['addon'], named })).toMatchObject({
      parts: [],
      notices: [{ level: 'info', text: 'skipPhases in /cluster.yaml:4:3 does not count here, because addon/dns was asked for by name' }],
    });
  });

  it('is told of only when the names to skip are those of the file', () => {
    expect(select({ skipPhases: ['addon/dns'], commandLine: commandLine('addon/dns'), named: ['addon'] })).toMatchObject({
      parts: [],
      notices: [],
    });
  });

  it('is told of only when the file skips anything', () => {
    expect(select({ named }).notices).toEqual([]);
  });

  it('runs although its switch is off, which it leaves off', () => {
    expect(select({ dns: false, switches: dnsSwitch, named })).toEqual({ config: { skipPhases: [], dns: false }, parts: [], notices: [] });
  });
});

describe('switches of the configuration', () => {
  it('that are off skip their phase, with an origin of their own', () => {
    expect(select({ dns: false, skipPhases: ['certs'], switches: dnsSwitch }).parts).toEqual([
      { origin: 'skipPhases in /cluster.yaml:4:3', skip: ['certs'] },
      { origin: 'add-ons disabled in the configuration', skip: ['addon/dns'] },
    ]);
  });

  it('that are off skip their phase beside the command line too', () => {
    expect(select({ dns: false, commandLine: commandLine('certs'), switches: dnsSwitch }).parts).toEqual([
      { origin: 'add-ons disabled in the configuration', skip: ['addon/dns'] },
    ]);
  });

  it('that are off are not told when their phase is skipped anyway', () => {
    expect(select({ dns: false, skipPhases: ['addon/dns'], switches: dnsSwitch }).parts).toEqual([
      { origin: 'skipPhases in /cluster.yaml:4:3', skip: ['addon/dns'] },
    ]);
  });

  // Every spelling that the engine takes for a path.
  it.each(['addon/dns', 'addons/coredns', 'addon', 'addons', '/addon', ' addon/dns ', 'addon/all', 'addons/all'])(
    'are turned off by skipping "%s", in the file as on the command line',
    (name) => {
      expect(select({ skipPhases: [name], switches: dnsSwitch }).config.dns).toBe(false);
      expect(select({ commandLine: commandLine(name), switches: dnsSwitch }).config.dns).toBe(false);
    },
  );

  it('get the names of the command line in place of those of the file', () => {
    expect(select({ skipPhases: ['addon'], commandLine: commandLine('certs'), switches: dnsSwitch }).config.dns).toBe(true);
  });

  it('get names that no phase has as they are', () => {
    let seen: readonly string[] = [];
    select({
      skipPhases: ['adon', 'certs/authority'],
      switches: (config, skippedPaths) => ({ config, skippedPaths: (seen = skippedPaths) }),
    });
    expect(seen).toEqual(['adon', 'certs/ca']);
  });
});
