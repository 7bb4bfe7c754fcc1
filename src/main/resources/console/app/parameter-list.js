// The fields of a request that have a place of their own in the form: name, kind, limits, and what each one means.
// Whatever else an upstream knows goes in as JSON under "More fields".

export const MODEL_FIELDS = [
  { name: 'model', kind: 'text', label: 'Model', hint: 'Empty: the server’s default.', placeholder: 'server default' },
  { name: 'temperature', kind: 'number', min: 0, max: 2, step: 0.1, label: 'Temperature', hint: 'Low: the likeliest words. High: more surprising ones. 0 to 2.', placeholder: '1' },
  { name: 'top_p', kind: 'number', min: 0, max: 1, step: 0.05, label: 'Top p', hint: 'Choose only among the likeliest words that make up this share. 0 to 1.', placeholder: '1' },
  { name: 'max_tokens', kind: 'integer', min: 1, label: 'Max tokens', hint: 'The answer is cut off here.', placeholder: 'no limit' },
  { name: 'n', kind: 'integer', min: 1, max: 16, label: 'Choices', hint: 'So many answers at once, shown side by side.', placeholder: '1' },
  { name: 'stop', kind: 'lines', label: 'Stop at', hint: 'The answer ends before any of these; one per line, up to four.' },
  { name: 'presence_penalty', kind: 'number', min: -2, max: 2, step: 0.1, label: 'Presence penalty', hint: 'Above 0: rather new subjects. −2 to 2.', placeholder: '0' },
  { name: 'frequency_penalty', kind: 'number', min: -2, max: 2, step: 0.1, label: 'Frequency penalty', hint: 'Above 0: fewer repeated words. −2 to 2.', placeholder: '0' },
  { name: 'user', kind: 'text', label: 'User', hint: 'An identifier of your end user, for the upstream’s abuse checks.' },
];

export const SERVICE_FIELDS = [
  { name: 'timeout', kind: 'number', min: 5, step: 1, label: 'Timeout, s', hint: 'For the whole answer. From 5; the server sets the maximum.', placeholder: '90' },
  { name: 'connect_timeout', kind: 'number', min: 1, max: 10, step: 1, label: 'Connect timeout, s', hint: 'To reach the upstream. 1 to 10.', placeholder: '5' },
  { name: 'webhook_url', kind: 'url', label: 'Webhook URL', hint: 'Gets one POST with the final status.', placeholder: 'https://…' },
  { name: 'conversation_id', kind: 'text', label: 'Conversation id', hint: 'Names the files. Empty: a random one.', placeholder: 'random' },
  { name: 'from_max_length', kind: 'integer', min: 0, label: 'Earlier answer, characters', hint: 'When continuing: keep at most so many of the earlier answer.', placeholder: 'all' },
];

export const ALL_FIELDS = [...MODEL_FIELDS, ...SERVICE_FIELDS];
