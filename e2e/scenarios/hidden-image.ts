/** Takes an image away from a node, as if it had never been pulled. */
import { succeeded, type Node } from '../machine/node.ts';

export interface HiddenImage {
  /** As the manifests have it, such as `registry.example/kube-scheduler:v1.20.2`. */
  readonly name: string;
  readonly bringBack: () => Promise<void>;
}

/** @param component such as `kube-scheduler` */
export async function hideImage(node: Node, component: string): Promise<HiddenImage> {
  const images = async (...words: readonly string[]): Promise<string> =>
    succeeded(await node.run(['ctr', '--namespace=k8s.io', 'images', ...words]));
  const name = (await images('list', '--quiet')).split('\n').find((image) => image.includes(`/${component}:`));
  if (name === undefined) throw new Error(`the node has no image of ${component}`);
  const archive = `/tmp/${component}.tar`;
  await images('export', archive, name);
  await images('remove', '--sync', name);
  return { name, bringBack: async () => void (await images('import', archive)) };
}
