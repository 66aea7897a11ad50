/** Values that printed defaults show where a real one belongs to a machine or is a secret. */

export const placeholders = {
  token: 'abcdef.0123456789abcdef',
  advertiseAddress: '1.2.3.4',
  nodeName: 'node',
  apiServerEndpoint: 'kube-apiserver:6443',
} as const;
