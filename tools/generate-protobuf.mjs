/**
 * Makes the modules for the messages and services of packages/kubephase/proto from their .proto files.
 *   node tools/generate-protobuf.mjs update   writes the modules
 *   node tools/generate-protobuf.mjs verify   exits 1 when a module differs from what would be written
 * protobufjs reads the language (it needs no program beside Node, unlike protoc), protoc-gen-es writes TypeScript.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { CodeGeneratorRequestSchema, CodeGeneratorResponseSchema, FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import protobuf from 'protobufjs';
import descriptor from 'protobufjs/ext/descriptor.js';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules/.bin', name);

const modules = ['cri', 'etcd'].map((name) => ({
  proto: `packages/kubephase/proto/${name}.proto`,
  output: `packages/kubephase/src/clients/${name}/real/gen/${name}.ts`,
}));

/** Descriptor of one .proto file that imports no other. */
function descriptorOf(path) {
  const parsed = protobuf.parse(readFileSync(join(root, path), 'utf8'), { keepCase: true });
  const set = parsed.root.resolveAll().toDescriptor('proto3');
  const { file: files } = fromBinary(FileDescriptorSetSchema, descriptor.FileDescriptorSet.encode(set).finish());
  const file = files.find((one) => one.package === parsed.package);
  file.name = basename(path);
  qualify(file);
  return file;
}

/**
 * protobufjs names types relative to where they are used and leaves out the names for JSON; plugins expect full names with
 * a leading dot, and a name for JSON. Enums stay out of our .proto files: an enum of TypeScript is not erasable syntax.
 */
function qualify(file) {
  const messages = messagesBelow(file.messageType, `.${file.package}`);
  const full = (name, scope) => {
    if (name.startsWith('.')) return name;
    if (messages.has(`${scope}.${name}`)) return `${scope}.${name}`;
    if (scope === '') throw new Error(`${file.name}: there is no message ${name}`);
    return full(name, scope.slice(0, scope.lastIndexOf('.')));
  };
  for (const [scope, { field: fields }] of messages) {
    for (const field of fields) {
      if (field.typeName !== '') field.typeName = full(field.typeName, scope);
      field.jsonName = field.name.replaceAll(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
    }
  }
  for (const method of file.service.flatMap((service) => service.method)) {
    method.inputType = full(method.inputType, `.${file.package}`);
    method.outputType = full(method.outputType, `.${file.package}`);
  }
}

/** Messages by full name, those inside others (the entries of maps) included. */
function messagesBelow(messages, scope) {
  return new Map(
    messages.flatMap((message) => {
      const name = `${scope}.${message.name}`;
      return [[name, message], ...messagesBelow(message.nestedType, name)];
    }),
  );
}

/** Runs a program over `input` and returns its output; its own complaints go to the terminal. */
function filter(command, args, input) {
  const { status, stdout, error } = spawnSync(command, args, { cwd: root, input, stdio: ['pipe', 'pipe', 'inherit'] });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? `exit code ${status}`}`);
  return stdout;
}

function generate({ proto, output }) {
  const request = create(CodeGeneratorRequestSchema, {
    fileToGenerate: [basename(proto)],
    parameter: 'target=ts,import_extension=ts',
    protoFile: [descriptorOf(proto)],
  });
  const response = fromBinary(CodeGeneratorResponseSchema, filter(bin('protoc-gen-es'), [], toBinary(CodeGeneratorRequestSchema, request)));
  if (response.error || response.file.length !== 1) throw new Error(`${proto}: ${response.error || 'not one module'}`);
  const header = `/** Messages and services of ${proto}. Made by tools/generate-protobuf.mjs: change the .proto file instead. */\n`;
  return filter(bin('oxfmt'), ['--stdin-filepath', output], header + response.file[0].content).toString();
}

const mode = process.argv[2];
if (mode !== 'update' && mode !== 'verify') throw new Error('say "update" or "verify"');
for (const module of modules) {
  const target = join(root, module.output);
  const content = generate(module);
  if (mode === 'update') {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  } else if (readFileSync(target, 'utf8') !== content) {
    console.error(`${module.output} differs from ${module.proto}: run node tools/generate-protobuf.mjs update`);
    process.exitCode = 1;
  }
}
