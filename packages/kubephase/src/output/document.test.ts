import { describe, expect, it } from 'vitest';
import { printDocument } from './document.ts';

describe('documents for programs', () => {
  const value = { kind: 'Images', images: ['registry.k8s.io/pause:3.10'], version: '1.30' };

  it('prints JSON indented by four blanks with a newline at the end', async () => {
    expect(await printDocument(value, 'json')).toBe(`{
    "kind": "Images",
    "images": [
        "registry.k8s.io/pause:3.10"
    ],
    "version": "1.30"
}
`);
  });

  it('prints YAML in the style of Kubernetes tools', async () => {
    expect(await printDocument(value, 'yaml')).toBe(`images:
- registry.k8s.io/pause:3.10
kind: Images
version: "1.30"
`);
  });
});
