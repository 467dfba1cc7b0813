// The SDKs of the vendors, pointed at the proxy: streaming, tools, images, thinking, and what they say of a refusal.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';

const base = process.env.ATLAS_URL;
const key = encodeURIComponent(process.argv[2]);
const session = process.argv[3];
const headers = { 'x-atlas-session-id': session };
const openai = new OpenAI({ apiKey: 'sk-mine', baseURL: `${base}proxy/k/${key}/openai/v1`, defaultHeaders: headers, maxRetries: 0 });
const anthropic = new Anthropic({ apiKey: 'sk-ant-mine', baseURL: `${base}proxy/k/${key}/anthropic`, defaultHeaders: headers, maxRetries: 0 });
const image = 'data:image/png;base64,iVBORw0KGgo=';

// Chat completions.
const tools = [{ type: 'function', function: { name: 'get_order', parameters: { type: 'object', properties: { id: { type: 'number' } } } } }];
const asked = [{ role: 'user', content: [{ type: 'text', text: 'Refund order 1042' }, { type: 'image_url', image_url: { url: image } }] }];
const called = await openai.chat.completions.create({ model: 'call', messages: asked, tools });
assert.equal(called.choices[0].message.tool_calls[0].function.arguments, '{"id":1042}');
let text = '';
for await (const chunk of await openai.chat.completions.create({ model: 'say', stream: true, tools, messages: [...asked, called.choices[0].message, { role: 'tool', tool_call_id: 'call_1', content: '{"status":"paid"}' }] })) {
  text += chunk.choices[0]?.delta?.content ?? '';
}
assert.equal(text, 'Paid, 🙂 done.');

// Responses.
const stream = openai.responses.stream({ model: 'say', input: 'Refund order 1042' });
const seen = [];
for await (const event of stream) seen.push(event.type);
assert.equal((await stream.finalResponse()).output_text, 'Paid, 🙂 done.');
assert.equal(seen.at(-1), 'response.completed');

// Messages: thinking with its signature, tools, several turns.
const first = await anthropic.messages.stream({ model: 'call', max_tokens: 100, messages: [{ role: 'user', content: 'Refund order 1042' }] }).finalMessage();
assert.deepEqual(first.content.at(-1).input, { id: 1042 });
const second = await anthropic.messages.create({
  model: 'say', max_tokens: 100, system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
  messages: [{ role: 'user', content: 'Refund order 1042' }, { role: 'assistant', content: first.content }, { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'call_1', content: 'paid' }] }],
});
assert.equal(second.content[0].signature, 'EqQB');
assert.equal(second.usage.cache_read_input_tokens, 90);

// What is refused says why.
await assert.rejects(anthropic.messages.create({ model: 'down', max_tokens: 5, messages: [{ role: 'user', content: 'x' }] }), error => error.status === 529);
await assert.rejects(
  new OpenAI({ apiKey: 'sk', baseURL: `${base}proxy/nowhere/v1`, maxRetries: 0 }).models.list(),
  error => error.status === 404 && error.message.includes("no upstream 'nowhere'"));
console.log('all as they should be');
